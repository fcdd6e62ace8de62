import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type Connector, type CustomerId, type HttpClient, StepError, suspend } from '@inlay/engine'
import { createEgress } from '@inlay/engine/http'
import {
  createRemoteConnector,
  createRemoteTransport,
  describeConnector,
  remoteDefinitionSchema,
  signedHeaders,
} from '@inlay/engine/remote'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import {
  action,
  appWebhookTrigger,
  defineConnector,
  fileRefSchema,
  pollingTrigger,
  productEventTrigger,
  webhookTrigger,
} from '../connector/index.js'
import {
  attemptAction,
  createTestFiles,
  deliverWebhook,
  loadOptions,
  loadSchema,
  pollTrigger,
  registerTrigger,
  runAction,
  type TestDelivery,
  testConnection,
  unregisterTrigger,
} from '../testing/index.js'
import { toFetchHandler, toNodeHandler } from './handlers.js'
import { createSeenCalls } from './seen-calls.js'
import { serveConnector } from './serve-connector.js'

const SECRET = 'test-secret-of-the-vendor'
const auth = { kind: 'bearer' as const, token: 'test-token', fields: {} }
const orderInput = z.strictObject({ id: z.string().min(1).meta({ title: 'Order' }) })

const ship = action({
  name: 'Ship',
  description: 'Ships an order.',
  input: orderInput,
  output: z.object({ id: z.string(), for: z.string(), key: z.string(), token: z.string() }),
  sampleInput: { id: 'A-1' },
  delivery: 'at-most-once',
  options: { id: { isSearchable: true, load: async ({ search }) => [{ value: `${search}-1`, label: search }] } },
  schemas: { id: async ({ input }) => ({ type: 'string', title: String(input['id']) }) },
  run: async ({ input, caller, idempotencyKey, auth: given }) => {
    if (input.id === 'gone') throw new StepError('rejected', 'There is no such order', { data: { status: 404 } })
    if (input.id === 'busy') throw new StepError('rate_limited', 'Slow down', { retryAfterMs: 1500 })
    if (input.id === 'broken') throw 'a text with the database password'
    const token = given.kind === 'bearer' ? given.token : ''
    return { id: input.id, for: `${caller?.customerId}/${caller?.externalId}`, key: idempotencyKey, token }
  },
})

const label = action({
  name: 'Print a label',
  description: 'Makes a file of a file.',
  input: z.strictObject({ logo: fileRefSchema }),
  output: z.object({ label: fileRefSchema }),
  run: async ({ input, files }) => {
    const bytes = Buffer.concat([Buffer.from('label:'), await files.read(input.logo)])
    return { label: await files.write({ name: 'label.txt', contentType: 'text/plain', bytes }) }
  },
})

const approve = action({
  name: 'Approve',
  description: 'Waits for somebody.',
  input: z.strictObject({}),
  output: z.object({ by: z.string(), url: z.string() }),
  suspends: true,
  run: async ({ resumed, callbackUrl }) => {
    if (resumed === undefined) return suspend({ awaitsCallback: true, resumeAt: 5, state: { url: callbackUrl() } })
    const { by } = z.object({ by: z.string() }).parse(resumed.payload)
    return { by, url: z.object({ url: z.string() }).parse(resumed.state).url }
  },
})

const trigger = {
  name: 'T',
  description: 'Tells.',
  input: orderInput,
  output: z.object({ n: z.number() }),
  sampleOutput: { n: 1 },
}

