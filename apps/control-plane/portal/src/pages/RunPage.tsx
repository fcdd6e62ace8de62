import { RunView } from '@inlay/embed-ui'
import { useLocation } from 'wouter'
import { client } from '../client.js'
import { addressOfStep } from './step-address.js'

/** One run, drawn on the version that ran. */
export function RunPage({ id }: { readonly id: string }) {
  const [, navigate] = useLocation()
  return (
    <div className="editor">
      <RunView
        key={id}
        client={client}
        runId={id}
        onOpen={(next) => navigate(`/runs/${next}`)}
        onBack={() => navigate('/runs')}
        onOpenWorkflow={(workflowId) => navigate(`/workflows/${workflowId}`)}
        onOpenStep={(workflowId, stepId, field) => navigate(addressOfStep(workflowId, stepId, field))}
      />
    </div>
  )
}
