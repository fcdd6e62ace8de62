// Undo and redo. Documents share what did not change, so that keeping whole documents costs no more than patches, and
// going back is exact by construction.

/** One user action: the state before it. */
export interface HistoryEntry<T> {
  readonly before: T
  /** Actions of the same key within `COALESCE_MS` become one entry. */
  readonly mergeKey: string | undefined
  readonly atMs: number
}

export interface History<T> {
  readonly past: readonly HistoryEntry<T>[]
  readonly present: T
  readonly future: readonly T[]
}

/** Levels of undo that are kept. */
const MAX_LEVELS = 200

/** How long typing in one field counts as one action, in milliseconds since the last key. */
const COALESCE_MS = 500

export function startHistory<T>(present: T): History<T> {
  return { past: [], present, future: [] }
}

/** Records a user action that led to `next`. Nothing happens when `next` is the present. */
export function record<T>(
  history: History<T>,
  next: T,
  { mergeKey, atMs }: { readonly mergeKey?: string | undefined; readonly atMs: number },
): History<T> {
  if (next === history.present) return history
  const last = history.past.at(-1)
  const isSameAction =
    last !== undefined && mergeKey !== undefined && last.mergeKey === mergeKey && atMs - last.atMs <= COALESCE_MS
  const past = isSameAction
    ? history.past.with(-1, { ...last, atMs })
    : [...history.past, { before: history.present, mergeKey, atMs }].slice(-MAX_LEVELS)
  return { past, present: next, future: [] }
}

/** The state before the last action; the same history when there is none. */
export function undo<T>(history: History<T>): History<T> {
  const last = history.past.at(-1)
  if (last === undefined) return history
  return { past: history.past.slice(0, -1), present: last.before, future: [history.present, ...history.future] }
}

/** Takes the last undo back. */
export function redo<T>(history: History<T>): History<T> {
  const [next, ...future] = history.future
  if (next === undefined) return history
  // Without a merge key, typing after a redo begins an action of its own.
  const entry = { before: history.present, mergeKey: undefined, atMs: 0 }
  return { past: [...history.past, entry], present: next, future }
}
