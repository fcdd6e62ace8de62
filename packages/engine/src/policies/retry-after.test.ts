import { describe, expect, it } from 'vitest'
import { parseRetryAfter } from './retry-after.js'

const NOW = Date.UTC(2026, 0, 1)

describe('Retry-After', () => {
  it.each([
    ['120', 120_000],
    [' 0 ', 0],
    ['Thu, 01 Jan 2026 00:02:00 GMT', 120_000],
    ['Thursday, 01-Jan-26 00:02:00 GMT', 120_000],
    ['Thu Jan  1 00:02:00 2026 GMT', 120_000],
    ['Wed, 31 Dec 2025 23:00:00 GMT', 0],
    ['soon', undefined],
    ['-5', undefined],
    ['1.5', undefined],
    ['2026', 2_026_000],
    ['Mon, 99 Foo 2026', undefined],
    ['', undefined],
    [undefined, undefined],
  ])('%o means %o ms', (value, expected) => {
    expect(parseRetryAfter(value, NOW)).toBe(expected)
  })
})
