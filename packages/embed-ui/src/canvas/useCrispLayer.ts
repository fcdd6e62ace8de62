import { useOnViewportChange } from '@xyflow/react'
import { type RefObject, useRef } from 'react'

/** Below this zoom, texts cannot be read and dots would be a grey haze. */
const FAR_ZOOM = 0.4

/**
 * The canvas is a layer of its own, so that panning paints nothing again. Browsers keep such a layer at the scale in which
 * it was painted first: after zooming it is given up for a moment, and painted sharp.
 */
export function useCrispLayer(box: RefObject<HTMLElement | null>): void {
  const paintedZoom = useRef(1)
  const frame = useRef(0)
  useOnViewportChange({
    onChange: ({ zoom }) => {
      if (box.current !== null) box.current.toggleAttribute('data-far', zoom < FAR_ZOOM)
    },
    onEnd: ({ zoom }) => {
      const element = box.current
      if (element === null || zoom === paintedZoom.current) return
      paintedZoom.current = zoom
      element.dataset['crisp'] = ''
      cancelAnimationFrame(frame.current)
      frame.current = requestAnimationFrame(() => {
        frame.current = requestAnimationFrame(() => delete element.dataset['crisp'])
      })
    },
  })
}
