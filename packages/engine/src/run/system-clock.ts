import { performance } from 'node:perf_hooks'
import { setTimeout as delay } from 'node:timers/promises'
import type { Clock } from '../ports/clock.js'

/** Real time. `now` counts from the process's start on the monotonic clock, so a stepped system clock does no harm. */
export function systemClock(): Clock {
  return {
    now: () => performance.timeOrigin + performance.now(),
    sleep: async (ms, signal) => {
      await delay(ms, undefined, signal === undefined ? {} : { signal })
    },
    random: () => Math.random(),
  }
}
