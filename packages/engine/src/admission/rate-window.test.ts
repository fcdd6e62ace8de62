import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { nextFree, type RateHistory, withStart } from './rate-window.js'

const rates = fc.record({
  limit: fc.oneof(fc.integer({ min: 1, max: 8 }), fc.constant(150)),
  periodMs: fc.integer({ min: 1, max: 5000 }),
})
const gaps = fc.array(fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 400 })), { minLength: 1, maxLength: 400 })

/** The moments that arrivals are given; a refused one has none. */
function serve(rate: { limit: number; periodMs: number }, gapsMs: readonly number[], queues: boolean) {
  let history: RateHistory = []
  let now = 1_000_000
  const starts: number[] = []
  const refused: number[] = []
  let longest = 0
  for (const gap of gapsMs) {
    now += gap
    const at = nextFree(history, rate, now)
    if (at > now && !queues) refused.push(now)
    else {
      history = withStart(history, rate, { at, now })
      starts.push(at)
      longest = Math.max(longest, history.length)
    }
  }
  return { starts, refused, longest }
}

function mostInAnyPeriod(starts: readonly number[], periodMs: number): number {
  return Math.max(...starts.map((end) => starts.filter((at) => at > end - periodMs && at <= end).length))
}

describe('a rate', () => {
  it.each([true, false])('is never exceeded in any stretch of its period (queues: %s)', (queues) => {
    fc.assert(
      fc.property(rates, gaps, (rate, gapsMs) => {
        const { starts } = serve(rate, gapsMs, queues)
        expect(mostInAnyPeriod(starts, rate.periodMs)).toBeLessThanOrEqual(rate.limit)
      }),
    )
  })

  it('serves in the order of arrival, and nobody before arriving', () => {
    fc.assert(
      fc.property(rates, gaps, (rate, gapsMs) => {
        const { starts } = serve(rate, gapsMs, true)
        expect(starts).toHaveLength(gapsMs.length)
        expect(starts).toEqual([...starts].sort((a, b) => a - b))
      }),
    )
  })

  it('refuses nobody before its limit is used up', () => {
    fc.assert(
      fc.property(rates, gaps, (rate, gapsMs) => {
        const { starts, refused } = serve(rate, gapsMs, false)
        // A slice of time counts to its end: one per cent, and a millisecond.
        const grace = Math.ceil(rate.periodMs / 100) + 1
        for (const now of refused) {
          const counted = starts.filter((at) => at > now - rate.periodMs - grace && at <= now)
          expect(counted.length).toBeGreaterThanOrEqual(rate.limit)
        }
      }),
    )
  })

  it('keeps a short history, however large its limit and however long its queue', () => {
    const { starts, longest } = serve(
      { limit: 500, periodMs: 60_000 },
      Array.from({ length: 5000 }, () => 1),
      true,
    )
    expect(starts).toHaveLength(5000)
    expect(longest).toBeLessThanOrEqual(102)
  })
})
