import type { WorkflowDefinition } from '@inlay/engine'
import { Redo2, Undo2 } from 'lucide-react'
import { shortcutOf } from '../canvas/StepMenu.js'
import { stepTitle } from '../canvas/step-looks.js'
import { describeChange } from '../document/describe-change.js'
import { useEditor } from '../hooks/useEditor.js'
import { useTexts } from '../messages/useTexts.js'
import { useBuilder, useBuilderState } from '../state/useBuilder.js'
import { IconButton } from '../ui/Button.js'
import styles from './editor.module.css'

/** Undo and redo, with what they would do. */
export function UndoButtons() {
  const t = useTexts()
  const builder = useBuilder()
  const present = useBuilderState(({ history }) => history.present)
  const before = useBuilderState(({ history }) => history.past.at(-1)?.before)
  const after = useBuilderState(({ history }) => history.future[0])
  const undoLabel = useChangeLabel('undo', before, present)
  const redoLabel = useChangeLabel('redo', present, after)
  return (
    <div className={styles['undo']}>
      <IconButton label={undoLabel} {...shortcutOf('undo', t)} disabled={before === undefined} onClick={builder.undo}>
        <Undo2 size={16} />
      </IconButton>
      <IconButton label={redoLabel} {...shortcutOf('redo', t)} disabled={after === undefined} onClick={builder.redo}>
        <Redo2 size={16} />
      </IconButton>
    </div>
  )
}

function useChangeLabel(
  direction: 'undo' | 'redo',
  before: WorkflowDefinition | undefined,
  after: WorkflowDefinition | undefined,
): string {
  const t = useTexts()
  const { connectors } = useEditor()
  if (before === undefined || after === undefined) return t(`toolbar.${direction}`)
  const { kind, count, step } = describeChange(before, after)
  return t(`${direction}.${kind}`, { count, name: step === undefined ? '' : stepTitle(step, connectors, t) })
}
