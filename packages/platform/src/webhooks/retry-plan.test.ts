import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { afterAttempt, MAX_ATTEMPTS, readRetryAfter, reasonToDisable } from './retry-plan.js'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS

/** Pauses of a series that always fails. */
function pauses(random: number): number[] {
  return Array.from({ length: MAX_ATTEMPTS }, (_, index) => afterAttempt({ status: 500 }, index + 1, random)).flatMap(
    (after) => (after.status === 'pending' ? [after.delayMs] : []),
  )
}

describe('the plan of retries', () => {
  it('tries eight times within about three days, each pause about four times the one before', () => {
    expect(pauses(0.5).map((ms) => Math.round(ms / 1000))).toEqual([45, 180, 720, 2880, 11_520, 46_080, 184_320])
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, noNaN: true }), (random) => {
        const all = pauses(random)
        const total = all.reduce((sum, ms) => sum + ms, 0)
        expect(total).toBeGreaterThan(2.5 * DAY_MS)
        expect(total).toBeLessThan(3.5 * DAY_MS)
      }),
    )
  })

  it.each([
    [200, 1, 'succeeded'],
    [204, 8, 'succeeded'],
    [299, 1, 'succeeded'],
    [301, 1, 'pending'],
    [404, 1, 'pending'],
    [410, 1, 'failed'],
    [429, 7, 'pending'],
    [500, 8, 'failed'],
    [null, 1, 'pending'],
    [null, 8, 'failed'],
  ] as const)('takes %s at attempt %i as %s', (status, attempt, expected) => {
    expect(afterAttempt({ status }, attempt, 0.5).status).toBe(expected)
  })

  it('waits as long as the answer asks for, for a day at most, and never less than planned', () => {
    const after = (retryAfterMs: number) => afterAttempt({ status: 429, retryAfterMs }, 1, 0.5)
    expect(after(HOUR_MS)).toEqual({ status: 'pending', delayMs: HOUR_MS })
    expect(after(10)).toEqual({ status: 'pending', delayMs: 45_000 })
    expect(after(9 * DAY_MS)).toEqual({ status: 'pending', delayMs: DAY_MS })
  })

  it('reads what an answer asks for in seconds and as a date', () => {
    const now = Date.parse('2026-01-01T00:00:00Z')
    expect(readRetryAfter('120', now)).toBe(120_000)
    expect(readRetryAfter('Thu, 01 Jan 2026 00:01:00 GMT', now)).toBe(60_000)
    expect(readRetryAfter('Thu, 01 Jan 2015 00:01:00 GMT', now)).toBe(0)
    expect([readRetryAfter('soon', now), readRetryAfter(undefined, now)]).toEqual([undefined, undefined])
  })

  it.each([
    [200, 9 * DAY_MS, undefined],
    [500, 4.9 * DAY_MS, undefined],
    [500, 5.1 * DAY_MS, 'failing'],
    [null, 5.1 * DAY_MS, 'failing'],
    [410, 0, 'gone'],
  ] as const)(
    'switches an endpoint off that answers %s after %i ms of failures: %s',
    (status, failingForMs, reason) => {
      expect(reasonToDisable({ status }, failingForMs)).toBe(reason)
    },
  )
})
