import { describe, expect, it } from 'vitest'
import { readThrottling } from './throttling.js'

const NOW = Date.UTC(2026, 0, 1)

describe('an answer', () => {
  it.each<[number, Record<string, string>, number | undefined]>([
    [429, {}, undefined],
    [429, { 'retry-after': '7' }, 7000],
    [429, { 'retry-after': new Date(NOW + 9000).toUTCString() }, 9000],
    [429, { 'retry-after': '7', 'x-ratelimit-reset': '99' }, 7000],
    [429, { ratelimit: '"burst";r=0;t=3, "day";r=12;t=7200' }, 3000],
    [429, { ratelimit: 'limit=10, remaining=0, reset=30' }, 30_000],
    [429, { 'ratelimit-reset': '5' }, 5000],
    [429, { 'x-ratelimit-reset': String(NOW / 1000 + 60) }, 60_000],
    [429, { 'x-ratelimit-reset': String(NOW / 1000 - 60) }, 0],
    [429, { 'x-ratelimit-reset': String(NOW / 1000 + 5), 'x-ratelimit-reset-after': '1.25' }, 1250],
    [429, { 'x-ratelimit-reset': 'soon', 'retry-after': 'later', ratelimit: 'x' }, undefined],
    [503, { 'retry-after': '2' }, 2000],
    [403, { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(NOW / 1000 + 60) }, 60_000],
    [403, { 'retry-after': '60' }, 60_000],
  ])('of status %i with %j asks for a pause of %s', (status, headers, retryAfterMs) => {
    expect(readThrottling({ status, headers }, NOW)).toEqual({ retryAfterMs })
  })

  it.each<[number, Record<string, string>]>([
    [200, { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '60' }],
    [403, { 'x-ratelimit-remaining': '12' }],
    [503, {}],
    [302, { 'retry-after': '5' }],
  ])('of status %i with %j asks for nothing', (status, headers) => {
    expect(readThrottling({ status, headers }, NOW)).toBeUndefined()
  })
})
