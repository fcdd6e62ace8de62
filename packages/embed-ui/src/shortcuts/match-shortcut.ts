import type { MessageKey } from '../messages/messages.js'
import type { Texts } from '../messages/useTexts.js'
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

/**
 * A chord as the keyboards of a country have it: `Strg+Umschalt+Z`, or `⌘ ⇧ Z` on a Mac.
 *
 * @param isMac whether it is written as on a Mac. @default what this browser runs on
 */
export function chordText(keys: string, t: Texts, isMac: boolean = isMacLike()): string {
  const { key, isMod, isAlt, isShift } = readChord(keys)
  const names = [...(isMod ? ['Mod'] : []), ...(isAlt ? ['Alt'] : []), ...(isShift ? ['Shift'] : []), key]
  return names.map((name) => keyName(name, t, isMac)).join(isMac ? ' ' : '+')
}

function keyName(name: string, t: Texts, isMac: boolean): string {
  const sign = SIGNS[name] ?? (isMac ? MAC_SIGNS[name] : undefined)
  const word = PC_NAMES[name]
  return sign ?? (word === undefined ? name : t(word))
}

function isMacLike(): boolean {
  return typeof navigator !== 'undefined' && /mac|iphone|ipad/i.test(navigator.platform)
}

/** What every keyboard shows. */
const SIGNS: Readonly<Record<string, string>> = { ArrowUp: '↑', ArrowDown: '↓', ArrowLeft: '←', ArrowRight: '→' }

const MAC_SIGNS: Readonly<Record<string, string>> = {
  ...{ Mod: '⌘', Alt: '⌥', Shift: '⇧', Enter: '↵', Escape: 'esc', Delete: '⌦', Backspace: '⌫' },
}

const PC_NAMES: Readonly<Record<string, MessageKey>> = {
  Mod: 'key.ctrl',
  Alt: 'key.alt',
  Shift: 'key.shift',
  Enter: 'key.enter',
  Escape: 'key.escape',
  Delete: 'key.delete',
  Backspace: 'key.backspace',
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
