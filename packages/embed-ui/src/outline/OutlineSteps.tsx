import type { Step } from '@inlay/engine'
import { ChevronDown, ChevronRight } from 'lucide-react'
import { toggleFold, useCanvasState, useCanvasStore } from '../canvas/canvas-store.js'
import { useCanvasView } from '../canvas/canvas-view.js'
import { LaneLabel } from '../canvas/LaneLabel.js'
import { slotText } from '../canvas/place-words.js'
import { type SummaryWords, stepTitle } from '../canvas/step-looks.js'
import { laneCommands } from '../document/lanes.js'
import { type SequenceRef, type Slot, slotsOf } from '../document/sequences.js'
import { useTexts } from '../messages/useTexts.js'
import { IconButton } from '../ui/Button.js'
import { StepRow } from './OutlineRow.js'
import styles from './outline.module.css'
import { PlaceButton } from './PlaceButton.js'

interface OutlineSequenceProps {
  readonly steps: readonly Step[]
  readonly sequence: SequenceRef
  readonly words: SummaryWords
  readonly depth: number
  /** It has room for one step only. @default false */
  readonly isSingle?: boolean
  /** What the sequence is called; the workflow's own has the outline's name. */
  readonly label?: string
}

/** The steps of one sequence, with places to add between them. */
export function OutlineSequence({ steps, sequence, words, depth, isSingle = false, label }: OutlineSequenceProps) {
  const isFull = isSingle && steps.length > 0
  return (
    <ol className={styles['list']} data-depth={depth} aria-label={label}>
      {steps.map((step, index) => (
        <li key={step.id}>
          {!isFull && <PlaceButton place={{ ...sequence, index }} />}
          <OutlineStep step={step} words={words} depth={depth} />
        </li>
      ))}
      {!isFull && (
        <li>
          <PlaceButton place={{ ...sequence, index: steps.length }} isLast />
        </li>
      )}
    </ol>
  )
}

interface OutlineStepProps {
  readonly step: Step
  readonly words: SummaryWords
  readonly depth: number
}

/** A step with everything inside it. */
function OutlineStep({ step, words, depth }: OutlineStepProps) {
  const t = useTexts()
  const store = useCanvasStore()
  const slots = slotsOf(step)
  const isFolded = useCanvasState(({ collapsed }) => collapsed.has(step.id))
  const title = stepTitle(step, words.connectors, t)
  return (
    <>
      <StepRow step={step} words={words} title={title} isFolded={slots.length > 0 && isFolded}>
        {slots.length > 0 && (
          <IconButton
            label={t(isFolded ? 'fold.open' : 'fold.close', { name: title })}
            size="small"
            aria-expanded={!isFolded}
            onClick={() => toggleFold(store, step.id)}
          >
            {isFolded ? <ChevronRight size={15} data-mirror /> : <ChevronDown size={15} />}
          </IconButton>
        )}
      </StepRow>
      {slots.length > 0 && !isFolded && (
        <ul className={styles['slots']} aria-label={t('outline.inside', { name: title })}>
          {slots.map((slot) => (
            <OutlineSlot key={slot.slot} step={step} slot={slot} words={words} depth={depth} />
          ))}
        </ul>
      )}
    </>
  )
}

interface OutlineSlotProps extends OutlineStepProps {
  readonly slot: Slot
}

function OutlineSlot({ step, slot, words, depth }: OutlineSlotProps) {
  const name = slotText(step, slot.slot, words)
  const canChange = useCanvasView().edit !== undefined && laneCommands(step, slot).length > 0
  return (
    <li className={styles['slot']} data-kind={slot.kind}>
      {canChange ? (
        <LaneLabel id={`lane:${step.id}/${slot.slot}`} step={step} slot={slot} text={name} isReachable />
      ) : (
        <div className={styles['slotName']}>{name}</div>
      )}
      <OutlineSequence
        steps={slot.steps}
        sequence={{ stepId: step.id, slot: slot.slot }}
        words={words}
        depth={depth + 1}
        isSingle={slot.isSingle}
        label={name}
      />
    </li>
  )
}
