import { RunView } from '@inlay/embed-ui'
import { useQuery } from '@tanstack/react-query'
import { useLocation } from 'wouter'
import { client } from '../client.js'
import { Loaded } from '../layout/Loaded.js'

/** One run, drawn on the version that ran. */
export function RunPage({ id }: { readonly id: string }) {
  const [, navigate] = useLocation()
  const run = useQuery({ queryKey: ['run', id], queryFn: () => client.runs.get.query({ id }) })
  return (
    <div className="editor">
      <Loaded query={run}>
        {({ workflowId }) => (
          <RunView
            key={id}
            client={client}
            runId={id}
            onClose={() => navigate(`/workflows/${workflowId}`)}
            onOpenRun={(next) => navigate(`/runs/${next}`)}
          />
        )}
      </Loaded>
    </div>
  )
}
