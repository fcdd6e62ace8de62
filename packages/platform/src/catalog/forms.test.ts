import {
  type Connector,
  type ConnectorAction,
  type HttpClient,
  type JsonObject,
  type NetDoor,
  StepError,
  type TenantId,
  type TenantScope,
} from '@inlay/engine'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { z } from 'zod'
import { createConnectorForms, type OptionsRequest } from './forms.js'
import { createConnectorRegistry } from './registry.js'

const SCOPE: TenantScope = { tenantId: 'ten_1' as TenantId }
const OTHER: TenantScope = { tenantId: 'ten_2' as TenantId }

type Load = ConnectorAction['options'][string]['load']
type LoadShape = ConnectorAction['schemas'][string]['load']

function acme(load: Load, loadShape: LoadShape = async () => ({})): Connector {
  const send: ConnectorAction = {
    name: 'Send',
    description: 'Sends.',
    input: z.object({ channel: z.string(), row: z.json() }),
    output: z.json(),
    scopes: [],
    options: { channel: { dependsOn: [], isSearchable: true, load } },
    schemas: { row: { dependsOn: ['channel'], load: loadShape } },
    outputSchema: { dependsOn: [], load: loadShape },
    run: async () => null,
  }
  return {
    id: 'acme',
    version: '1.0.0',
    name: 'Acme',
    description: 'Orders.',
    categories: [],
    connection: 'required',
    auth: [{ id: 'bearer', kind: 'bearer', name: 'Token' }],
    api: { baseUrl: 'https://api.acme.example' },
    actions: { send },
    triggers: {},
  }
}

const requests: { url: string; headers: unknown }[] = []
const http: HttpClient = {
  request: async ({ url, headers }) => {
    requests.push({ url, headers })
    return { status: 200, headers: {}, text: '[]', bytes: new Uint8Array(), json: () => [] }
  },
}
const net: NetDoor = { connect: () => Promise.reject(new Error('no sockets here')) }

function formsOf(connector: Connector) {
  const registry = createConnectorRegistry([{ id: 'acme', version: '1.0.0', load: async () => ({ connector }) }])
  return createConnectorForms({
    registry,
    http,
    net,
    credentials: {
      open: async ({ tenantId }, id) => {
        if (tenantId !== SCOPE.tenantId || id !== 'con_1') throw new StepError('authentication', 'no such connection')
        return { kind: 'bearer', method: 'bearer', token: 'test-token', fields: {} }
      },
    },
  })
}

const question = (more: Partial<OptionsRequest> = {}): OptionsRequest => ({
  connector: 'acme',
  action: 'send',
  field: 'channel',
  input: {},
  search: '',
  ...more,
})

describe('choices of a field', () => {
  it('come from the service, with the credentials of the connection', async () => {
    requests.length = 0
    const forms = formsOf(
      acme(async ({ http: api, search, cursor, input }) => {
        await api.request({ url: '/channels' })
        return {
          options: [{ value: { id: 7 }, label: `${search} ${cursor} ${JSON.stringify(input)}`, description: 'seven' }],
          nextCursor: 'p2',
        }
      }),
    )
    const request = question({ connectionId: 'con_1', search: 'sa', cursor: 'p1', input: { a: 1 } })
    expect(await forms.options(SCOPE, request)).toEqual({
      options: [{ value: { id: 7 }, label: 'sa p1 {"a":1}', description: 'seven' }],
      nextCursor: 'p2',
    })
    expect(requests).toEqual([
      { url: 'https://api.acme.example/channels', headers: { authorization: 'Bearer test-token' } },
    ])
  })

  it('are asked for once by those who ask the same, and anew for another customer, search or connection', async () => {
    let asked = 0
    const forms = formsOf(
      acme(async () => {
        asked++
        return { options: [] }
      }),
    )
    const customer: TenantScope = { ...SCOPE, customerId: 'cus_1' as never }
    await Promise.all([forms.options(SCOPE, question()), forms.options(SCOPE, question())])
    await forms.options(SCOPE, question())
    expect(asked).toBe(1)
    for (const [scope, more] of [
      [OTHER, {}],
      [customer, {}],
      [SCOPE, { search: 'x' }],
      [SCOPE, { connectionId: 'con_1' }],
      [SCOPE, { input: { a: 1 } }],
    ] as const) {
      await forms.options(scope, question(more))
    }
    expect(asked).toBe(6)
  })

  it('are not shared by way of a connection of somebody else', async () => {
    const forms = formsOf(acme(async () => ({ options: [] })))
    await forms.options(SCOPE, question({ connectionId: 'con_1' }))
    await expect(forms.options(OTHER, question({ connectionId: 'con_1' }))).rejects.toMatchObject({
      kind: 'authentication',
    })
  })

  it.each<[string, Partial<OptionsRequest>, string]>([
    ['connector', { connector: 'constructor' }, 'connector.not_found'],
    ['version', { version: '9.9.9' }, 'connector.not_found'],
    ['action', { action: 'constructor' }, 'connector.not_found'],
    ['field', { field: 'toString' }, 'connector.no_options'],
  ])('of an unknown %s are refused by name', async (_, more, code) => {
    await expect(formsOf(acme(async () => ({ options: [] }))).options(SCOPE, question(more))).rejects.toMatchObject({
      code,
    })
  })
})

