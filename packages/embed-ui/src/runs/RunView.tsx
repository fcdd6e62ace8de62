import { useQuery } from '@tanstack/react-query'
import type { ConnectorSummary } from '../data/api-types.js'
import type { BuilderClient } from '../data/client.js'
import { QueryProvider } from '../editor/QueryProvider.js'
import { useEditorData, useEditorServices } from '../editor/useEditorData.js'
import { EditorProvider } from '../hooks/useEditor.js'
import { type LinkTo, MaybeLinks } from '../links/link-context.js'
import { LoadingState } from '../ui/Spinner.js'
import { LoadFailure } from './LoadFailure.js'
import { RunPage } from './RunPage.js'

export interface RunViewProps {
  /** A client that is signed in. Keep it the same between renders. */
  readonly client: BuilderClient
  readonly runId: string
  /** Opens another run: the one that a rerun started. */
  readonly onOpen: (runId: string) => void
  readonly onBack?: () => void
  /** Opens the workflow that ran. */
  readonly onOpenWorkflow?: (workflowId: string) => void
  /** Opens the workflow that ran at one of its steps, and at a field of it. */
  readonly onOpenStep?: (workflowId: string, stepId: string, field: string | undefined) => void
  /** Where your pages show a path such as `/runs/<run id>`, for links that people share. */
  readonly linkTo?: LinkTo
}

/** One run on its own, for pages of a host. Put it inside `InlayTheme`. */
export function RunView({ linkTo, ...props }: RunViewProps) {
  return (
    <QueryProvider>
      <MaybeLinks linkTo={linkTo}>
        <RunLoader {...props} />
      </MaybeLinks>
    </QueryProvider>
  )
}

function RunLoader(props: Omit<RunViewProps, 'linkTo'>) {
  const { data, error, refetch } = useQuery({
    queryKey: ['run', props.runId],
    queryFn: () => props.client.runs.get.query({ id: props.runId }),
  })
  if (data !== undefined) return <RunRoom {...props} workflowId={data.workflowId} />
  return error === null ? <LoadingState /> : <LoadFailure error={error} onRetry={() => void refetch()} />
}

function RunRoom({ client, workflowId, ...props }: Omit<RunViewProps, 'linkTo'> & { readonly workflowId: string }) {
  const { workflow, me, error, retry } = useEditorData(client, workflowId)
  if (workflow === undefined || me === undefined) {
    return error === null ? <LoadingState /> : <LoadFailure error={error} onRetry={retry} />
  }
  return <RunServices {...props} {...{ client, workflow, me }} />
}

type ServicesProps = Omit<Parameters<typeof useEditorServices>[0], 'isReadOnly' | 'connectors'> &
  Pick<RunViewProps, 'runId' | 'onOpen' | 'onBack' | 'onOpenWorkflow' | 'onOpenStep'>

const NO_CONNECTORS: readonly ConnectorSummary[] = []

function RunServices({ client, workflow, me, onOpenStep, ...page }: ServicesProps) {
  // The page of a run reads those of the version that ran.
  const services = useEditorServices({ client, workflow, connectors: NO_CONNECTORS, me, isReadOnly: true })
  return (
    <EditorProvider value={services}>
      <RunPage
        key={page.runId}
        {...page}
        path={`/runs/${page.runId}`}
        {...(onOpenStep === undefined
          ? {}
          : { onFix: (stepId: string, field: string | undefined) => onOpenStep(workflow.id, stepId, field) })}
      />
    </EditorProvider>
  )
}
