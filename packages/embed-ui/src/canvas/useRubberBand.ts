import type { RefObject } from 'react'
import type { Layout } from '../graph/layout.js'
import { type CanvasStore, mark } from './canvas-store.js'
import { focusNode } from './focus-node.js'
import { type CanvasTool, type ToolParts, useCanvasTool } from './useCanvasTool.js'

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
  useCanvasTool(options, rubberBand)
}

const rubberBand = (parts: ToolParts<RubberBandOptions>) => new RubberBand(parts)

class RubberBand implements CanvasTool {
  readonly #element: HTMLElement
  readonly #latest: ToolParts<RubberBandOptions>['latest']
  readonly #flow: ToolParts<RubberBandOptions>['flow']
  #start: Spot | undefined

  constructor({ element, latest, flow }: ToolParts<RubberBandOptions>) {
    this.#element = element
    this.#latest = latest
    this.#flow = flow
  }

  listen(): () => void {
    const end = new AbortController()
    const { signal } = end
    const capture = { capture: true, signal }
    this.#element.addEventListener('pointerdown', this.#down, capture)
    // React Flow would pan.
    this.#element.addEventListener('mousedown', (event) => this.#isStart(event) && event.stopPropagation(), capture)
    window.addEventListener('pointermove', this.#move, { signal })
    window.addEventListener('pointerup', this.#stop, { signal })
    window.addEventListener('pointercancel', this.#stop, { signal })
    return () => end.abort()
  }

  #isStart({ shiftKey, button, target }: MouseEvent): boolean {
    const isBesideCards = target instanceof Element && target.closest('.react-flow__pane') !== null
    return this.#latest.current.isOn && shiftKey && button === 0 && isBesideCards
  }

  #spotOf({ clientX, clientY }: PointerEvent): Spot {
    const { left, top } = this.#element.getBoundingClientRect()
    return { x: clientX - left, y: clientY - top }
  }

  readonly #down = (event: PointerEvent): void => {
    if (!this.#isStart(event)) return
    this.#start = this.#spotOf(event)
    event.preventDefault()
  }

  readonly #move = (event: PointerEvent): void => {
    if (this.#start === undefined) return
    const { store, layout, band } = this.#latest.current
    const area = areaBetween(this.#start, this.#spotOf(event))
    draw(band.current, area)
    mark(store, stepsWithin(layout, area, this.#flow.getViewport()))
  }

  readonly #stop = (): void => {
    if (this.#start === undefined) return
    this.#start = undefined
    const { band, store } = this.#latest.current
    draw(band.current, undefined)
    const [first] = store.getState().marked
    if (first !== undefined) focusNode(this.#element, first)
  }
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
