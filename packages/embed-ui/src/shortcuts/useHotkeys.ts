import { createContext, useContext } from 'react'
import type { Hotkeys } from './match-shortcut.js'

/** How a host sets shortcuts: all on or off, or those of one key without Ctrl or Alt off. */
export type HotkeysOption = boolean | { readonly singleKey?: boolean }

const ALL_ON: Hotkeys = { isOn: true, hasSingleKeys: true }

const HotkeysContext = createContext<Hotkeys>(ALL_ON)

/** Says which shortcuts its children listen to. */
export const HotkeysProvider = HotkeysContext.Provider

/** The shortcuts in force. */
export function useHotkeys(): Hotkeys {
  return useContext(HotkeysContext)
}

/** What a host's option means. */
export function readHotkeys(option: HotkeysOption = true): Hotkeys {
  return typeof option === 'boolean'
    ? { isOn: option, hasSingleKeys: option }
    : { isOn: true, hasSingleKeys: option.singleKey !== false }
}
