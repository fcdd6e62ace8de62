import { useRef } from 'react'
import { moved } from './RowMoves.js'

/** Keys of rows whose values have no identity of their own. */
export interface RowKeys {
  readonly keys: readonly number[]
  /** Takes the key of a row away together with the row. */
  remove(index: number): void
  /** Moves the key of a row together with the row. */
  move(from: number, to: number): void
}

/**
 * Gives rows keys that go with them, so that how a row is shown stays its own when others come and go.
 *
 * @param count how many rows there are
 */
export function useRowKeys(count: number): RowKeys {
  const kept = useRef<{ readonly keys: readonly number[]; readonly next: number }>({ keys: [], next: 0 })
  const { keys, next } = kept.current
  if (keys.length !== count) {
    // Rows that come or go without being asked here, for example by undo, do so at the end.
    const fresh = Array.from({ length: Math.max(0, count - keys.length) }, (_, index) => next + index)
    kept.current = { keys: [...keys.slice(0, count), ...fresh], next: next + fresh.length }
  }
  const set = (changed: readonly number[]) => {
    kept.current = { ...kept.current, keys: changed }
  }
  return {
    keys: kept.current.keys,
    remove: (index) => set(kept.current.keys.filter((_, at) => at !== index)),
    move: (from, to) => set(moved(kept.current.keys, from, to)),
  }
}
