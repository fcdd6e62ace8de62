// Every keyboard shortcut of the builder: what handles keys and what lists them read the same table.
import type { MessageKey } from '../messages/messages.js'

export const SHORTCUT_GROUPS = ['steps', 'edit', 'select', 'view', 'help'] as const
export type ShortcutGroup = (typeof SHORTCUT_GROUPS)[number]

interface ShortcutRow {
  readonly group: ShortcutGroup
  /** Chords that do it, the first of them shown in menus: `Mod` is Ctrl, or ⌘ on a Mac. */
  readonly keys: readonly string[]
  readonly label: MessageKey
  /** Changes the document, so that it does nothing where people may only look. @default false */
  readonly isEdit?: boolean
  /** Means nothing in the outline. @default false */
  readonly isOnCanvas?: boolean
  /** Works while a person types in a field. @default false */
  readonly whileTyping?: boolean
}

const SHORTCUTS = {
  open: { group: 'steps', keys: ['Enter'], label: 'keys.open' },
  rename: { group: 'steps', keys: ['F2'], label: 'keys.rename', isEdit: true },
  addAfter: { group: 'steps', keys: ['A'], label: 'keys.addAfter', isEdit: true },
  note: { group: 'steps', keys: ['N'], label: 'keys.note', isEdit: true },
  moveTo: { group: 'steps', keys: ['M'], label: 'keys.moveTo', isEdit: true },
  moveUp: { group: 'steps', keys: ['Alt+ArrowUp'], label: 'keys.moveUp', isEdit: true },
  moveDown: { group: 'steps', keys: ['Alt+ArrowDown'], label: 'keys.moveDown', isEdit: true },
  moveLeft: { group: 'steps', keys: ['Alt+ArrowLeft'], label: 'keys.moveLeft', isEdit: true },
  moveRight: { group: 'steps', keys: ['Alt+ArrowRight'], label: 'keys.moveRight', isEdit: true },
  fold: { group: 'steps', keys: ['E'], label: 'keys.fold' },
  undo: { group: 'edit', keys: ['Mod+Z'], label: 'keys.undo', isEdit: true },
  redo: { group: 'edit', keys: ['Mod+Shift+Z', 'Mod+Y'], label: 'keys.redo', isEdit: true },
  copy: { group: 'edit', keys: ['Mod+C'], label: 'keys.copy' },
  cut: { group: 'edit', keys: ['Mod+X'], label: 'keys.cut', isEdit: true },
  paste: { group: 'edit', keys: ['Mod+V'], label: 'keys.paste', isEdit: true },
  duplicate: { group: 'edit', keys: ['Mod+D'], label: 'keys.duplicate', isEdit: true },
  delete: { group: 'edit', keys: ['Delete', 'Backspace'], label: 'keys.delete', isEdit: true },
  save: { group: 'edit', keys: ['Mod+S'], label: 'keys.save', isEdit: true, whileTyping: true },
  walkUp: { group: 'select', keys: ['ArrowUp'], label: 'keys.walkUp' },
  walkDown: { group: 'select', keys: ['ArrowDown'], label: 'keys.walkDown' },
  walkLeft: { group: 'select', keys: ['ArrowLeft'], label: 'keys.walkLeft', isOnCanvas: true },
  walkRight: { group: 'select', keys: ['ArrowRight'], label: 'keys.walkRight', isOnCanvas: true },
  extendUp: { group: 'select', keys: ['Shift+ArrowUp'], label: 'keys.extendUp', isEdit: true },
  extendDown: { group: 'select', keys: ['Shift+ArrowDown'], label: 'keys.extendDown', isEdit: true },
  selectAll: { group: 'select', keys: ['Mod+A'], label: 'keys.selectAll', isEdit: true },
  cancel: { group: 'select', keys: ['Escape'], label: 'keys.cancel' },
  search: { group: 'view', keys: ['Mod+F', '/'], label: 'keys.search', whileTyping: true },
  fit: { group: 'view', keys: ['1'], label: 'keys.fit', isOnCanvas: true },
  actualSize: { group: 'view', keys: ['0'], label: 'keys.actualSize', isOnCanvas: true },
  zoomSelection: { group: 'view', keys: ['2'], label: 'keys.zoomSelection', isOnCanvas: true },
  zoomIn: { group: 'view', keys: ['Plus', '='], label: 'keys.zoomIn', isOnCanvas: true },
  zoomOut: { group: 'view', keys: ['-'], label: 'keys.zoomOut', isOnCanvas: true },
  foldAll: { group: 'view', keys: ['Shift+E'], label: 'keys.foldAll' },
  outline: { group: 'view', keys: ['O'], label: 'keys.outline' },
  commands: { group: 'help', keys: ['Mod+K'], label: 'keys.commands', whileTyping: true },
  shortcuts: { group: 'help', keys: ['?'], label: 'keys.shortcuts' },
} as const satisfies Readonly<Record<string, ShortcutRow>>

export type ShortcutId = keyof typeof SHORTCUTS

/** A row of the table, with the fields that not every row has. */
export function shortcut(id: ShortcutId): ShortcutRow {
  return SHORTCUTS[id]
}

/** All ids in the order in which they are listed. */
// Object.keys loses the key type that the table has.
export const SHORTCUT_IDS = Object.keys(SHORTCUTS) as readonly ShortcutId[]
