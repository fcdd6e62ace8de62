import { describe, expect, it } from 'vitest'
import { formatMessage } from '../messages/format.js'
import { translationOf } from '../messages/locales.js'
import { ENGLISH, type MessageKey } from '../messages/messages.js'
import { chordText, isSingleKey, matchShortcut } from './match-shortcut.js'
import { SHORTCUT_IDS, shortcut } from './shortcut-table.js'
import { readHotkeys } from './useHotkeys.js'

const NONE = { ctrlKey: false, metaKey: false, altKey: false, shiftKey: false }

describe('shortcuts', () => {
  it('are told apart by their modifiers', () => {
    const all = readHotkeys()
    expect(matchShortcut({ ...NONE, key: 'z', ctrlKey: true }, all)).toBe('undo')
    expect(matchShortcut({ ...NONE, key: 'Z', metaKey: true, shiftKey: true }, all)).toBe('redo')
    expect(matchShortcut({ ...NONE, key: 'e' }, all)).toBe('fold')
    expect(matchShortcut({ ...NONE, key: 'E', shiftKey: true }, all)).toBe('foldAll')
    expect(matchShortcut({ ...NONE, key: '?', shiftKey: true }, all)).toBe('shortcuts')
    expect(matchShortcut({ ...NONE, key: '+', shiftKey: true }, all)).toBe('zoomIn')
    expect(matchShortcut({ ...NONE, key: 'ArrowUp', altKey: true }, all)).toBe('moveUp')
    expect(matchShortcut({ ...NONE, key: 'q' }, all)).toBeUndefined()
  })

  it('never share a chord, so that each does what the list says', () => {
    const chords = SHORTCUT_IDS.flatMap((id) => [...shortcut(id).keys])
    expect(new Set(chords).size).toBe(chords.length)
  })

  it('can be turned off, alone or those of a single key', () => {
    const single = { ...NONE, key: 'm' }
    const withCtrl = { ...NONE, key: 'd', ctrlKey: true }
    expect(matchShortcut(single, readHotkeys({ singleKey: false }))).toBeUndefined()
    expect(matchShortcut(withCtrl, readHotkeys({ singleKey: false }))).toBe('duplicate')
    expect(matchShortcut({ ...NONE, key: 'ArrowDown' }, readHotkeys({ singleKey: false }))).toBe('walkDown')
    expect(matchShortcut(withCtrl, readHotkeys(false))).toBeUndefined()
    expect(SHORTCUT_IDS.flatMap((id) => shortcut(id).keys.filter(isSingleKey))).toContain('Shift+E')
  })

  it('are written as the keyboard has them', () => {
    const english = (key: MessageKey) => formatMessage(ENGLISH[key], {}, 'en')
    expect(chordText('Mod+Shift+Z', english, true)).toBe('⌘ ⇧ Z')
    expect(chordText('Mod+Shift+Z', english, false)).toBe('Ctrl+Shift+Z')
    expect(chordText('Plus', english, false)).toBe('+')
    expect(chordText('Alt+ArrowUp', english, false)).toBe('Alt+↑')
  })

  it('are named in the words of the language', async () => {
    const words = await translationOf('de')
    const german = (key: MessageKey) => formatMessage(words?.[key] ?? '', {}, 'de')
    expect(chordText('Mod+Shift+Z', german, false)).toBe('Strg+Umschalt+Z')
    expect(chordText('Delete', german, false)).toBe('Entf')
    expect(chordText('Delete', german, true)).toBe('⌦')
  })
})
