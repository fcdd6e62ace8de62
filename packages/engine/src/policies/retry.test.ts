import { describe, expect, it } from 'vitest'
import type { ErrorRecord } from '../contracts/errors.js'
import { NO_RETRY, nextAttemptDelay } from './retry.js'

const policy = { ...NO_RETRY, maxAttempts: 5, maxIntervalMs: 3000 }
const error: ErrorRecord = { kind: 'communication', title: 'down', retryable: true }

describe('the delay before the next attempt', () => {
  it.each([
    [1, 0, 0],
    [1, 0.5, 500],
    [1, 1, 1000],
    [2, 1, 2000],
    [3, 1, 3000],
    [4, 0.5, 1500],
  ])('after attempt %i with jitter %d is %i ms', (attempt, random, expected) => {
    expect(nextAttemptDelay(policy, { attempt, error, random })).toBe(expected)
  })

  it.each([
    [0, 9000],
    [1, 10_000],
  ])('is never shorter than the service asks for, with jitter %d', (random, expected) => {
    expect(nextAttemptDelay(policy, { attempt: 1, error: { ...error, retryAfterMs: 9000 }, random })).toBe(expected)
  })

  it.each([
    [400 * 86_400_000, 86_400_000],
    [Number.POSITIVE_INFINITY, 86_400_000],
    [-5000, 0],
    [Number.NaN, 0],
  ])('takes a wait of %d ms that a service asks for as %d ms', (retryAfterMs, expected) => {
    expect(nextAttemptDelay(policy, { attempt: 1, error: { ...error, retryAfterMs }, random: 0 })).toBe(expected)
  })

  it.each<[string, ErrorRecord, number]>([
    ['the attempts are used up', error, 5],
    ['the error cannot be retried', { ...error, retryable: false }, 1],
  ])('does not exist when %s', (_reason, failure, attempt) => {
    expect(nextAttemptDelay(policy, { attempt, error: failure, random: 0 })).toBeUndefined()
  })

  it('does not exist for kinds that the policy names', () => {
    const strict = { ...policy, nonRetryableErrors: ['communication' as const] }
    expect(nextAttemptDelay(strict, { attempt: 1, error, random: 0 })).toBeUndefined()
  })
})
