import type { Step } from '@inlay/engine'
import { Plus } from 'lucide-react'
import { useCanvasState } from '../canvas/canvas-store.js'
import { useCanvasView } from '../canvas/canvas-view.js'
import type { SummaryWords } from '../canvas/step-looks.js'
import { usePlaceWords } from '../canvas/usePlaceWords.js'
import type { Place, SequenceRef } from '../document/sequences.js'
import { placeId } from '../graph/layout.js'
import { useTexts } from '../messages/useTexts.js'
import { OutlineStep } from './OutlineStep.js'
import styles from './outline.module.css'

export interface OutlineSequenceProps {
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

/** Adds a step here, and takes steps that are being moved. */
function PlaceButton({ place, isLast = false }: { readonly place: Place; readonly isLast?: boolean }) {
  const t = useTexts()
  const view = useCanvasView()
  const where = usePlaceWords()(place)
  const id = placeId(place)
  const isMoving = useCanvasState(({ moving }) => moving !== undefined)
  const isOpen = useCanvasState(({ moving }) => moving?.places.has(id) === true)
  if (!view.isEditable || (isMoving && !isOpen)) return null
  return (
    <button
      type="button"
      className={styles['place']}
      data-inlay-part="add-step"
      data-nav={id}
      data-last={isLast || undefined}
      data-move={isMoving ? 'open' : undefined}
      aria-label={t(isMoving ? 'canvas.moveHere' : 'outline.addAt', { place: where })}
      onClick={(event) => {
        if (isMoving) view.edit?.onPutDown(place)
        else view.onAdd(place, event.currentTarget)
      }}
    >
      <Plus size={13} aria-hidden="true" />
      <span>{t(isMoving ? 'outline.moveHere' : 'outline.add')}</span>
    </button>
  )
}
