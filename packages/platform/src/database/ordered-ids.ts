import { newId } from '@inlay/engine'

const MAX_COUNT = 0xfff

/**
 * Ids that sort in the order in which one process made them, whatever the clock does: those of `newId` go back with it.
 *
 * @param nowMs a clock in milliseconds
 */
export function createOrderedIds(prefix: string, nowMs: () => number = Date.now): () => string {
  let last = 0
  let count = 0
  return () => {
    const now = Math.max(nowMs(), last)
    count = now === last ? Math.min(count + 1, MAX_COUNT) : 0
    last = now
    return newId(prefix, now, count)
  }
}
