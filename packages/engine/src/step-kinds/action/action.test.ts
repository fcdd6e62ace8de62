import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { plainConnector } from '../../conformance/plain-connector.js'
import {
  type ActionContext,
  type AuthValues,
  type Connector,
  fileRefSchema,
  type HttpRequest,
} from '../../contracts/connector.js'
import type { JsonValue } from '../../contracts/json.js'
import { createMemoryConnectorStorage, createVirtualClock } from '../../memory/index.js'
import type { BlobStore } from '../../ports/blob-store.js'
import { call, createHarness, type HarnessOptions, SCOPE } from '../../testing/harness.js'

const API = 'https://api.example.com'

/** A connector `shop` whose one action does as it is told. */
function shop(run: (context: ActionContext) => Promise<JsonValue>, more: Partial<Connector> = {}): Connector {
  const go = { name: 'Go', description: 'Goes.', input: z.looseObject({}), output: z.json(), run }
  return plainConnector({
    id: 'shop',
    auth: [{ id: 'oauth', kind: 'oauth2', name: 'Sign in', tokenUrl: `${API}/token`, scopes: [] }],
    connection: 'required',
    api: { baseUrl: API },
    actions: { go },
    ...more,
  })
}

const go = (id: string, more: object = {}): object => ({
  id,
  type: 'action',
  connector: 'shop',
  action: 'go',
  input: {},
  connection: 'conn_1',
  ...more,
})

const oauth = (accessToken: string): AuthValues => ({ kind: 'oauth2', accessToken, scopes: [], extra: {}, fields: {} })

/** A service that knows one token, and notes what it is asked. */
function service(requests: HttpRequest[], isGood: (authorization: string | undefined) => boolean) {
  return {
    request: async (request: HttpRequest) => {
      requests.push(request)
      const status = isGood(request.headers?.['authorization']) ? 200 : 401
      return { status, headers: {}, text: '{}', bytes: new Uint8Array(), json: () => ({}) }
    },
  }
}

describe('the requests of an action', () => {
  it("go to the service's address with the connection's credentials, and end with the attempt", async () => {
    const requests: HttpRequest[] = []
    const connector = shop(async ({ http }) => (await http.request({ url: '/orders' })).status)
    const h = createHarness([go('a')], {
      connectors: [connector],
      credentials: { open: async () => oauth('old-token') },
      http: service(requests, (given) => given === 'Bearer old-token'),
    })
    expect((await h.run()).output).toBe(200)
    expect(requests).toMatchObject([{ url: `${API}/orders`, headers: { authorization: 'Bearer old-token' } }])
    expect(requests[0]?.signal).toBeInstanceOf(AbortSignal)
  })

  it('are repeated once with renewed credentials after a 401, however many are refused at once', async () => {
    const requests: HttpRequest[] = []
    const asked: unknown[] = []
    const connector = shop(async ({ http }) => {
      const answers = await Promise.all([1, 2, 3].map(() => http.request({ url: '/orders' })))
      return answers.map(({ status }) => status)
    })
    const credentials = {
      open: async () => oauth('old-token'),
      renew: async (...args: unknown[]) => {
        asked.push(args)
        return oauth('new-token')
      },
    }
    const http = service(requests, (given) => given === 'Bearer new-token')
    const h = createHarness([go('a')], { connectors: [connector], credentials, http })
    expect((await h.run()).output).toEqual([200, 200, 200])
    expect(asked).toEqual([[SCOPE, 'conn_1', 'shop', oauth('old-token')]])
    expect(requests).toHaveLength(6)
    const useless = { ...credentials, renew: async () => undefined }
    expect(
      (await createHarness([go('a')], { connectors: [connector], credentials: useless, http }).run()).output,
    ).toEqual([401, 401, 401])
  })

  it('are refused once the attempt is over', async () => {
    const requests: HttpRequest[] = []
    let late: Promise<unknown> | undefined
    const connector = shop(async ({ http, callbackUrl }) => {
      late = new Promise((resolve) => setTimeout(resolve, 20)).then(async () => {
        expect(callbackUrl).toThrow('is over')
        await http.request({ url: '/late' })
      })
      late.catch(() => undefined)
      return 'done'
    })
    const h = createHarness([go('a')], {
      connectors: [connector],
      credentials: { open: async () => oauth('old-token') },
      http: service(requests, () => true),
    })
    expect((await h.run()).output).toBe('done')
    await expect(late).rejects.toMatchObject({ kind: 'cancelled' })
    expect(requests).toEqual([])
  })
})

