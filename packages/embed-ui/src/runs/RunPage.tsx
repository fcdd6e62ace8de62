import type { WorkflowDefinition } from '@inlay/engine'
import { useQueryClient } from '@tanstack/react-query'
import { type ReactNode, useMemo, useState } from 'react'
import { usedConnectors } from '../document/used-connectors.js'
import { useConnectors } from '../hooks/useConnectors.js'
import { EditorProvider, useEditor } from '../hooks/useEditor.js'
import { useVersionDefinition } from '../hooks/useVersionDefinition.js'
import { useTexts } from '../messages/useTexts.js'
import { Callout } from '../ui/Feedback.js'
import { LoadingState } from '../ui/Spinner.js'
import { LoadFailure } from './LoadFailure.js'
import { ReplayDialog } from './ReplayDialog.js'
import { RunDiagram } from './RunDiagram.js'
import { RunHeader } from './RunHeader.js'
import { type RunRequest, RunRoomProvider } from './run-room.js'
import styles from './runs.module.css'
import { useRun } from './useRun.js'

export interface RunPageProps {
  readonly runId: string
  /** The path of the run in the widget, for links that people share. */
  readonly path: string
  /** Opens another run: one that was started from it, or that it came from. */
  readonly onOpen: (runId: string) => void
  readonly onBack?: () => void
  /** Opens the workflow that ran. Given where nothing around says which one it is: then the run is headed by its name. */
  readonly onOpenWorkflow?: (workflowId: string) => void
  /** Opens a step of the workflow in the builder, at one of its fields. Absent where there is no builder. */
  readonly onFix?: (stepId: string, field: string | undefined) => void
}

/** One run on the canvas of the version that ran, live while it goes on. */
export function RunPage({ runId, path, onOpen, onFix, ...header }: RunPageProps) {
  const t = useTexts()
  const cache = useQueryClient()
  const { run, steps, history, error } = useRun(runId)
  const version = useVersionDefinition(run?.versionId)
  const [request, setRequest] = useState<RunRequest>()
  const room = useMemo(
    () => run && { run, steps, history, path, definition: version.definition, onOpen, onFix, ask: setRequest },
    [run, path, steps, history, version.definition, onOpen, onFix],
  )
  const failure = error ?? version.error
  const retry = () => {
    void cache.refetchQueries({ queryKey: ['run', runId] })
    void cache.refetchQueries({ queryKey: ['version', run?.versionId] })
  }
  if (failure !== null) return <LoadFailure error={failure} onRetry={retry} />
  if (room === undefined || version.isPending) return <LoadingState />
  return (
    <RunRoomProvider value={room}>
      <RanVersion definition={version.definition}>
        <div className={styles['run']} data-inlay-part="run" data-status={room.run.status}>
          <RunHeader onBack={header.onBack} onOpenWorkflow={header.onOpenWorkflow} />
          {version.definition === undefined ? (
            <Callout tone="warning">{t('editor.unreadableText', { reason: version.reason })}</Callout>
          ) : (
            <RunDiagram definition={version.definition} />
          )}
        </div>
        {request !== undefined && <ReplayDialog request={request} onClose={() => setRequest(undefined)} />}
      </RanVersion>
    </RunRoomProvider>
  )
}

interface RanVersionProps {
  readonly definition: WorkflowDefinition | undefined
  readonly children: ReactNode
}

const NO_CONNECTORS: readonly string[] = []

/** The version that ran may use other connectors than the draft does now. */
function RanVersion({ definition, children }: RanVersionProps) {
  const editor = useEditor()
  const used = useMemo(() => (definition === undefined ? NO_CONNECTORS : usedConnectors(definition)), [definition])
  const { connectors } = useConnectors(editor.client, used)
  const services = useMemo(() => ({ ...editor, connectors }), [editor, connectors])
  return <EditorProvider value={services}>{children}</EditorProvider>
}
