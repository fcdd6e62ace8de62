import { type RefObject, useEffect, useState } from 'react'
import { useStore } from 'zustand'
import type { CanvasStore, LayoutMode } from '../canvas/canvas-store.js'

/** Narrower rooms show the outline unless a person wants the canvas, in pixels. */
const CANVAS_MIN = 600

/** How the workflow is shown: as a person chose, else as there is room. */
export function useLayoutMode(
  room: RefObject<HTMLElement | null>,
  canvas: CanvasStore,
): readonly [LayoutMode, (mode: LayoutMode) => void] {
  const chosen = useStore(canvas, (state) => state.mode)
  const [isNarrow, setIsNarrow] = useState(false)
  useEffect(() => {
    const element = room.current
    if (element === null) return
    const observer = new ResizeObserver(() => setIsNarrow(element.clientWidth > 0 && element.clientWidth < CANVAS_MIN))
    observer.observe(element)
    return () => observer.disconnect()
  }, [room])
  const mode = chosen ?? (isNarrow ? 'outline' : 'canvas')
  useEffect(() => canvas.setState({ shownMode: mode }), [canvas, mode])
  return [mode, (next) => canvas.setState({ mode: next })]
}
