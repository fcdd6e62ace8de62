// What keys do in the builder, besides what the canvas does itself.
import type { KeyboardEvent } from 'react'
import { clearMarks, foldAll, mark, toggleFold } from '../canvas/canvas-store.js'
import type { CanvasView } from '../canvas/canvas-view.js'
import { isTyping, nodeIdOf } from '../canvas/focus-node.js'
import { unlessHandled } from '../clipboard/browser-turn.js'
import { pasteFromClipboard } from '../clipboard/clipboard-commands.js'
import { TRIGGER_OWNER } from '../document/issues.js'
import { findStep, isBlock } from '../document/sequences.js'
import { type Hotkeys, matchShortcut } from '../shortcuts/match-shortcut.js'
import { type ShortcutId, shortcut } from '../shortcuts/shortcut-table.js'
import { isComposing } from '../ui/is-composing.js'
import { putDown, runCommand } from './step-commands.js'
import { present, type Workbench } from './workbench.js'

export interface RoomKeys {
  readonly bench: Workbench
  readonly hotkeys: Hotkeys
  readonly isReadOnly: boolean
  readonly view: CanvasView
  readonly onTest: (() => void) | undefined
  readonly onPublish: (() => void) | undefined
  readonly openShortcuts: () => void
  readonly openCommands: () => void
  readonly toggleOutline: () => void
}

/** Carries out a shortcut anywhere in the builder. What opened over it, and text fields, keep their own keys. */
export function pressInRoom(event: KeyboardEvent<HTMLElement>, keys: RoomKeys): void {
  if (isComposing(event)) return
  // Who types means letters and signs as they are.
  const hotkeys = isTyping(event.target) ? { ...keys.hotkeys, hasSingleKeys: false } : keys.hotkeys
  const id = event.defaultPrevented ? undefined : matchShortcut(event, hotkeys)
  if (id === undefined || (keys.isReadOnly && shortcut(id).isEdit === true)) return
  if (isTyping(event.target) && shortcut(id).whileTyping !== true && id !== 'cancel') return
  // Menus and dialogs are React's children, but lie elsewhere in the page.
  const isInside = event.target instanceof Node && event.currentTarget.contains(event.target)
  if (!isInside && shortcut(id).whileTyping !== true && shortcut(id).group !== 'edit') return
  const nodeId = isInside ? nodeIdOf(event.target) : undefined
  if (ACTIONS[id]?.(keys, nodeId) === true) event.preventDefault()
}

type Action = (keys: RoomKeys, nodeId: string | undefined) => boolean

const ACTIONS: Partial<Readonly<Record<ShortcutId, Action>>> = {
  open: onStep((bench, id) => runCommand(bench, 'open', id), { withTrigger: true }),
  rename: onStep((bench, id) => runCommand(bench, 'rename', id)),
  addAfter: onStep((bench, id) => runCommand(bench, 'addAfter', id), { withTrigger: true }),
  note: onStep((bench, id) => runCommand(bench, 'note', id)),
  moveTo: onMarked((bench, id) => runCommand(bench, 'moveTo', id)),
  moveUp: onStep((bench, id) => runCommand(bench, 'moveUp', id)),
  moveDown: onStep((bench, id) => runCommand(bench, 'moveDown', id)),
  moveLeft: onStep((bench, id) => runCommand(bench, 'moveLeft', id)),
  moveRight: onStep((bench, id) => runCommand(bench, 'moveRight', id)),
  // The canvas does it itself; the outline has no keys of its own.
  fold: onStep((bench, id) => {
    const step = findStep(present(bench), id)?.step
    if (step !== undefined && isBlock(step)) toggleFold(bench.canvas, id)
  }),
  foldAll: done(({ bench }) => foldAll(bench.canvas, present(bench))),
  undo: done(({ bench }) => bench.builder.undo()),
  redo: done(({ bench }) => bench.builder.redo()),
  save: done(({ bench }) => void bench.builder.flush()),
  copy: onMarked((bench, id) => unlessHandled(bench, () => runCommand(bench, 'copy', id)), { isNative: true }),
  cut: onMarked((bench, id) => unlessHandled(bench, () => runCommand(bench, 'cut', id)), { isNative: true }),
  paste: ({ bench }, nodeId) => {
    if (nodeId !== undefined) unlessHandled(bench, () => void pasteFromClipboard(bench, nodeId))
    return false
  },
  duplicate: onMarked((bench, id) => runCommand(bench, 'duplicate', id)),
  delete: onMarked((bench, id) => runCommand(bench, 'delete', id)),
  selectAll: ({ bench }, nodeId) => {
    if (nodeId === undefined) return false
    mark(
      bench.canvas,
      present(bench).steps.map(({ id }) => id),
    )
    bench.builder.select(null)
    return true
  },
  cancel: ({ bench }) => cancel(bench),
  search: done(({ bench }) => bench.canvas.setState(({ search }) => ({ search: search ?? '' }))),
  outline: done(({ toggleOutline }) => toggleOutline()),
  commands: done(({ openCommands }) => openCommands()),
  shortcuts: done(({ openShortcuts }) => openShortcuts()),
}

function done(action: (keys: RoomKeys) => void): Action {
  return (keys) => {
    action(keys)
    return true
  }
}

interface StepActionOptions {
  /** @default false */
  readonly withTrigger?: boolean
  /** The browser goes on with the key. @default false */
  readonly isNative?: boolean
}

/** An action on the focused step. */
function onStep(action: (bench: Workbench, id: string) => void, options: StepActionOptions = {}): Action {
  return ({ bench }, nodeId) => {
    const isTrigger = nodeId === TRIGGER_OWNER && options.withTrigger === true
    if (nodeId === undefined || !(isTrigger || findStep(present(bench), nodeId) !== undefined)) return false
    action(bench, nodeId)
    return options.isNative !== true
  }
}

/** An action on the marked steps, or on the focused one. */
function onMarked(action: (bench: Workbench, id: string) => void, options: StepActionOptions = {}): Action {
  const onFocused = onStep(action, options)
  return (keys, nodeId) => {
    const { marked } = keys.bench.canvas.getState()
    const [first] = marked
    return onFocused(keys, nodeId !== undefined && marked.size > 0 ? first : nodeId)
  }
}

/** Escape gives up what is under way: moving, then marks, then the panel. */
function cancel(bench: Workbench): boolean {
  const { canvas, builder, focus } = bench
  const { moving, marked } = canvas.getState()
  const { selectedId } = builder.store.getState()
  if (moving !== undefined) putDown(bench, undefined)
  else if (marked.size > 0) clearMarks(canvas)
  else if (selectedId !== null) {
    builder.select(null)
    focus(selectedId)
  } else return false
  return true
}
