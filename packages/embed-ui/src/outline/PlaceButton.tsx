import { Plus } from 'lucide-react'
import { useCanvasState } from '../canvas/canvas-store.js'
import { useCanvasView } from '../canvas/canvas-view.js'
import { usePlaceWords } from '../canvas/usePlaceWords.js'
import type { Place } from '../document/sequences.js'
import { placeId } from '../graph/layout.js'
import { useTexts } from '../messages/useTexts.js'
import styles from './outline.module.css'

/** Adds a step here, and takes steps that are being moved. */
export function PlaceButton({ place, isLast = false }: { readonly place: Place; readonly isLast?: boolean }) {
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
