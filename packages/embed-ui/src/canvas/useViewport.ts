import { useReactFlow } from '@xyflow/react'
import { type RefObject, useEffect, useMemo, useRef } from 'react'
import { useStore } from 'zustand'
import type { LaidOutNode, Layout } from '../graph/layout.js'
import type { CanvasStore } from './canvas-store.js'
import { focusedElement, nodeIdOf } from './focus-node.js'
import { type Bounds, MARGIN, MIN_ZOOM, TOP, wholeViewport } from './whole-viewport.js'

/** Below this, cards cannot be read. */
const MIN_START_ZOOM = 0.75
/** Below this, nobody can make out what the cards say. */
const MIN_WHOLE_ZOOM = 0.5
/** The farthest that people can zoom in. */
export const MAX_ZOOM = 1.5
const MOVE_MS = 220
const ZOOM_STEP = 1.25

export interface Viewport {
  /** Pans so far that the node is in view. */
  reveal(node: LaidOutNode): void
  /** Zooms until everything is in view. */
  fitAll(): void
  /** Zooms until these nodes are in view, but never beyond 100 %. */
  fitNodes(ids: Iterable<string>): void
  /** Zooms to 100 % around the middle. */
  actualSize(): void
  /** Zooms around the middle: 1 step in, -1 step out. */
  zoomBy(steps: 1 | -1): void
  /** Moves what is shown by pixels of the screen, at once. */
  panBy(dx: number, dy: number): void
  /** Brings a point of the canvas to the middle of the screen, at once. */
  centerOn(x: number, y: number): void
}

export interface ViewportOptions {
  readonly layout: Layout
  readonly box: RefObject<HTMLDivElement | null>
  readonly selectedId: string | null
  readonly store: CanvasStore
  /** Whether all of the workflow is shown at first. @default false: its start at a size that can be read */
  readonly startsWhole?: boolean
}

/** Where the canvas looks: at the start of the workflow first, then wherever the selection is. */
export function useViewport({ layout, box, selectedId, store, startsWhole = false }: ViewportOptions): Viewport {
  const flow = useReactFlow()
  const latest = useRef(layout)
  latest.current = layout
  const viewport = useMemo(() => makeViewport(flow, box, latest), [flow, box])
  useStart({ flow, box, layout: latest, startsWhole })
  useSteadyCard({ flow, box, layout, store, selectedId })
  useEffect(() => {
    // The panel beside the canvas opens in the same commit; the size is right after the next frame.
    const frame = requestAnimationFrame(() => {
      const node = latest.current.nodes.find(({ id }) => id === selectedId)
      if (node !== undefined) viewport.reveal(node)
    })
    return () => cancelAnimationFrame(frame)
  }, [selectedId, viewport])
  useReveal(viewport, layout, store)
  return viewport
}

/** Steps that were pasted, copied or moved come into view: what cannot be seen seems not to have happened. */
function useReveal(viewport: Viewport, layout: Layout, store: CanvasStore): void {
  const revealId = useStore(store, (state) => state.revealId)
  useEffect(() => {
    const node = revealId === undefined ? undefined : layout.nodes.find(({ id }) => id === revealId)
    if (node === undefined) return
    // What keeps a card where it is comes first.
    const frame = requestAnimationFrame(() => {
      store.setState({ revealId: undefined })
      viewport.reveal(node)
    })
    return () => cancelAnimationFrame(frame)
  }, [viewport, layout, store, revealId])
}

type Flow = ReturnType<typeof useReactFlow>
type BoxRef = RefObject<HTMLDivElement | null>

function makeViewport(flow: Flow, box: BoxRef, layout: RefObject<Layout>): Viewport {
  const room = () => {
    const element = box.current
    return element === null ? undefined : { ...visiblePart(element), height: element.clientHeight }
  }
  const zoomTo = (zoom: number) => {
    const size = room()
    if (size === undefined) return
    const next = Math.min(MAX_ZOOM, Math.max(MIN_ZOOM, zoom))
    const { x, y, zoom: before } = flow.getViewport()
    const [middleX, middleY] = [size.left + size.width / 2, size.height / 2]
    const factor = next / before
    const moved = { x: middleX - (middleX - x) * factor, y: middleY - (middleY - y) * factor, zoom: next }
    void flow.setViewport(moved, { duration: motion() })
  }
  const fit = (bounds: Bounds) => {
    const size = room()
    if (size === undefined) return
    const whole = wholeViewport(bounds, size)
    void flow.setViewport({ ...whole, x: whole.x + size.left }, { duration: motion() })
  }
  return {
    reveal: (node) => {
      const size = room()
      const { x, y, zoom } = flow.getViewport()
      // A panel that leaves no room hides the canvas altogether: moving it would only be confusing afterwards.
      if (size === undefined || size.width < node.width * zoom + 2 * MARGIN) return
      const dx = shift(node.x * zoom + x - size.left, node.width * zoom, size.width)
      const dy = shift(node.y * zoom + y, node.height * zoom, size.height)
      if (dx !== 0 || dy !== 0) void flow.setViewport({ x: x + dx, y: y + dy, zoom }, { duration: motion() })
    },
    fitAll: () => fit({ x: 0, y: 0, width: layout.current.width, height: layout.current.height }),
    fitNodes: (ids) => {
      const wanted = new Set(ids)
      const bounds = boundsOf(layout.current.nodes.filter(({ id }) => wanted.has(id)))
      if (bounds !== undefined) fit(bounds)
    },
    actualSize: () => zoomTo(1),
    zoomBy: (steps) => zoomTo(flow.getZoom() * ZOOM_STEP ** steps),
    panBy: (dx, dy) => {
      const { x, y, zoom } = flow.getViewport()
      void flow.setViewport({ x: x + dx, y: y + dy, zoom })
    },
    centerOn: (x, y) => {
      const size = room()
      const zoom = flow.getZoom()
      if (size === undefined) return
      void flow.setViewport({ x: size.left + size.width / 2 - x * zoom, y: size.height / 2 - y * zoom, zoom })
    },
  }
}

