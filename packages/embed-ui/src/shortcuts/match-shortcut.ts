import { SHORTCUT_IDS, type ShortcutId, shortcut } from './shortcut-table.js'

/** Which shortcuts work. */
export interface Hotkeys {
  /** @default true */
  readonly isOn: boolean
  /** Those that are one key without Ctrl or Alt (WCAG 2.1.4): letters, digits and signs. @default true */
  readonly hasSingleKeys: boolean
}

/** What of a keyboard event tells a shortcut. */
export type KeyPress = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>

interface Chord {
  readonly key: string
  readonly isMod: boolean
  readonly isAlt: boolean
  readonly isShift: boolean
  /** Of letters, digits and signs alone. */
  readonly isSingle: boolean
}

/** The shortcut of a key press, or undefined. */
export function matchShortcut(press: KeyPress, hotkeys: Hotkeys): ShortcutId | undefined {
  return SHORTCUT_IDS.find((id) =>
    shortcut(id).keys.some((keys) => {
      const chord = readChord(keys)
      return isAllowed(chord, hotkeys) && isPressed(chord, press)
    }),
  )
}

/** Shortcuts that one key does by itself. */
export function isSingleKey(keys: string): boolean {
  return readChord(keys).isSingle
}

/** A chord as it is shown: `Ctrl Shift Z`, or `⌘ ⇧ Z` on a Mac. */
export function chordText(keys: string, isMac: boolean): string {
  const { key, isMod, isAlt, isShift } = readChord(keys)
  const names = isMac ? MAC_NAMES : PC_NAMES
  const parts = [isMod && names.mod, isAlt && names.alt, isShift && names.shift, KEY_NAMES[key] ?? key]
  return parts.filter((part) => part !== false).join(' ')
}

/** Whether shortcuts are written as on a Mac. */
export function isMacLike(): boolean {
  return typeof navigator !== 'undefined' && /mac|iphone|ipad/i.test(navigator.platform)
}

const PC_NAMES = { mod: 'Ctrl', alt: 'Alt', shift: '⇧' } as const
const MAC_NAMES = { mod: '⌘', alt: '⌥', shift: '⇧' } as const
const KEY_NAMES: Readonly<Record<string, string>> = {
  ArrowUp: '↑',
  ArrowDown: '↓',
  ArrowLeft: '←',
  ArrowRight: '→',
  Delete: 'Del',
  Escape: 'Esc',
  Enter: '↵',
}

function readChord(keys: string): Chord {
  const parts = keys.split('+')
  const last = parts.at(-1) ?? ''
  const key = last === 'Plus' ? '+' : last
  const [isMod, isAlt, isShift] = [parts.includes('Mod'), parts.includes('Alt'), parts.includes('Shift')]
  return { key, isMod, isAlt, isShift, isSingle: key.length === 1 && !isMod && !isAlt }
}

function isAllowed({ isSingle }: Chord, { isOn, hasSingleKeys }: Hotkeys): boolean {
  return isOn && (hasSingleKeys || !isSingle)
}

function isPressed({ key, isMod, isAlt, isShift }: Chord, press: KeyPress): boolean {
  if (isMod !== (press.ctrlKey || press.metaKey) || isAlt !== press.altKey) return false
  // Which signs need Shift differs from keyboard to keyboard.
  const isSign = key.length === 1 && !/[a-z]/i.test(key)
  return press.key.toLowerCase() === key.toLowerCase() && (isSign || isShift === press.shiftKey)
}
