// What a canvas looks like that is no part of the document: what is collapsed, marked, being moved or searched for.
import type { WorkflowDefinition } from '@inlay/engine'
import { createContext, useContext } from 'react'
import { useStore } from 'zustand'
import { createStore, type StoreApi } from 'zustand/vanilla'
import type { BuilderClient } from '../data/client.js'
import { isBlock } from '../document/sequences.js'
import { usedIds } from '../document/step-ids.js'

/** Steps that look for a new place. */
interface Moving {
  readonly ids: readonly string[]
  readonly by: 'pointer' | 'keys'
  /** Ids of the pluses where they may go. */
  readonly places: ReadonlySet<string>
  /** The plus under the pointer. */
  readonly targetId: string | undefined
}

/** How the workflow is shown; undefined until a person chose. */
export type LayoutMode = 'canvas' | 'outline'

export interface CanvasState {
  /** Ids of blocks whose inside is not shown. */
  readonly collapsed: ReadonlySet<string>
  /** Ids of steps that a command concerns together; empty when there is one selected at most. */
  readonly marked: ReadonlySet<string>
  readonly moving: Moving | undefined
  /** What is searched for; undefined while the search is closed. */
  readonly search: string | undefined
  /** The step that the search has arrived at. */
  readonly foundId: string | undefined
  readonly hasMinimap: boolean
  readonly mode: LayoutMode | undefined
  /** How it is shown now. */
  readonly shownMode: LayoutMode
  /** The last thing that was told to those who cannot see it. */
  readonly said: string
  /** A card that stays where it is on the screen while the layout around it changes. */
  readonly anchorId: string | undefined
  /** A card that is brought into view once it is drawn. */
  readonly revealId: string | undefined
}

export type CanvasStore = StoreApi<CanvasState>

const NONE: ReadonlySet<string> = new Set()

/** A canvas as it is at first. */
export function createCanvasStore(): CanvasStore {
  return createStore<CanvasState>(() => ({
    collapsed: NONE,
    marked: NONE,
    moving: undefined,
    search: undefined,
    foundId: undefined,
    hasMinimap: false,
    mode: undefined,
    shownMode: 'canvas',
    said: '',
    anchorId: undefined,
    revealId: undefined,
  }))
}

const KEPT = new WeakMap<BuilderClient, Map<string, CanvasStore>>()

/** The canvas of a workflow: kept in memory as long as the client, so that it looks the same when a person comes back. */
export function canvasStoreOf(client: BuilderClient, workflowId: string): CanvasStore {
  const stores = KEPT.get(client) ?? new Map<string, CanvasStore>()
  KEPT.set(client, stores)
  const store = stores.get(workflowId) ?? createCanvasStore()
  stores.set(workflowId, store)
  return store
}

const StoreContext = createContext<CanvasStore | undefined>(undefined)

/** Gives its children the state of a canvas. */
export const CanvasStoreProvider = StoreContext.Provider

/** The state of the canvas around. @throws Error outside a canvas */
export function useCanvasStore(): CanvasStore {
  const store = useContext(StoreContext)
  if (store === undefined) throw new Error('This component works inside a canvas or an outline only.')
  return store
}

/** A part of the canvas's state; redraws when it changes. */
export function useCanvasState<T>(select: (state: CanvasState) => T): T {
  return useStore(useCanvasStore(), select)
}

/** Marks exactly these steps. */
export function mark(store: CanvasStore, ids: Iterable<string>): void {
  store.setState({ marked: new Set(ids) })
}

/** Marks nothing. */
export function clearMarks(store: CanvasStore): void {
  if (store.getState().marked.size > 0) store.setState({ marked: NONE })
}

/** Takes the marks of steps away that are gone, and ends a move of them. */
export function keepMarks(store: CanvasStore, definition: WorkflowDefinition): void {
  const { marked, moving } = store.getState()
  if (marked.size === 0 && moving === undefined) return
  const ids = usedIds(definition)
  const left = [...marked].filter((id) => ids.has(id))
  if (left.length < marked.size) mark(store, left)
  if (moving?.ids.some((id) => !ids.has(id)) === true) store.setState({ moving: undefined })
}

/** Collapses a block, or shows what is inside; its card stays where it is. */
export function toggleFold(store: CanvasStore, id: string): void {
  store.setState(({ collapsed }) => ({ anchorId: id, collapsed: toggled(collapsed, id) }))
}

/** Collapses exactly these blocks. */
export function setCollapsed(store: CanvasStore, ids: Iterable<string>): void {
  store.setState({ collapsed: new Set(ids) })
}

/** Collapses everything, or shows everything when something is collapsed. */
export function foldAll(store: CanvasStore, definition: WorkflowDefinition): void {
  const isAnyFolded = store.getState().collapsed.size > 0
  setCollapsed(store, isAnyFolded ? [] : definition.steps.filter(isBlock).map(({ id }) => id))
}

/** Shows the inside of blocks, so that a step in them can be seen. */
export function unfold(store: CanvasStore, ids: readonly string[]): void {
  const { collapsed } = store.getState()
  if (!ids.some((id) => collapsed.has(id))) return
  store.setState({ collapsed: new Set([...collapsed].filter((id) => !ids.includes(id))) })
}

/** Tells those who cannot see the canvas what happened. */
export function say(store: CanvasStore, text: string): void {
  // A text that is the same again would not be read.
  store.setState(({ said }) => ({ said: said === text ? `${text}\u00a0` : text }))
}

/** A set with a member more or less. */
export function toggled<T>(set: ReadonlySet<T>, member: T): ReadonlySet<T> {
  const next = new Set(set)
  if (!next.delete(member)) next.add(member)
  return next
}