describe('a connector that misbehaves', () => {
  beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }))
  afterEach(() => void vi.useRealTimers())

  // What no TypeScript author could write, but a package in JavaScript can.
  const garbage = (value: unknown): Load => (() => Promise.resolve(value)) as unknown as Load

  it.each<[string, Load, string]>([
    ['throws a text', () => Promise.reject('boom'), 'bug'],
    [
      'throws at once',
      () => {
        throw new TypeError('x is not a function')
      },
      'bug',
    ],
    ['gives nothing', garbage(undefined), 'bug'],
    ['gives a text', garbage('<html>'), 'bug'],
    ['gives options that are none', garbage({ options: [{ value: 1 }, null] }), 'bug'],
    ['gives functions', garbage({ options: [{ value: () => 1, label: 'x' }] }), 'bug'],
    ['gives too many', garbage({ options: Array.from({ length: 1001 }, (_, i) => ({ value: i, label: 'x' })) }), 'bug'],
    ['gives too much', garbage({ options: [{ value: 'x'.repeat(600_000), label: 'x' }] }), 'limit'],
    ['says why', () => Promise.reject(new StepError('rate_limited', 'Slow down')), 'rate_limited'],
  ])('and %s is told apart', async (_, load, kind) => {
    await expect(formsOf(acme(load)).options(SCOPE, question())).rejects.toMatchObject({ kind })
  })

  it('and quotes a secret, or goes on after it was answered, is kept from it', async () => {
    let late: Promise<unknown> | undefined
    const quoting = formsOf(acme(({ auth }) => Promise.reject(new Error(`refused: ${JSON.stringify(auth)}`))))
    const refused = await quoting.options(SCOPE, question({ connectionId: 'con_1' })).catch((error: Error) => error)
    expect(JSON.stringify([refused, String((refused as Error).cause)])).not.toContain('test-token')
    const going = formsOf(
      acme(async ({ http: api }) => {
        late = new Promise<void>((resolve) => setImmediate(resolve)).then(() => api.request({ url: '/late' }))
        return { options: [] }
      }),
    )
    requests.length = 0
    await going.options(SCOPE, question())
    await expect(late).rejects.toMatchObject({ kind: 'cancelled' })
    expect(requests).toEqual([])
  })

  it('and never answers is given up, and told so by its signal', async () => {
    let signal: AbortSignal | undefined
    const forms = formsOf(
      acme((context) => {
        signal = context.signal
        return new Promise(() => undefined)
      }),
    )
    const refused = expect(forms.options(SCOPE, question())).rejects.toMatchObject({ kind: 'timeout' })
    await vi.advanceTimersByTimeAsync(15_000)
    await refused
    expect(signal?.aborted).toBe(true)
  })

  it('and fails once is asked again', async () => {
    let asked = 0
    const forms = formsOf(
      acme(async () => {
        asked++
        if (asked === 1) throw new StepError('communication', 'away')
        return { options: [] }
      }),
    )
    await expect(forms.options(SCOPE, question())).rejects.toThrow('away')
    expect(await forms.options(SCOPE, question())).toEqual({ options: [], nextCursor: null })
  })
})

describe('the shape of a field or of the output', () => {
  const shapes = (answer: unknown) =>
    formsOf(acme(async () => ({ options: [] }), (() => Promise.resolve(answer)) as unknown as LoadShape))
  const shape = { type: 'object', properties: { A: { $ref: '#/$defs/cell' } }, $defs: { cell: { type: 'string' } } }

  it('comes from the service', async () => {
    const forms = shapes(shape)
    const request = { connector: 'acme', action: 'send', input: {} }
    expect(await forms.schema(SCOPE, { ...request, field: 'row' })).toEqual(shape)
    expect(await forms.schema(SCOPE, request)).toEqual(shape)
    await expect(forms.schema(SCOPE, { ...request, field: 'channel' })).rejects.toMatchObject({
      code: 'connector.no_schema',
    })
  })

  const deep = (levels: number): JsonObject => (levels === 0 ? {} : { items: deep(levels - 1) })

  it.each<[string, unknown, string]>([
    ['a list', [], 'bug'],
    ['a text', 'object', 'bug'],
    ['a reference to elsewhere', { properties: { a: { items: [{ $ref: 'https://evil.example/s.json' }] } } }, 'bug'],
    ['too deep', deep(60), 'limit'],
    ['too large', { description: 'x'.repeat(300_000) }, 'limit'],
  ])('is refused when it is %s', async (_, answer, kind) => {
    const request = { connector: 'acme', action: 'send', input: {}, field: 'row' }
    await expect(shapes(answer).schema(SCOPE, request)).rejects.toMatchObject({ kind })
  })
})
