import type { RefObject } from 'react'
import type { Layout } from '../graph/layout.js'
import type { CanvasStore } from './canvas-store.js'
import type { CanvasView } from './canvas-view.js'
import { nearestPlace } from './drop-places.js'
import { nodeIdOf } from './focus-node.js'
import { type CanvasTool, type ToolParts, useCanvasTool } from './useCanvasTool.js'
import type { Viewport } from './useViewport.js'

/** How far a mouse or pen moves before a press becomes a drag, in pixels. */
const SLACK = 6
/** How long a finger rests before it drags instead of panning, in milliseconds. */
const HOLD_MS = 350
/** How near a plus has to be to take the step, in pixels of the screen. */
const REACH = 260
/** The strip along the edges in which the canvas pans, and its most pixels per frame. */
const EDGE = 56
const PAN_STEP = 14

export interface DragOptions {
  readonly box: RefObject<HTMLDivElement | null>
  /** Follows the pointer. */
  readonly ghost: RefObject<HTMLDivElement | null>
  readonly store: CanvasStore
  readonly viewport: Viewport
  readonly layout: Layout
  readonly view: CanvasView
}

/** Lets people drag cards to other places, by mouse, pen and finger. */
export function useStepDrag(options: DragOptions): void {
  useCanvasTool(options, stepDrag)
}

const stepDrag = (parts: ToolParts<DragOptions>) => new StepDrag(parts)

interface Press {
  readonly id: string
  readonly x: number
  readonly y: number
  readonly isTouch: boolean
  readonly pointerId: number
  readonly timer: ReturnType<typeof setTimeout> | undefined
}

class StepDrag implements CanvasTool {
  readonly #box: HTMLElement
  readonly #latest: ToolParts<DragOptions>['latest']
  readonly #flow: ToolParts<DragOptions>['flow']
  #press: Press | undefined
  #isDragging = false
  #pointer = { x: 0, y: 0 }
  #frame = 0

  constructor({ element, latest, flow }: ToolParts<DragOptions>) {
    this.#box = element
    this.#latest = latest
    this.#flow = flow
  }

