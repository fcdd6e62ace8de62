import { describe, expect, it } from 'vitest'
import {
  action,
  type ConnectorDefinition,
  defineConnector,
  type OptionsContext,
  parseRetryAfter,
  pollingTrigger,
  responseError,
  z,
} from './index.js'

const noOptions = async () => ({ options: [] })

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

const found = pollingTrigger({
  name: 'Order found',
  description: 'Starts for each order.',
  input: z.object({}),
  output: z.object({ id: z.string() }),
  sampleOutput: { id: 'A-1' },
  poll: async ({ cursor }) => ({ items: [], cursor }),
})

describe('defineConnector', () => {
  it('completes a definition', () => {
    expect(defineConnector(good)).toMatchObject({ id: 'acme', triggers: {}, auth: [], connection: 'none' })
    const oauth2 = {
      kind: 'oauth2' as const,
      authorizationUrl: 'https://a.test',
      tokenUrl: 'https://t.test',
      scopes: [],
    }
    const both = defineConnector({ ...good, auth: [oauth2, { kind: 'bearer', id: 'token' }], connectionOptional: true })
    expect(both).toMatchObject({
      connection: 'optional',
      auth: [
        { id: 'oauth2', name: 'Sign in' },
        { id: 'token', name: 'Access token' },
      ],
    })
    expect(defineConnector({ ...good, auth: { kind: 'apiKey' } }).connection).toBe('required')
  })

  it('gives choices and shapes their defaults', async () => {
    const { options } = send
    // The loader of this test reads nothing of its context.
    const context = {} as OptionsContext
    expect(options['channel']).toMatchObject({ dependsOn: [], isSearchable: false })
    expect(await options['channel']?.load(context)).toEqual({ options: [{ value: 'c', label: 'C' }] })
  })

  it('lists everything wrong at once', () => {
    const bad = {
      ...good,
      id: 'Acme!',
      version: '1',
      actions: { 'send-it': { ...send, options: { nope: { dependsOn: [], isSearchable: false, load: noOptions } } } },
      auth: { kind: 'bearer' as const, secretFields: ['x'] },
    }
    expect(() => defineConnector(bad)).toThrow(/id must be.*version must be.*"send-it".*"nope".*"x"/)
  })

  it.each<[RegExp, Partial<ConnectorDefinition>]>([
    [/two ways to connect have the id "bearer"/, { auth: [{ kind: 'bearer' }, { kind: 'bearer' }] }],
    [/"a b" needs an id/, { auth: { kind: 'bearer', id: 'a b' } }],
    [/needs an authorizationUrl/, { auth: { kind: 'oauth2', tokenUrl: 'https://t.test', scopes: [] } }],
    [
      /holds "\{shop\}", which is not in its fields/,
      { auth: { kind: 'oauth2', grant: 'client_credentials', tokenUrl: 'https://{shop}.test/token', scopes: [] } },
    ],
    [
      /"custom" needs `sign`/,
      { auth: { kind: 'custom', fields: z.object({ key: z.string() }) }, api: { baseUrl: 'https://a.test' } },
    ],
    [/api.baseUrl must not end with/, { api: { baseUrl: 'https://a.test/' } }],
    [/api.baseUrl must be an address/, { api: { baseUrl: 'a.test' } }],
    [/api.origins must hold origins/, { api: { baseUrl: 'https://a.test', origins: ['https://b.test/x'] } }],
    [/api.pace has to be 1 to/, { api: { baseUrl: 'https://a.test', pace: { requests: 0.5, perMs: 1000 } } }],
    [/api.pace has to be 1 to/, { pace: { requests: 1, perMs: Number.NaN } }],
    [
      /"bearer" has a `session`, which its `sign`/,
      { auth: { kind: 'bearer', session: async () => ({ values: {} }) }, api: { baseUrl: 'https://a.test' } },
    ],
    [/must not poll more often/, { triggers: { found: { ...found, intervalMs: 1000 } } }],
    [
      /depends on "nope"/,
      { actions: { send: { ...send, outputSchema: { dependsOn: ['nope'], load: async () => ({}) } } } },
    ],
    [/need `appEvents`/, { triggers: { heard: { ...found, kind: 'appWebhook', events: ['x'], parse: () => [] } } }],
    [
      /needs the scope "write", which no way to connect asks for/,
      {
        auth: { kind: 'oauth2', grant: 'client_credentials', tokenUrl: 'https://t.test', scopes: [] },
        actions: { send: { ...send, scopes: ['write'] } },
      },
    ],
  ])('refuses with %s', (message, change) => {
    expect(() => defineConnector({ ...good, ...change })).toThrow(message)
  })
})

describe('responseError', () => {
  const response = (status: number, headers = {}): Parameters<typeof responseError>[1] => ({
    status,
    headers,
    text: 'why',
    bytes: Buffer.from('why'),
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
