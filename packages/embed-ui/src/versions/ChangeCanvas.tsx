import type { WorkflowDefinition } from '@inlay/engine'
import { useMemo } from 'react'
import type { CanvasView } from '../canvas/canvas-view.js'
import { FlowCanvas } from '../canvas/FlowCanvas.js'
import { useEditor } from '../hooks/useEditor.js'
import type { Comparison } from './compare.js'
import styles from './versions.module.css'
import { withRemoved } from './with-removed.js'

export interface ChangeCanvasProps {
  readonly before: WorkflowDefinition
  readonly after: WorkflowDefinition
  readonly comparison: Comparison
}

/** Both versions drawn as one: what came, what went, what changed or moved is marked, the rest stands back. */
export function ChangeCanvas({ before, after, comparison }: ChangeCanvasProps) {
  const { connectors } = useEditor()
  const merged = useMemo(() => withRemoved(before, after), [before, after])
  const view = useMemo(
    (): CanvasView => ({
      trigger: after.trigger,
      triggerState: undefined,
      connectors,
      selectedId: null,
      renamingId: null,
      issues: [],
      outcomes: undefined,
      changes: new Map(comparison.steps.map(({ kind, step }) => [step.id, kind])),
      isEditable: false,
      onSelect: () => {},
      onAdd: () => {},
      onCommand: () => {},
      onRename: () => {},
    }),
    [after.trigger, connectors, comparison],
  )
  return (
    <div className={styles['canvas']}>
      <FlowCanvas definition={merged} view={view} startsWhole />
    </div>
  )
}