  listen(): () => void {
    const end = new AbortController()
    const { signal } = end
    const capture = { capture: true, signal }
    this.#box.addEventListener('pointerdown', this.#down, capture)
    // React Flow would pan: a card that is pressed is taken up.
    this.#box.addEventListener('mousedown', (event) => this.#cardOf(event) && event.stopPropagation(), capture)
    this.#box.addEventListener('touchmove', this.#holdCanvas, { ...capture, passive: false })
    window.addEventListener('pointermove', this.#move, { signal })
    window.addEventListener('pointerup', this.#up, { signal })
    window.addEventListener('pointercancel', this.#giveUp, { signal })
    window.addEventListener('blur', this.#giveUp, { signal })
    window.addEventListener('keydown', this.#key, capture)
    return () => {
      this.#giveUp()
      end.abort()
    }
  }

  /** The step whose card was pressed, where steps can be moved. */
  #cardOf(event: MouseEvent): string | undefined {
    const { view, store } = this.#latest.current
    if (view.edit === undefined || store.getState().moving !== undefined || event.button !== 0) return undefined
    const card = event.target instanceof Element ? event.target.closest('[data-inlay-part="step-card"]') : null
    return card === null ? undefined : nodeIdOf(event.target)
  }

  readonly #down = (event: PointerEvent): void => {
    const id = this.#cardOf(event)
    if (id === undefined || event.shiftKey || event.ctrlKey || event.metaKey || !event.isPrimary) return
    const isTouch = event.pointerType === 'touch'
    this.#pointer = { x: event.clientX, y: event.clientY }
    const timer = isTouch ? setTimeout(() => this.#start(), HOLD_MS) : undefined
    this.#press = { id, ...this.#pointer, isTouch, pointerId: event.pointerId, timer }
  }

  readonly #move = (event: PointerEvent): void => {
    const press = this.#press
    if (press === undefined || event.pointerId !== press.pointerId) return
    this.#pointer = { x: event.clientX, y: event.clientY }
    if (this.#isDragging) this.#follow()
    else this.#mayStart(event, press)
  }

  #mayStart(event: PointerEvent, press: Press): void {
    if (Math.hypot(event.clientX - press.x, event.clientY - press.y) <= SLACK) return
    // A finger that moves at once pans the canvas.
    if (press.isTouch) this.#forget()
    else this.#start()
  }

  readonly #up = (event: PointerEvent): void => {
    if (this.#press === undefined || event.pointerId !== this.#press.pointerId) return
    const wasDragging = this.#isDragging
    const { store, layout, view } = this.#latest.current
    const targetId = store.getState().moving?.targetId
    this.#forget()
    if (!wasDragging) return
    this.#swallowClick()
    const target = layout.nodes.find(({ id }) => id === targetId)
    view.edit?.onPutDown(target?.kind === 'add' ? target.place : undefined)
  }

  readonly #giveUp = (): void => {
    const wasDragging = this.#isDragging
    this.#forget()
    if (wasDragging) this.#latest.current.view.edit?.onPutDown(undefined)
  }

  readonly #key = (event: KeyboardEvent): void => {
    if (!this.#isDragging || event.key !== 'Escape') return
    event.preventDefault()
    event.stopPropagation()
    this.#swallowClick()
    this.#giveUp()
  }

  readonly #holdCanvas = (event: TouchEvent): void => {
    if (!this.#isDragging) return
    event.stopPropagation()
    if (event.cancelable) event.preventDefault()
  }

  #start(): void {
    const press = this.#press
    const { view, store } = this.#latest.current
    if (press === undefined || view.edit === undefined) return
    const { marked } = store.getState()
    this.#isDragging = true
    view.edit.onTakeUp(marked.has(press.id) ? [...marked] : [press.id], 'pointer')
    // The ghost is there after the next frame.
    this.#frame = requestAnimationFrame(this.#tick)
  }

  readonly #tick = (): void => {
    if (!this.#isDragging) return
    this.#panAtEdges()
    this.#follow()
    this.#frame = requestAnimationFrame(this.#tick)
  }

  #panAtEdges(): void {
    const { left, right, top, bottom } = this.#box.getBoundingClientRect()
    const { layout, viewport } = this.#latest.current
    const { x, y, zoom } = this.#flow.getViewport()
    const dx = within(panStep(this.#pointer.x, left, right), {
      start: x,
      length: layout.width * zoom,
      room: right - left,
    })
    const dy = within(panStep(this.#pointer.y, top, bottom), {
      start: y,
      length: layout.height * zoom,
      room: bottom - top,
    })
    if (dx !== 0 || dy !== 0) viewport.panBy(dx, dy)
  }

  #follow(): void {
    const { ghost, layout, store } = this.#latest.current
    const { left, top } = this.#box.getBoundingClientRect()
    const [x, y] = [this.#pointer.x - left, this.#pointer.y - top]
    if (ghost.current !== null) ghost.current.style.transform = `translate(${x}px, ${y}px)`
    const { moving } = store.getState()
    if (moving === undefined) return
    const { x: shiftX, y: shiftY, zoom } = this.#flow.getViewport()
    const point = { x: (x - shiftX) / zoom, y: (y - shiftY) / zoom, reach: REACH / zoom }
    const targetId = nearestPlace(layout, moving.places, point)?.id
    if (targetId !== moving.targetId) store.setState({ moving: { ...moving, targetId } })
  }

  #forget(): void {
    clearTimeout(this.#press?.timer)
    cancelAnimationFrame(this.#frame)
    this.#press = undefined
    this.#isDragging = false
  }

  /** The click that follows a drag is none. */
  #swallowClick(): void {
    const swallow = (event: Event) => {
      event.stopPropagation()
      event.preventDefault()
    }
    this.#box.addEventListener('click', swallow, { capture: true, once: true })
    setTimeout(() => this.#box.removeEventListener('click', swallow, { capture: true }))
  }
}

interface Span {
  readonly start: number
  readonly length: number
  readonly room: number
}

/** Panning ends when the end of the workflow is in the middle: beyond it there is nothing to see. */
function within(step: number, { start, length, room }: Span): number {
  const middle = room / 2
  const isAtEnd = step > 0 ? start > middle : start + length < middle
  return isAtEnd ? 0 : step
}

/** How far to pan, the more the nearer a pointer is to an edge. */
function panStep(at: number, start: number, end: number): number {
  if (at < start + EDGE) return Math.ceil(PAN_STEP * Math.min(1, (start + EDGE - at) / EDGE))
  if (at > end - EDGE) return -Math.ceil(PAN_STEP * Math.min(1, (at - end + EDGE) / EDGE))
  return 0
}
