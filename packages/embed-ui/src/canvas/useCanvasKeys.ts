import type { WorkflowDefinition } from '@inlay/engine'
import type { KeyboardEvent, RefObject } from 'react'
import { isBlock, walkSteps } from '../document/sequences.js'
import type { LaidOutNode, Layout } from '../graph/layout.js'
import { type Direction, neighbour } from '../graph/spatial.js'
import { matchShortcut } from '../shortcuts/match-shortcut.js'
import type { ShortcutId } from '../shortcuts/shortcut-table.js'
import { useHotkeys } from '../shortcuts/useHotkeys.js'
import { type CanvasStore, foldAll, toggleFold } from './canvas-store.js'
import type { CanvasView } from './canvas-view.js'
import { focusedElement, focusNode, nodeIdOf } from './focus-node.js'
import { markTowards, stepBeside } from './marking.js'
import type { Viewport } from './useViewport.js'

/** What the canvas does by keyboard, with the id of the focused node. */
type CanvasActions = Partial<Readonly<Record<ShortcutId, (nodeId: string | undefined) => boolean>>>

export interface CanvasKeys {
  readonly actions: CanvasActions
  /** @returns whether the key did something */
  press(event: KeyboardEvent, nodeId: string | undefined): boolean
}

export interface CanvasKeyOptions {
  readonly definition: WorkflowDefinition
  readonly layout: Layout
  readonly viewport: Viewport
  readonly view: CanvasView
  readonly store: CanvasStore
  readonly box: RefObject<HTMLDivElement | null>
}

/** Keys that walk, zoom, collapse and search; the same where a workflow is built and where a run is looked at. */
export function useCanvasKeys(options: CanvasKeyOptions): CanvasKeys {
  const hotkeys = useHotkeys()
  const actions: CanvasActions = { ...viewActions(options), ...walkActions(options) }
  return {
    actions,
    press: (event, nodeId) => {
      const id = matchShortcut(event, hotkeys)
      return id === undefined ? false : (actions[id]?.(nodeId) ?? false)
    },
  }
}

function viewActions({ definition, viewport, view, store }: CanvasKeyOptions): CanvasActions {
  const done = (action: () => void) => () => {
    action()
    return true
  }
  return {
    fit: done(viewport.fitAll),
    actualSize: done(viewport.actualSize),
    zoomIn: done(() => viewport.zoomBy(1)),
    zoomOut: done(() => viewport.zoomBy(-1)),
    zoomSelection: (nodeId) => {
      const { marked } = store.getState()
      const selected = view.selectedId ?? nodeId
      viewport.fitNodes(marked.size > 0 || selected === undefined ? marked : [selected])
      return true
    },
    search: done(() => store.setState(({ search }) => ({ search: search ?? '' }))),
    foldAll: done(() => foldAll(store, definition)),
    fold: (nodeId) => {
      const step = [...walkSteps(definition)].find((found) => found.step.id === nodeId)?.step
      if (step === undefined || !isBlock(step)) return false
      toggleFold(store, step.id)
      return true
    },
  }
}

function walkActions(options: CanvasKeyOptions): CanvasActions {
  const { view, store, layout } = options
  const walk = (direction: Direction) => (nodeId: string | undefined) => {
    const { moving } = store.getState()
    if (moving?.by === 'keys') return walkPlaces(options, moving.places, { nodeId, direction })
    const next = nodeId === undefined ? undefined : neighbour(layout.nodes, nodeId, direction)
    return next !== undefined && goTo(options, next)
  }
  const extend = (direction: -1 | 1) => (nodeId: string | undefined) => {
    const order = layout.nodes.flatMap(({ id, kind }) => (kind === 'step' ? [id] : []))
    const next = nodeId === undefined ? undefined : stepBeside(order, nodeId, direction)
    if (view.edit === undefined || nodeId === undefined || next === undefined) return false
    markTowards(store, nodeId, next)
    const node = layout.nodes.find(({ id }) => id === next)
    return node !== undefined && goTo(options, node)
  }
  return {
    walkUp: walk('up'),
    walkDown: walk('down'),
    walkLeft: walk('left'),
    walkRight: walk('right'),
    extendUp: extend(-1),
    extendDown: extend(1),
  }
}

interface Walk {
  readonly nodeId: string | undefined
  readonly direction: Direction
}

/** While steps are being moved, arrows go from one open place to the next. */
function walkPlaces(options: CanvasKeyOptions, places: ReadonlySet<string>, { nodeId, direction }: Walk): boolean {
  const open = options.layout.nodes.filter(({ id }) => places.has(id))
  const at = open.findIndex(({ id }) => id === nodeId)
  if (direction === 'up' || direction === 'down') {
    const next = at === -1 ? open[0] : open[at + (direction === 'down' ? 1 : -1)]
    return next !== undefined && goTo(options, next)
  }
  const next = nodeId === undefined ? undefined : neighbour(open, nodeId, direction)
  return next !== undefined && goTo(options, next)
}

function goTo({ box, viewport }: CanvasKeyOptions, node: LaidOutNode): true {
  viewport.reveal(node)
  focusNode(box.current, node.id)
  // A node that was out of view is drawn only now. Another focus would be taken from what the next key has opened.
  const focused = box.current === null ? null : focusedElement(box.current)
  if (nodeIdOf(focused) !== node.id) requestAnimationFrame(() => focusNode(box.current, node.id))
  return true
}
