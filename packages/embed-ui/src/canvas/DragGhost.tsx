import type { WorkflowDefinition } from '@inlay/engine'
import { forwardRef } from 'react'
import { findStep } from '../document/sequences.js'
import { useTexts } from '../messages/useTexts.js'
import { StepIcon } from './ConnectorIcon.js'
import { useCanvasState } from './canvas-store.js'
import type { CanvasView } from './canvas-view.js'
import styles from './FlowCanvas.module.css'
import { stepTitle } from './step-looks.js'

export interface DragGhostProps {
  readonly definition: WorkflowDefinition
  readonly view: CanvasView
}

/** What is being dragged, beside the pointer. */
export const DragGhost = forwardRef<HTMLDivElement, DragGhostProps>(function DragGhost({ definition, view }, ref) {
  const t = useTexts()
  const ids = useCanvasState(({ moving }) => (moving?.by === 'pointer' ? moving.ids : undefined))
  const [first, ...more] = ids ?? []
  const step = first === undefined ? undefined : findStep(definition, first)?.step
  if (step === undefined) return null
  return (
    <div ref={ref} className={styles['ghost']} data-many={more.length > 0 || undefined} aria-hidden="true">
      <div>
        <StepIcon step={step} connectors={view.connectors} />
        <span dir="auto">{stepTitle(step, view.connectors, t)}</span>
        {more.length > 0 && <b>{t('canvas.more', { count: more.length })}</b>}
      </div>
    </div>
  )
})
