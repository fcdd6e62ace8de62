import { useQuery } from '@tanstack/react-query'
import { ArrowLeft } from 'lucide-react'
import { useMemo } from 'react'
import { problemText, readProblem } from '../data/api-error.js'
import type { Run } from '../data/api-types.js'
import { readDefinition } from '../document/read-definition.js'
import { usedConnectors } from '../document/used-connectors.js'
import { useConnectors } from '../hooks/useConnectors.js'
import { EditorProvider, useEditor } from '../hooks/useEditor.js'
import { useTexts } from '../messages/useTexts.js'
import { SaveAsTest } from '../stored-tests/SaveAsTest.js'
import { IconButton } from '../ui/Button.js'
import { Badge, Callout } from '../ui/Feedback.js'
import { RunStatusBadge } from '../ui/RunStatusBadge.js'
import { LoadingState } from '../ui/Spinner.js'
import { Duration, RelativeTime } from '../ui/Time.js'
import { RunActions } from './RunActions.js'
import { RunDiagram, type RunDiagramProps } from './RunDiagram.js'
import styles from './runs.module.css'
import { useRun } from './useRun.js'

export interface RunPageProps {
  readonly runId: string
  /** Opens another run: the one that a rerun started. */
  readonly onOpen: (runId: string) => void
  readonly onBack?: () => void
  /** Opens the workflow that ran. Given where nothing around says which one it is: then the run is headed by its name. */
  readonly onOpenWorkflow?: (workflowId: string) => void
}

/** One run on the canvas of the version that ran, live while it goes on. */
export function RunPage({ runId, ...actions }: RunPageProps) {
  const t = useTexts()
  const { client } = useEditor()
  const { run, steps, error } = useRun(runId)
  const version = useQuery({
    queryKey: ['version', run?.versionId],
    queryFn: () => client.workflows.versionById.query({ versionId: run?.versionId ?? '' }),
    enabled: run !== undefined,
    staleTime: Number.POSITIVE_INFINITY,
  })
  const failure = error ?? version.error
  if (failure !== null) {
    return (
      <div className={styles['page']}>
        <div className={styles['column']}>
          <Callout tone="danger" title={t('run.loadFailed')}>
            {problemText(readProblem(failure))}
          </Callout>
        </div>
      </div>
    )
  }
  if (run === undefined || version.data === undefined) return <LoadingState />
  const read = readDefinition(version.data.definition)
  return (
    <div className={styles['run']} data-inlay-part="run" data-status={run.status}>
      <RunHeader run={run} {...actions} />
      {read.isReadable ? (
        <RanVersion run={run} steps={steps} definition={read.definition} />
      ) : (
        <Callout tone="warning">{t('editor.unreadableText', { reason: read.reason })}</Callout>
      )}
    </div>
  )
}

/** The version that ran may use other connectors than the draft does now. */
function RanVersion(props: RunDiagramProps) {
  const editor = useEditor()
  const { connectors } = useConnectors(editor.client, usedConnectors(props.definition))
  const services = useMemo(() => ({ ...editor, connectors }), [editor, connectors])
  return (
    <EditorProvider value={services}>
      <RunDiagram {...props} />
    </EditorProvider>
  )
}

interface RunHeaderProps extends Omit<RunPageProps, 'runId'> {
  readonly run: Run
}

function RunHeader({ run, onOpen, onBack, onOpenWorkflow }: RunHeaderProps) {
  const t = useTexts()
  return (
    <div className={styles['runHead']}>
      {onBack !== undefined && (
        <IconButton label={t('runs.title')} size="small" onClick={onBack}>
          <ArrowLeft size={16} />
        </IconButton>
      )}
      {onOpenWorkflow !== undefined && (
        <h1 className={styles['runName']}>
          <button type="button" onClick={() => onOpenWorkflow(run.workflowId)}>
            {run.workflowName}
          </button>
        </h1>
      )}
      <RunStatusBadge status={run.status} />
      <span className={styles['runFacts']}>
        {run.versionNumber === null ? (
          <Badge>{t('runs.test')}</Badge>
        ) : (
          <span>{t('runs.versionNumber', { number: run.versionNumber })}</span>
        )}
        <RelativeTime at={run.createdAt} />
        {run.durationMs !== null && <Duration ms={run.durationMs} />}
      </span>
      <SaveAsTest run={run} />
      <RunActions run={run} onOpen={onOpen} />
    </div>
  )
}