interface SteadyOptions extends ViewportOptions {
  readonly flow: Flow
}

/** A card that the person looks at stays where it is on the screen when the layout around it changes. */
function useSteadyCard({ flow, box, layout, store, selectedId }: SteadyOptions): void {
  const before = useRef(layout)
  useEffect(() => {
    const old = before.current
    before.current = layout
    if (old === layout) return
    const focused = box.current === null ? undefined : nodeIdOf(focusedElement(box.current))
    const anchors = [store.getState().anchorId, focused, selectedId, layout.nodes[0]?.id]
    store.setState({ anchorId: undefined })
    for (const id of anchors) {
      const [was, is] = [old, layout].map(({ nodes }) => nodes.find((node) => node.id === id))
      if (was === undefined || is === undefined) continue
      const { x, y, zoom } = flow.getViewport()
      const [dx, dy] = [(was.x - is.x) * zoom, (was.y - is.y) * zoom]
      if (dx !== 0 || dy !== 0) void flow.setViewport({ x: x + dx, y: y + dy, zoom })
      return
    }
  }, [flow, box, layout, store, selectedId])
}

interface StartOptions {
  readonly flow: Flow
  readonly box: BoxRef
  readonly layout: RefObject<Layout>
  readonly startsWhole: boolean
}

/** Looks at the trigger in the middle of the canvas, and keeps the middle when the canvas changes its width. */
function useStart({ flow, box, layout, startsWhole }: StartOptions): void {
  useEffect(() => {
    const element = box.current
    if (element === null) return
    let width = 0
    const observer = new ResizeObserver(() => {
      const next = element.clientWidth
      if (next === 0 || next === width) return
      if (width === 0) void flow.setViewport(firstViewport(layout.current, element, startsWhole))
      else {
        const { x, y, zoom } = flow.getViewport()
        void flow.setViewport({ x: x + (next - width) / 2, y, zoom })
      }
      width = next
    })
    observer.observe(element)
    return () => observer.disconnect()
  }, [flow, box, layout, startsWhole])
}

function firstViewport(layout: Layout, { clientWidth: width, clientHeight: height }: Element, isWhole: boolean) {
  if (!isWhole) return startViewport(layout, width, MIN_START_ZOOM)
  const whole = wholeViewport({ x: 0, y: 0, width: layout.width, height: layout.height }, { width, height })
  // Of a workflow that would be too small to make anything out, the beginning says more.
  return whole.zoom >= MIN_WHOLE_ZOOM ? whole : startViewport(layout, width, MIN_WHOLE_ZOOM)
}

function startViewport(layout: Layout, width: number, minZoom: number) {
  const zoom = Math.max(minZoom, Math.min(1, (width - 2 * MARGIN) / layout.width))
  const trigger = layout.nodes[0]
  const axis = trigger === undefined ? layout.width / 2 : trigger.x + trigger.width / 2
  const fits = layout.width * zoom + 2 * MARGIN <= width
  // A workflow that is too wide shows its trunk in the middle.
  return { x: width / 2 - (fits ? layout.width / 2 : axis) * zoom, y: TOP, zoom }
}

/** The part that no panel lies over: on narrow screens the panel beside the canvas covers one side of it. */
function visiblePart(element: HTMLElement): { readonly left: number; readonly width: number } {
  const box = element.getBoundingClientRect()
  const panel = element.parentElement?.querySelector('aside')?.getBoundingClientRect()
  if (panel === undefined) return { left: 0, width: element.clientWidth }
  const isAtRight = panel.left + panel.right > box.left + box.right
  const covered = Math.max(0, isAtRight ? box.right - panel.left : panel.right - box.left)
  return { left: isAtRight ? 0 : covered, width: element.clientWidth - covered }
}

function boundsOf(boxes: readonly Bounds[]): Bounds | undefined {
  if (boxes.length === 0) return undefined
  const x = Math.min(...boxes.map((box) => box.x))
  const y = Math.min(...boxes.map((box) => box.y))
  const right = Math.max(...boxes.map((box) => box.x + box.width))
  const bottom = Math.max(...boxes.map((box) => box.y + box.height))
  return { x, y, width: right - x, height: bottom - y }
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
