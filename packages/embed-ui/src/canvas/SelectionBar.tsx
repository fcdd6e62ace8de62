import type { WorkflowDefinition } from '@inlay/engine'
import { ChevronsDownUp, Copy, CopyPlus, MoveRight, Scissors, Trash2, X } from 'lucide-react'
import type { ReactNode } from 'react'
import { outermost } from '../document/move-steps.js'
import { isBlock } from '../document/sequences.js'
import { useTexts } from '../messages/useTexts.js'
import { IconButton } from '../ui/Button.js'
import { clearMarks, setCollapsed, useCanvasState, useCanvasStore } from './canvas-store.js'
import type { StepCommand } from './canvas-view.js'
import styles from './FlowCanvas.module.css'
import { shortcutOf } from './StepMenu.js'

export interface SelectionBarProps {
  readonly definition: WorkflowDefinition
  readonly onCommand: (command: StepCommand, id: string) => void
}

const BUTTONS: readonly (readonly [StepCommand & ('copy' | 'cut' | 'duplicate' | 'moveTo' | 'delete'), ReactNode])[] = [
  ['copy', <Copy key="copy" size={15} />],
  ['cut', <Scissors key="cut" size={15} />],
  ['duplicate', <CopyPlus key="duplicate" size={15} />],
  ['moveTo', <MoveRight key="moveTo" size={15} data-mirror />],
]

/** What can be done with all marked steps. */
export function SelectionBar({ definition, onCommand }: SelectionBarProps) {
  const t = useTexts()
  const store = useCanvasStore()
  const marked = useCanvasState((state) => state.marked)
  const isMoving = useCanvasState((state) => state.moving !== undefined)
  const roots = outermost(definition, marked)
  const [first] = roots
  if (first === undefined || isMoving) return null
  const blocks = roots.filter(({ step }) => isBlock(step)).map(({ step }) => step.id)
  return (
    <div
      className={styles['selection']}
      role="toolbar"
      aria-label={t('selection.label')}
      data-inlay-part="selection-bar"
    >
      <span role="status">{t('selection.count', { count: roots.length })}</span>
      {BUTTONS.map(([command, icon]) => (
        <IconButton
          key={command}
          label={t(`menu.${command}`)}
          {...shortcutOf(command, t)}
          size="small"
          onClick={() => onCommand(command, first.step.id)}
        >
          {icon}
        </IconButton>
      ))}
      {blocks.length > 0 && (
        <IconButton
          label={t('menu.fold')}
          size="small"
          onClick={() => setCollapsed(store, [...store.getState().collapsed, ...blocks])}
        >
          <ChevronsDownUp size={15} />
        </IconButton>
      )}
      <IconButton
        label={t('menu.delete')}
        {...shortcutOf('delete', t)}
        size="small"
        onClick={() => onCommand('delete', first.step.id)}
      >
        <Trash2 size={15} />
      </IconButton>
      <span className={styles['divider']} aria-hidden="true" />
      <IconButton
        label={t('selection.clear')}
        {...shortcutOf('cancel', t)}
        size="small"
        onClick={() => clearMarks(store)}
      >
        <X size={15} />
      </IconButton>
    </div>
  )
}