const connector = defineConnector({
  id: 'shop',
  version: '1.1.0',
  name: 'Shop',
  description: 'The vendor’s own product.',
  auth: {
    kind: 'bearer',
    fields: z.object({ region: z.string() }),
    test: async ({ auth: given }) => {
      if (given.kind !== 'bearer' || given.token !== 'test-token') throw new StepError('authentication', 'Wrong token')
    },
    account: async () => ({ id: 'acc_1', label: 'Acme' }),
  },
  connectionOptional: true,
  api: { baseUrl: 'https://shop.test', pace: { requests: 5, perMs: 1000 } },
  actions: { ship, label, approve },
  triggers: {
    polled: pollingTrigger({
      ...trigger,
      poll: async ({ cursor, input, isFirst }) => ({
        items: [{ id: `${input.id}-${isFirst}`, data: { n: 2 } }],
        cursor: { before: cursor },
      }),
    }),
    hooked: webhookTrigger({
      ...trigger,
      register: async ({ webhookUrl, secret }) => ({ webhookUrl, secret }),
      unregister: async ({ registration }) => {
        if (registration['webhookUrl'] === undefined)
          throw new StepError('bug', 'The registration is not what was kept')
      },
      verify: ({ request, secret }) => request.headers['x-secret'] === secret,
      parse: ({ request }) => [{ id: Buffer.from(request.rawBody).toString(), data: { n: 3 } }],
    }),
    signedByAccount: webhookTrigger({
      ...trigger,
      register: async () => ({}),
      unregister: async () => {},
      handshake: async ({ request }) =>
        request.method === 'GET' ? { body: request.query['challenge'] ?? '' } : undefined,
      verify: async ({ request, credentials }) => {
        const given = await credentials()
        return given.kind === 'bearer' && request.headers['x-signed'] === `${request.url} ${given.token}`
      },
      parse: ({ request }) => [{ id: request.url, data: { n: 4 } }],
      answer: ({ items }) => ({
        status: 202,
        headers: { 'content-type': 'text/xml' },
        body: `<Got n="${items.length}"/>`,
      }),
    }),
    placed: productEventTrigger({ ...trigger, event: 'order.placed' }),
  },
})

const older = { ...connector, version: '1.0.0', name: 'Shop of old' }

let server: Server
let url: string
let clock = 1_800_000_000_000
const thrown: unknown[] = []
const egress = createEgress({ allow: ['127.0.0.0/8'] })

