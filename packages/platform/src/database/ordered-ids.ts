import { createIdSequence, newId } from '@inlay/engine'

/**
 * Ids that sort in the order in which one process made them, whatever the clock does: those of `newId` go back with it.
 *
 * @param nowMs a clock in milliseconds
 */
export function createOrderedIds(prefix: string, nowMs: () => number = Date.now): () => string {
  const sequence = createIdSequence()
  let last = 0
  return () => {
    last = Math.max(nowMs(), last)
    return newId(prefix, last, sequence(last))
  }
}
