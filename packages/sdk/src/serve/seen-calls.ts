/**
 * Remembers which calls were answered. A backend of several processes shares one, in whatever all of them can reach:
 * else a recorded call could be played to another process.
 *
 * @example
 * const seenCalls: SeenCalls = {
 *   add: async (id, keepMs) => (await redis.set(`inlay:call:${id}`, '1', 'PX', keepMs, 'NX')) === 'OK',
 * }
 */
export interface SeenCalls {
  /**
   * Takes down a call, in one step that no other process can come between.
   *
   * @param keepMs how long it has to be remembered at least, in milliseconds
   * @returns whether it is new; when it cannot be known, reject: the call is then not answered, and made again
   */
  add(id: string, keepMs: number): boolean | Promise<boolean>
}

/** Remembers in this process. @param now Unix milliseconds */
export function createSeenCalls(now: () => number): SeenCalls {
  const seen = new Map<string, number>()
  return {
    add: (id, keepMs) => {
      // Ids are kept in the order of their coming: the oldest are first.
      for (const [old, until] of seen) {
        if (until >= now()) break
        seen.delete(old)
      }
      if (seen.has(id)) return false
      seen.set(id, now() + keepMs)
      return true
    },
  }
}
