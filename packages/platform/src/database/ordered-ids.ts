import { newId } from '@inlay/engine'

const MAX_COUNT = 0xfff

/**
 * Ids that sort in the order in which one process made them, also within a millisecond: UUIDv7 with a counter where it
 * allows one (RFC 9562 section 6.2, method 1).
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
    const id = newId<string>(prefix, now)
    const counterAt = id.indexOf('_') + 14
    return id.slice(0, counterAt) + count.toString(16).padStart(3, '0') + id.slice(counterAt + 3)
  }
}
