import { useState } from 'react'

interface Kept {
  /** What stood in the field before anything was typed. */
  readonly start: string
  readonly text: string
}

const KEPT = new WeakMap<object, Map<string, Kept>>()

export interface UnsentOptions {
  /** What the text belongs to: it is forgotten with it. */
  readonly owner: object
  /** Tells the fields of an owner apart. */
  readonly name: string
  /** What stands in the field until somebody types. A text that was typed over another start does not come back. */
  readonly start: string
}

export interface Unsent {
  readonly text: string
  readonly setText: (text: string) => void
  /** Called once the text has served its purpose. */
  readonly forget: () => void
}

/** The text of a field that closes easily: what was typed and not sent is there again when it opens again. */
export function useUnsent({ owner, name, start }: UnsentOptions): Unsent {
  const [typed, setTyped] = useState(() => {
    const kept = KEPT.get(owner)?.get(name)
    return kept?.start === start ? kept.text : undefined
  })
  const forget = () => void KEPT.get(owner)?.delete(name)
  const setText = (text: string) => {
    setTyped(text)
    const all = KEPT.get(owner) ?? new Map<string, Kept>()
    KEPT.set(owner, all.set(name, { start, text }))
  }
  return { text: typed ?? start, setText, forget }
}