describe('the connection of an action', () => {
  const opened: HarnessOptions['credentials'] = { open: async () => oauth('old-token') }
  const tellKind = async ({ auth }: ActionContext): Promise<string> => auth.kind

  it.each<[Connector['connection'], object, string]>([
    ['required', {}, 'oauth2'],
    ['optional', {}, 'oauth2'],
    ['optional', { connection: undefined }, 'none'],
    ['none', {}, 'none'],
    ['none', { connection: undefined }, 'none'],
  ])('is %s: with %j the action sees %s', async (connection, more, kind) => {
    const step = JSON.parse(JSON.stringify(go('a', more))) as object
    const connectors = [shop(tellKind, { connection })]
    expect((await createHarness([step], { connectors, credentials: opened }).run()).output).toBe(kind)
  })

  it.each<[string, readonly string[], string]>([
    ['lacks what the action needs', ['orders.read'], 'failed'],
    ['was granted all that it needs', ['orders.read', 'orders.write'], 'succeeded'],
    ['is of a service that does not tell what it granted', [], 'succeeded'],
  ])('that %s lets it run or says what to allow', async (_, scopes, status) => {
    const plain = shop(tellKind)
    const actions = { go: { ...plain.actions['go'], scopes: ['orders.write'] } } as Connector['actions']
    const credentials: HarnessOptions['credentials'] = { open: async () => ({ ...oauth('t'), scopes }) as AuthValues }
    const run = await createHarness([go('a')], { connectors: [{ ...plain, actions }], credentials }).run()
    expect(run.status).toBe(status)
    if (status === 'failed') {
      expect(run.error).toMatchObject({ kind: 'authorization', data: { missingScopes: ['orders.write'] } })
    }
  })

  it('is asked for when it is missing', async () => {
    const { connection: _, ...step } = go('a') as { connection?: string }
    const run = await createHarness([step], { connectors: [shop(tellKind)], credentials: opened }).run()
    expect(run).toMatchObject({ status: 'failed', error: { kind: 'authentication', title: 'shop needs a connection' } })
  })
})

describe('what an action keeps', () => {
  const unconnected = { connection: 'none' as const, auth: [] }

  it('are values, for its customer and for its workflow', async () => {
    const clock = createVirtualClock()
    const storage = createMemoryConnectorStorage({ clock })
    const count = shop(async ({ store }) => {
      const counts: number[] = []
      for (const each of [store.customer, store.workflow]) {
        const count = Number((await each.get('count')) ?? 0) + 1
        await each.set('count', count)
        counts.push(count)
      }
      return counts
    }, unconnected)
    const h = createHarness([go('a'), go('b')], { clock, storage, connectors: [count] })
    await h.run()
    expect((await h.run()).output).toEqual([4, 4])
    const place = { ...SCOPE, connectorId: 'shop', workflowId: 'wf_2' as never }
    expect(await storage.open(place).customer.get('count')).toBe(4)
    expect(await storage.open(place).workflow.get('count')).toBeUndefined()
  })

  it('are files, which later steps read', async () => {
    const blobs = new Map<string, Uint8Array>()
    const store: BlobStore = {
      put: async (key, bytes) => void blobs.set(key, bytes),
      get: async (key) => blobs.get(key),
      deletePrefix: async () => {},
    }
    const copy = shop(async ({ files, input }) => {
      const { file } = input as { file?: JsonValue }
      if (file === undefined) {
        return {
          file: { ...(await files.write({ name: 'a.txt', contentType: 'text/plain', bytes: Buffer.from('hi') })) },
        }
      }
      return Buffer.from(await files.read(fileRefSchema.parse(file))).toString()
    }, unconnected)
    const steps = [go('a'), go('b', { input: { file: '{{ steps.a.output.file }}' } })]
    const h = createHarness(steps, { connectors: [copy], blobs: store, settings: { maxFileBytes: 2 } })
    expect((await h.run()).output).toBe('hi')
    expect([...blobs.keys()][0]).toMatch(/^ten_1\/cus_1\/files\/file_/)
  })

  it.each<[string, (context: ActionContext) => Promise<unknown>]>([
    ['This deployment keeps nothing for connectors', ({ store }) => store.workflow.get('k')],
    [
      'This deployment keeps no files',
      ({ files }) => files.write({ name: 'a', contentType: 'b', bytes: Buffer.alloc(1) }),
    ],
  ])('%s, where the host gave nothing for it', async (title, use) => {
    const connector = shop(async (context) => {
      await use(context)
      return null
    }, unconnected)
    const run = await createHarness([go('a')], { connectors: [connector] }).run()
    expect(run).toMatchObject({ status: 'failed', error: { kind: 'validation', title } })
  })
})

describe('who an action acts for', () => {
  it('is told', async () => {
    const h = createHarness([call('a')], { behaviour: ({ caller }) => ({ ...caller }) })
    expect((await h.run()).output).toEqual({ customerId: SCOPE.customerId })
  })
})
