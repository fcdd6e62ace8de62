// Which steps are marked together.
import type { MouseEvent } from 'react'
import { type CanvasStore, clearMarks, mark, toggled } from './canvas-store.js'
import type { CanvasView } from './canvas-view.js'
import { nodeIdOf } from './focus-node.js'

/** Marks one step more or less; the step that was selected alone counts as the first. */
function toggleMark(store: CanvasStore, id: string, selectedId: string | undefined): void {
  mark(store, toggled(marksOr(store, selectedId), id))
}

/** Marks all steps from the selected one to another, in reading order. */
function markRange(store: CanvasStore, order: readonly string[], ends: readonly [string | undefined, string]): void {
  const [from, to] = ends
  const start = from === undefined ? -1 : order.indexOf(from)
  const end = order.indexOf(to)
  if (end === -1) return
  const range = start === -1 ? [to] : order.slice(Math.min(start, end), Math.max(start, end) + 1)
  mark(store, [...marksOr(store, undefined), ...range])
}

/** Marks the step that is gone to; going back over marked steps takes the mark of the one that is left away. */
export function markTowards(store: CanvasStore, fromId: string, toId: string): void {
  const { marked } = store.getState()
  toggleMark(store, marked.has(toId) && marked.has(fromId) ? fromId : toId, fromId)
}

/** The step after or before one in reading order. */
export function stepBeside(order: readonly string[], id: string, direction: -1 | 1): string | undefined {
  const at = order.indexOf(id)
  return at === -1 ? order[0] : order[at + direction]
}

interface ClickContext {
  readonly view: CanvasView
  readonly store: CanvasStore
  /** Ids of all steps that are drawn, in reading order. */
  readonly order: readonly string[]
}

/** Clicks on steps with Ctrl or Shift mark several; a plain click, also beside them, takes the marks away. */
export function markByClick(event: MouseEvent, { view, store, order }: ClickContext): void {
  const spot = event.target instanceof Element ? event.target.closest(SPOTS) : null
  if (view.edit === undefined || spot === null) return
  const id = nodeIdOf(spot)
  const isMore = event.ctrlKey || event.metaKey
  // A band that was just drawn ends with a click, too.
  if (!isMore && !event.shiftKey) clearMarks(store)
  if (id === undefined || !(isMore || event.shiftKey)) return
  event.preventDefault()
  event.stopPropagation()
  const selected = view.selectedId !== null && order.includes(view.selectedId) ? view.selectedId : undefined
  if (isMore) toggleMark(store, id, selected)
  else markRange(store, order, [[...store.getState().marked].at(-1) ?? selected, id])
}

/** What a click that marks can hit: a step, or the canvas behind the cards. */
const SPOTS = '[data-inlay-part="step-card"] [data-nav], [data-inlay-part="outline-step"], .react-flow__pane'

function marksOr(store: CanvasStore, selectedId: string | undefined): ReadonlySet<string> {
  const { marked } = store.getState()
  if (marked.size > 0) return marked
  return new Set(selectedId === undefined ? [] : [selectedId])
}
