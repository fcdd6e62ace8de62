import { useReactFlow } from '@xyflow/react'
import { type RefObject, useCallback, useEffect, useRef } from 'react'
import type { LaidOutNode, Layout } from '../graph/layout.js'

const MARGIN = 40
const TOP = 36
/** Below this, cards cannot be read. */
const MIN_START_ZOOM = 0.75
/** The farthest that people can zoom out, and in. */
export const MIN_ZOOM = 0.25
export const MAX_ZOOM = 1.5
const MOVE_MS = 220

interface Viewport {
  /** Pans so far that the node is in view. */
  reveal(node: LaidOutNode): void
  /** Zooms until everything is in view. */
  fitAll(): void
}

/** Where the canvas looks: at the start of the workflow first, then wherever the selection is. */
export function useViewport(
  layout: Layout,
  box: RefObject<HTMLDivElement | null>,
  selectedId: string | null,
): Viewport {
  const flow = useReactFlow()
  const latest = useRef(layout)
  latest.current = layout
  const reveal = useCallback(
    (node: LaidOutNode) => {
      const element = box.current
      if (element === null) return
      const { x, y, zoom } = flow.getViewport()
      const width = visibleWidth(element)
      // A panel that leaves no room hides the canvas altogether: moving it would only be confusing afterwards.
      if (width < node.width * zoom + 2 * MARGIN) return
      const dx = shift(node.x * zoom + x, node.width * zoom, width)
      const dy = shift(node.y * zoom + y, node.height * zoom, element.clientHeight)
      if (dx !== 0 || dy !== 0) void flow.setViewport({ x: x + dx, y: y + dy, zoom }, { duration: motion() })
    },
    [flow, box],
  )
  useStart(flow, box, latest)
  useEffect(() => {
    // The panel beside the canvas opens in the same commit; the size is right after the next frame.
    const frame = requestAnimationFrame(() => {
      const node = latest.current.nodes.find(({ id }) => id === selectedId)
      if (node !== undefined) reveal(node)
    })
    return () => cancelAnimationFrame(frame)
  }, [selectedId, reveal])
  const fitAll = useCallback(() => {
    const element = box.current
    if (element === null) return
    const room = { width: visibleWidth(element), height: element.clientHeight }
    void flow.setViewport(wholeViewport(latest.current, room), { duration: motion() })
  }, [flow, box])
  return { reveal, fitAll }
}

/** Looks at the trigger in the middle of the canvas, and keeps the middle when the canvas changes its width. */
function useStart(
  flow: ReturnType<typeof useReactFlow>,
  box: RefObject<HTMLDivElement | null>,
  layout: RefObject<Layout>,
): void {
  useEffect(() => {
    const element = box.current
    if (element === null) return
    let width = 0
    const observer = new ResizeObserver(() => {
      const next = element.clientWidth
      if (next === 0 || next === width) return
      if (width === 0) void flow.setViewport(startViewport(layout.current, next))
      else {
        const { x, y, zoom } = flow.getViewport()
        void flow.setViewport({ x: x + (next - width) / 2, y, zoom })
      }
      width = next
    })
    observer.observe(element)
    return () => observer.disconnect()
  }, [flow, box, layout])
}

function startViewport(layout: Layout, width: number) {
  const zoom = Math.max(MIN_START_ZOOM, Math.min(1, (width - 2 * MARGIN) / layout.width))
  const trigger = layout.nodes[0]
  const axis = trigger === undefined ? layout.width / 2 : trigger.x + trigger.width / 2
  const fits = layout.width * zoom + 2 * MARGIN <= width
  // A workflow that is too wide shows its trunk in the middle.
  return { x: width / 2 - (fits ? layout.width / 2 : axis) * zoom, y: TOP, zoom }
}

/** The width that no panel lies over: on narrow screens the panel beside the canvas covers it. */
function visibleWidth(element: HTMLElement): number {
  const right = element.getBoundingClientRect().right
  const panel = element.parentElement?.querySelector('aside')
  return element.clientWidth - Math.max(0, right - (panel?.getBoundingClientRect().left ?? right))
}

/** Everything in the middle of the room, as large as it fits. */
function wholeViewport(layout: Layout, room: { readonly width: number; readonly height: number }) {
  const fit = Math.min((room.width - MARGIN) / layout.width, (room.height - 2 * MARGIN) / layout.height)
  const zoom = Math.max(MIN_ZOOM, Math.min(1, fit))
  return {
    x: (room.width - layout.width * zoom) / 2,
    y: Math.max(TOP, (room.height - layout.height * zoom) / 2),
    zoom,
  }
}

/** How far to move so that a span lies within the room. */
function shift(start: number, length: number, room: number): number {
  const end = start + length
  if (start < MARGIN) return MARGIN - start
  return end > room - MARGIN ? Math.max(room - MARGIN - end, MARGIN - start) : 0
}

function motion(): number {
  return window.matchMedia('(prefers-reduced-motion: reduce)').matches ? 0 : MOVE_MS
}
