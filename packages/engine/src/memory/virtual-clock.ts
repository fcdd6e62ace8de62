import type { Clock } from '../ports/clock.js'

/** A clock that stands still until it is told to advance; sleepers wake in order. For tests. */
export interface VirtualClock extends Clock {
  /** Moves time on by `ms`, waking sleepers on the way and letting what they start run first. */
  advance(ms: number): Promise<void>
}

interface Sleeper {
  readonly wakeAt: number
  readonly wake: () => void
}

/** @param startMs Unix milliseconds. @default 2026-01-01T00:00:00Z */
export function createVirtualClock(startMs = Date.UTC(2026, 0, 1)): VirtualClock {
  let now = startMs
  let sleepers: Sleeper[] = []
  return {
    now: () => now,
    random: () => 0.5,
    sleep: (ms, signal) =>
      new Promise((resolve, reject) => {
        if (signal?.aborted === true) {
          reject(signal.reason)
          return
        }
        const sleeper = { wakeAt: now + ms, wake: resolve }
        sleepers.push(sleeper)
        signal?.addEventListener('abort', () => {
          sleepers = sleepers.filter((other) => other !== sleeper)
          reject(signal.reason)
        })
      }),
    advance: async (ms) => {
      const until = now + ms
      for (;;) {
        await settleImmediates()
        const [next] = sleepers.filter(({ wakeAt }) => wakeAt <= until).sort((a, b) => a.wakeAt - b.wakeAt)
        if (next === undefined) break
        sleepers = sleepers.filter((other) => other !== next)
        now = Math.max(now, next.wakeAt)
        next.wake()
      }
      now = until
      await settleImmediates()
    },
  }
}

/** Lets promises and immediates that are ready run, a few rounds deep. */
async function settleImmediates(): Promise<void> {
  for (let i = 0; i < 5; i++) await new Promise((resolve) => setImmediate(resolve))
}
