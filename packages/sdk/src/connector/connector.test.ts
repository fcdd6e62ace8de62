import { describe, expect, it } from 'vitest'
import { action, defineConnector, parseRetryAfter, responseError, z } from './index.js'

const send = action({
  name: 'Send',
  description: 'Sends.',
  input: z.object({ to: z.string(), channel: z.string() }),
  output: z.object({ id: z.string() }),
  options: { channel: async () => [{ value: 'c', label: 'C' }] },
  run: async ({ input }) => ({ id: input.to }),
})

const good = {
  id: 'acme',
  version: '1.0.0',
  name: 'Acme',
  description: 'Orders.',
  auth: { kind: 'none' as const },
  actions: { send },
}

describe('defineConnector', () => {
  it('accepts a complete definition', () => {
    expect(defineConnector(good)).toMatchObject({ id: 'acme', triggers: {} })
  })

  it('lists everything wrong at once', () => {
    const bad = {
      ...good,
      id: 'Acme!',
      version: '1',
      actions: { 'send-it': { ...send, options: { nope: async () => [] } } },
      auth: { kind: 'bearer' as const, secretFields: ['x'] },
    }
    expect(() => defineConnector(bad)).toThrow(/id must be.*version must be.*"send-it".*"nope".*"x"/)
  })
})

describe('responseError', () => {
  const response = (status: number, headers = {}): Parameters<typeof responseError>[1] => ({
    status,
    headers,
    text: 'why',
    json: () => null,
  })

  it.each([
    [400, 'rejected', false],
    [401, 'authentication', false],
    [403, 'authorization', false],
    [404, 'rejected', false],
    [408, 'communication', true],
    [429, 'rate_limited', true],
    [503, 'communication', true],
  ])('%i is %s', (status, kind, retryable) => {
    expect(responseError('Acme', response(status))).toMatchObject({ kind, retryable, data: { status } })
  })

  it('carries what the service asks to wait', () => {
    expect(responseError('Acme', response(429, { 'retry-after': '7' })).retryAfterMs).toBe(7000)
  })

  it.each<[string | undefined, number | undefined]>([
    ['0', 0],
    ['Thu, 01 Jan 1970 00:00:10 GMT', 9000],
    ['soon', undefined],
    [undefined, undefined],
  ])('reads Retry-After %s', (value, expected) => {
    expect(parseRetryAfter(value, 1000)).toBe(expected)
  })
})