beforeAll(async () => {
  const served = serveConnector(connector, {
    secret: SECRET,
    versions: [older],
    now: () => clock,
    onError: (error) => thrown.push(error),
  })
  server = createServer(toNodeHandler(served))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  // A server that listens on TCP has an AddressInfo, never a pipe's name.
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/inlay`
})
afterAll(async () => {
  await egress.close()
  server.closeAllConnections()
  server.close()
})

function remote(options: { secret?: string; definition?: Connector } = {}): Connector {
  const { secret = SECRET, definition = connector } = options
  const { http } = egress
  const externalIdOf = async () => 'acme'
  const way = { connectorId: 'shop', url, secrets: [secret] as const, http, now: () => clock, externalIdOf }
  return createRemoteConnector(describeConnector(definition), createRemoteTransport(way))
}

const caller = { customerId: 'cus_1' as CustomerId }

describe('a served connector', () => {
  it('looks to the engine like the connector that it is', () => {
    const far = remote()
    expect(describeConnector(far)).toEqual(describeConnector(connector))
    expect(far.actions['ship']?.input.safeParse({ id: '' }).success).toBe(false)
    expect(far.actions['ship']?.input.safeParse({ id: 'A-1' }).success).toBe(true)
  })

  it('runs actions, with the credentials, the key and the customer that they are for', async () => {
    const far = remote()
    const context = { auth, caller, signal: new AbortController().signal }
    const output = await far.actions['ship']?.run({
      ...unusedParts,
      ...context,
      input: { id: 'A-1' },
      idempotencyKey: 'k',
    })
    expect(output).toEqual({ id: 'A-1', for: 'cus_1/acme', key: 'k', token: 'test-token' })
  })

  it.each([
    ['gone', { kind: 'rejected', message: 'There is no such order', data: { status: 404 } }],
    ['busy', { kind: 'rate_limited', retryable: true, retryAfterMs: 1500 }],
    ['broken', { kind: 'bug', message: 'The connector failed unexpectedly' }],
  ])('tells of an error with %s', async (id, error) => {
    const failed = runAction(remote(), 'ship', { input: { id } })
    await expect(failed).rejects.toMatchObject(error)
    await expect(failed).rejects.not.toMatchObject({ detail: expect.stringContaining('password') })
  })

  it('tells its own side of what should not have been thrown', () => {
    expect(thrown).toEqual(['a text with the database password'])
  })

  it('takes files along and brings files back', async () => {
    const files = createTestFiles()
    const logo = await files.write({ name: 'logo', contentType: 'text/plain', bytes: Buffer.from('L') })
    const output = await runAction(remote(), 'label', { input: { logo }, files })
    const made = z.object({ label: fileRefSchema }).parse(output).label
    expect(made).toMatchObject({ name: 'label.txt', size: 7 })
    expect(Buffer.from(await files.read(made)).toString()).toBe('label:L')
  })

  it('suspends and resumes', async () => {
    const suspended = await attemptAction(remote(), 'approve', { input: {} })
    expect(suspended).toMatchObject({
      awaitsCallback: true,
      resumeAt: 5,
      state: { url: expect.stringContaining('test-key') },
    })
    const state = { url: 'u' }
    const resumed = { state, reason: 'callback' as const, payload: { by: 'ada' } }
    expect(await runAction(remote(), 'approve', { input: {}, resumed })).toEqual({ by: 'ada', url: 'u' })
  })

  it('answers what forms ask, and tests connections', async () => {
    const far = remote()
    const place = { of: 'ship', field: 'id', auth }
    expect(await loadOptions(far, { ...place, search: 'x' })).toEqual({ options: [{ value: 'x-1', label: 'x' }] })
    expect(await loadSchema(far, { ...place, input: { id: 'Y' } })).toEqual({ type: 'string', title: 'Y' })
    await testConnection(far, { auth })
    await expect(testConnection(far, { auth: { ...auth, token: 'x' } })).rejects.toMatchObject({
      kind: 'authentication',
    })
  })

  it('polls, registers, verifies and parses', async () => {
    const far = remote()
    const input = { id: 'A' }
    expect(await pollTrigger(far, 'polled', { input, cursor: 7 })).toEqual({
      items: [{ id: 'A-false', data: { n: 2 } }],
      cursor: { before: 7 },
    })
    const registered = await registerTrigger(far, 'hooked', { input })
    expect(registered.registration).toEqual({ webhookUrl: registered.webhookUrl, secret: registered.secret })
    await unregisterTrigger(far, 'hooked', { input, ...registered })
    const deliver = (secret: string) =>
      deliverWebhook(far, 'hooked', { input, request: { rawBody: 'raw', headers: { 'x-secret': secret } } })
    expect(await deliver('test-secret')).toEqual({ kind: 'items', items: [{ id: 'raw', data: { n: 3 } }] })
    expect(await deliver('other')).toEqual({ kind: 'refused' })
  })

  it('answers questions, reads the address and the account, and chooses what deliveries are answered', async () => {
    const far = remote()
    const deliver = (request: TestDelivery) =>
      deliverWebhook(far, 'signedByAccount', { input: { id: 'A' }, auth, request })
    expect(await deliver({ method: 'GET', query: { challenge: 'c' } })).toEqual({
      kind: 'answered',
      answer: { body: 'c' },
    })
    const address = 'https://hooks.test/hooks/token?a=b'
    expect(await deliver({ url: address, headers: { 'x-signed': `${address} test-token` } })).toEqual({
      kind: 'items',
      items: [{ id: address, data: { n: 4 } }],
      answer: { status: 202, headers: { 'content-type': 'text/xml' }, body: '<Got n="1"/>' },
    })
    expect(await deliver({ url: address, headers: { 'x-signed': `${address} other-token` } })).toEqual({
      kind: 'refused',
    })
  })

  it('tells the pace of the service, which calls from afar keep too', () => {
    expect(remote().pace).toEqual({ requests: 5, perMs: 1000 })
    const told = { ...describeConnector(connector), pace: { requests: 5, perMs: 0.1 } }
    expect(remoteDefinitionSchema.safeParse(told).error?.message).toContain('in whole numbers')
  })

  it('serves the version that a workflow is on, and says which there are', async () => {
    expect(await runAction(remote({ definition: older }), 'ship', { input: { id: 'A' } })).toMatchObject({ id: 'A' })
    const newer = remote({ definition: { ...connector, version: '2.0.0' } })
    await expect(runAction(newer, 'ship', { input: { id: 'A' } })).rejects.toMatchObject({
      kind: 'validation',
      detail: expect.stringContaining('1.1.0, 1.0.0'),
    })
  })

  it('refuses to serve what needs an address of its own', () => {
    const app = appWebhookTrigger({ ...trigger, events: ['x'] })
    expect(() => serveConnector({ ...connector, triggers: { app } }, { secret: SECRET })).toThrow(/cannot be served/)
    expect(() => serveConnector(connector, { secret: 'short' })).toThrow(/secret/)
  })
})

describe('signatures of both sides', () => {
  const body = JSON.stringify({ connector: 'shop', customer: null, call: 'describe', payload: {} })
  const post = (headers: Record<string, string>, sent = body) => fetch(url, { method: 'POST', headers, body: sent })
  const sign = (secret = SECRET, at = clock) => signedHeaders({ direction: 'call', body }, secret, at)

  it('answers a call once', async () => {
    const headers = sign()
    const [first, second] = [await post(headers), await post(headers)]
    expect([first.status, second.status]).toEqual([200, 401])
    expect(await second.json()).toMatchObject({ title: expect.stringContaining('before') })
  })

  it('answers a call once, whichever of several processes it comes to', async () => {
    const seenCalls = createSeenCalls(() => clock)
    const processes = [1, 2].map(() => serveConnector(connector, { secret: SECRET, seenCalls, now: () => clock }))
    const call = { method: 'POST', headers: sign(), body }
    const statuses = await Promise.all(processes.map(async (each) => (await each.answer(call)).status))
    expect(statuses.toSorted()).toEqual([200, 401])
  })

  it('answers nothing while it cannot know what was answered before', async () => {
    const away = { add: () => Promise.reject(new Error('The store is away.')) }
    const served = serveConnector(connector, { secret: SECRET, seenCalls: away, now: () => clock })
    expect(await served.answer({ method: 'POST', headers: sign(), body })).toMatchObject({ status: 503 })
  })

  it.each<[string, () => Promise<Response>]>([
    ['unsigned', () => post({})],
    ['signed by another', () => post(sign('another-secret-altogether'))],
    ['changed on its way', () => post(sign(), body.replace('describe', 'action.run'))],
    ['recorded ten minutes ago', () => post(sign(SECRET, clock - 600_000))],
    ['signed for the future', () => post(sign(SECRET, clock + 600_000))],
  ])('refuses a call that is %s', async (_, call) => {
    const response = await call()
    expect(response.status).toBe(401)
    expect(response.headers.get('inlay-signature')).toBeNull()
  })

  it.each<[string, (text: string) => string]>([
    ['changed on its way', (text) => text.replace('A-1', 'B-2')],
    ['another call’s', (text) => text],
  ])('does not believe an answer that is %s', async (name, change) => {
    let recorded: Awaited<ReturnType<HttpClient['request']>> | undefined
    const http: HttpClient = {
      request: async (request) => {
        const response = await egress.http.request(request)
        const given = name.startsWith('another') ? (recorded ?? response) : response
        recorded ??= response
        return { ...given, text: change(given.text) }
      },
    }
    const far = remote()
    if (name.startsWith('another')) await runAction(far, 'ship', { input: { id: 'A-1' }, http })
    await expect(runAction(far, 'ship', { input: { id: 'A-1' }, http })).rejects.toMatchObject({
      kind: 'communication',
      retryable: false,
    })
  })

  it('says which side to look at', async () => {
    await expect(
      runAction(remote({ secret: 'another-secret-altogether' }), 'ship', { input: { id: 'A' } }),
    ).rejects.toMatchObject({ kind: 'authentication', detail: expect.stringContaining('secret') })
  })

  it('is called by the former secret while it does not know the new one', async () => {
    const way = { connectorId: 'shop', url, secrets: ['new-secret-of-the-vendor', SECRET] as const, http: egress.http }
    const transport = createRemoteTransport({ ...way, now: () => clock })
    expect(await transport.call('describe', {}, {})).toMatchObject({ id: 'shop' })
  })

  it('takes the old secret and the new one while it is being changed', async () => {
    const served = serveConnector(connector, { secret: ['new-secret-of-the-vendor', SECRET], now: () => clock })
    const handle = toFetchHandler(served)
    for (const secret of [SECRET, 'new-secret-of-the-vendor']) {
      const response = await handle(
        new Request('https://shop.test/inlay', { method: 'POST', headers: sign(secret), body }),
      )
      expect(response.status).toBe(200)
      expect(await response.json()).toMatchObject({ ok: true, result: { id: 'shop' } })
    }
    clock += 1
  })
})

const unusedParts = {
  http: egress.http,
  net: egress.net,
  log: { info: () => {}, warn: () => {} },
  files: createTestFiles(),
  store: { customer: nothing(), workflow: nothing() },
  callbackUrl: () => '',
}

function nothing() {
  return { get: async () => undefined, set: async () => {}, delete: async () => {} }
}
