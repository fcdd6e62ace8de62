import { performance } from 'node:perf_hooks'
import { setTimeout as delay } from 'node:timers/promises'
import { MAX_TIMER_MS } from '../contracts/duration.js'
import type { Clock } from '../ports/clock.js'

/** Real time. `now` counts from the process's start on the monotonic clock, so a stepped system clock does no harm. */
export function systemClock(): Clock {
  return {
    now: () => performance.timeOrigin + performance.now(),
    sleep: async (ms, signal) => {
      const options = signal === undefined ? {} : { signal }
      let left = ms
      for (; left > MAX_TIMER_MS; left -= MAX_TIMER_MS) await delay(MAX_TIMER_MS, undefined, options)
      await delay(left, undefined, options)
    },
    random: () => Math.random(),
  }
}
