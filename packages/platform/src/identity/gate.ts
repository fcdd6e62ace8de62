/** Runs work at once while there is room, and lets the rest wait in line. */
export type Gate = <T>(work: () => Promise<T>) => Promise<T>

/** @param limit pieces of work in progress at once */
export function createGate(limit: number): Gate {
  let inFlight = 0
  const waiting: (() => void)[] = []
  return async (work) => {
    // A loop: between being woken and running, another caller may have taken the place.
    while (inFlight >= limit) await new Promise<void>((resolve) => waiting.push(resolve))
    inFlight += 1
    try {
      return await work()
    } finally {
      inFlight -= 1
      waiting.shift()?.()
    }
  }
}
