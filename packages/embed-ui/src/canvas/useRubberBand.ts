import { useReactFlow } from '@xyflow/react'
import { type RefObject, useEffect, useRef } from 'react'
import type { Layout } from '../graph/layout.js'
import { type CanvasStore, mark } from './canvas-store.js'
import { focusNode } from './focus-node.js'

export interface RubberBandOptions {
  readonly box: RefObject<HTMLDivElement | null>
  /** The rectangle that is drawn while a person drags. */
  readonly band: RefObject<HTMLDivElement | null>
  readonly store: CanvasStore
  readonly layout: Layout
  readonly isOn: boolean
}

/** Marks the steps that a person draws a rectangle around: Shift and drag, beginning beside the cards. */
export function useRubberBand(options: RubberBandOptions): void {
  const { box } = options
  const flow = useReactFlow()
  const latest = useRef(options)
  latest.current = options
  useEffect(() => {
    const element = box.current
    if (element === null) return
    let start: { readonly x: number; readonly y: number } | undefined
    const end = new AbortController()
    const { signal } = end
    const isStart = (event: MouseEvent) =>
      latest.current.isOn &&
      event.shiftKey &&
      event.button === 0 &&
      event.target instanceof Element &&
      event.target.closest('.react-flow__pane') !== null
    const at = (event: PointerEvent) => {
      const { left, top } = element.getBoundingClientRect()
      return { x: event.clientX - left, y: event.clientY - top }
    }
    const down = (event: PointerEvent) => {
      if (!isStart(event)) return
      start = at(event)
      event.preventDefault()
    }
    const move = (event: PointerEvent) => {
      if (start === undefined) return
      const { store, layout, band } = latest.current
      const area = areaBetween(start, at(event))
      draw(band.current, area)
      mark(store, stepsWithin(layout, area, flow.getViewport()))
    }
    const stop = () => {
      if (start === undefined) return
      start = undefined
      draw(latest.current.band.current, undefined)
      const [first] = latest.current.store.getState().marked
      if (first !== undefined) focusNode(element, first)
    }
    element.addEventListener('pointerdown', down, { capture: true, signal })
    // React Flow would pan.
    element.addEventListener('mousedown', (event) => isStart(event) && event.stopPropagation(), {
      capture: true,
      signal,
    })
    window.addEventListener('pointermove', move, { signal })
    window.addEventListener('pointerup', stop, { signal })
    window.addEventListener('pointercancel', stop, { signal })
    return () => end.abort()
  }, [box, flow])
}

interface Area {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

type Spot = Pick<Area, 'x' | 'y'>

function areaBetween(a: Spot, b: Spot): Area {
  return { x: Math.min(a.x, b.x), y: Math.min(a.y, b.y), width: Math.abs(a.x - b.x), height: Math.abs(a.y - b.y) }
}

function draw(band: HTMLElement | null, area: Area | undefined): void {
  if (band === null) return
  band.hidden = area === undefined
  if (area === undefined) return
  band.style.transform = `translate(${area.x}px, ${area.y}px)`
  band.style.width = `${area.width}px`
  band.style.height = `${area.height}px`
}

function stepsWithin(layout: Layout, area: Area, view: Spot & { readonly zoom: number }): readonly string[] {
  const [left, top] = [(area.x - view.x) / view.zoom, (area.y - view.y) / view.zoom]
  const [right, bottom] = [left + area.width / view.zoom, top + area.height / view.zoom]
  return layout.nodes
    .filter(({ x, y, width, height }) => x < right && left < x + width && y < bottom && top < y + height)
    .flatMap(({ id, kind }) => (kind === 'step' ? [id] : []))
}
