import { BugError, StepError } from '@inlay/engine'
import { describe, expect, it } from 'vitest'
import { afterSetback, explain, type Setback } from './backoff.js'

const MINUTE_MS = 60_000
const now = Date.parse('2026-01-05T08:00:00Z')
const base: Setback = {
  error: new StepError('communication', 'Acme is away'),
  failures: 0,
  failingSince: null,
  intervalMs: 0,
  now,
  random: 0.5,
}

const minutes = (delayMs: number | null): number => (delayMs ?? Number.NaN) / MINUTE_MS

describe('after a failure', () => {
  it('the wait doubles from a minute to an hour, and three in a row are a failing trigger', () => {
    const waits = [0, 1, 2, 3, 4, 5, 6, 50].map((failures) => minutes(afterSetback({ ...base, failures }).delayMs))
    expect(waits).toEqual([1, 2, 4, 8, 16, 32, 60, 60])
    const statuses = [0, 1, 2].map((failures) => afterSetback({ ...base, failures }).status)
    expect(statuses).toEqual(['active', 'active', 'failing'])
  })

  it.each(['authentication', 'authorization', 'validation', 'rejected', 'bug', 'limit'] as const)(
    'of kind %s a trigger is failing at once, and left alone for a quarter of an hour',
    (kind) => {
      const after = afterSetback({ ...base, error: new StepError(kind, 'No') })
      expect([after.status, minutes(after.delayMs)]).toEqual(['failing', 15])
    },
  )

  it('a service is left alone as long as it asks, but for a day at most', () => {
    const asked = (retryAfterMs: number) => new StepError('rate_limited', 'Slow down', { retryAfterMs })
    expect(minutes(afterSetback({ ...base, error: asked(90 * MINUTE_MS) }).delayMs)).toBe(90)
    expect(minutes(afterSetback({ ...base, error: asked(10) }).delayMs)).toBe(1)
    expect(minutes(afterSetback({ ...base, error: asked(1e12) }).delayMs)).toBe(24 * 60)
  })

  it('a slow trigger is not polled faster than usual', () => {
    expect(minutes(afterSetback({ ...base, intervalMs: 3 * 60 * MINUTE_MS, failures: 4 }).delayMs)).toBe(180)
  })

  it('a trigger that has failed for a week is stopped, and told how to begin anew', () => {
    const failingSince = new Date(now - 8 * 24 * 60 * MINUTE_MS)
    const after = afterSetback({ ...base, failures: 40, failingSince })
    expect(after).toMatchObject({ status: 'stopped', delayMs: null, detail: expect.stringContaining('off and on') })
  })

  it.each([new TypeError('at /secret/place'), 'a text', undefined, new BugError('The key is gone')])(
    'nothing is told of %s',
    (error) => {
      expect(explain(error)).toMatch(/^The trigger failed unexpectedly/)
    },
  )
})
