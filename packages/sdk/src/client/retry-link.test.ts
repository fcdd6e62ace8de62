import { describe, expect, it } from 'vitest'
import { ConnectionError, toRefusal } from './errors.js'
import { retryDelayMs } from './retry-link.js'

const refusal = (status: number, retryAfterMs?: number, code = 'x') => toRefusal('No.', { code, status, retryAfterMs })
const half = () => 0.5

describe('the pause before a repetition', () => {
  it.each([
    [0, 100],
    [1, 200],
    [2, 400],
    [10, 2500],
  ])('after %i repetitions grows up to a bound', (retries, expected) => {
    expect(retryDelayMs(refusal(500), { retries, isRepeatable: true, random: half })).toBe(expected)
  })

  it('is as long as the server asks for, and a little longer, unless that is too long', () => {
    expect(retryDelayMs(refusal(429, 3000), { retries: 0, isRepeatable: false, random: half })).toBe(3100)
    expect(retryDelayMs(refusal(429, 61_000), { retries: 0, isRepeatable: false, random: half })).toBeUndefined()
  })

  it.each([
    ['a busy server', refusal(503), true],
    ['a first attempt that is still under way', refusal(409, undefined, 'idempotency.in_flight'), true],
    ['an unknown outcome', new ConnectionError('No.', { code: 'network', status: 0 }), false],
    ['a failed server', refusal(500), false],
    ['a conflict', refusal(409), false],
  ])('for a call that must not be made twice: %s', (_name, error, isRepeated) => {
    expect(retryDelayMs(error, { retries: 0, isRepeatable: false }) !== undefined).toBe(isRepeated)
  })
})
