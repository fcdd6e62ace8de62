import type { AuthValues } from '@inlay/sdk/connector'
import {
  accountOf,
  describeConnectorContract,
  loadOptions,
  pollTrigger,
  runAction,
  type StubAnswer,
  type StubServer,
  startStubServer,
  testConnection,
} from '@inlay/sdk/testing'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { connector } from './index.js'

const MESSAGE = {
  payload_bytes: 14,
  redelivered: false,
  exchange: '',
  routing_key: 'orders',
  message_count: 0,
  properties: [],
  payload: '{"order":1001}',
  payload_encoding: 'string',
}

let stub: StubServer
let auth: AuthValues
let answers: Record<string, StubAnswer>

/** Answers as the management plugin's documentation shows them. */
beforeAll(async () => {
  stub = await startStubServer(
    ({ method, url }) => answers[`${method} ${url}`] ?? { status: 404, json: { error: 'Object Not Found' } },
  )
  auth = { kind: 'basic', username: 'kim', password: 'test-key', fields: { endpoint: stub.url, virtualHost: '/' } }
})
afterAll(() => stub.close())
beforeEach(() => {
  answers = {
    'GET /api/whoami': { json: { name: 'kim', tags: ['management'] } },
    'GET /api/queues/%2F': { json: [{ name: 'orders', messages: 2, consumers: 0, durable: true }] },
    'GET /api/queues/%2F/orders': { json: { name: 'orders', durable: true } },
    'POST /api/queues/%2F/orders/get': { json: [MESSAGE] },
    'POST /api/exchanges/%2F/amq.default/publish': { json: { routed: true } },
  }
})

const run = (action: string, input: object) => runAction(connector, action, { input, auth })
const last = () => stub.requests.at(-1)

describe('rabbitmq', () => {
  it('publishes a message with an id, and fails when no queue takes it', async () => {
    const input = { routingKey: 'orders', text: 'hello' }
    expect(await run('publishMessage', input)).toEqual({ isRouted: true })
    expect(last()?.headers.authorization).toBe(`Basic ${Buffer.from('kim:test-key').toString('base64')}`)
    expect(last()?.json()).toEqual({
      properties: { content_type: 'application/json', delivery_mode: 2, message_id: 'test-key' },
      routing_key: 'orders',
      payload: 'hello',
      payload_encoding: 'string',
    })
    answers['POST /api/exchanges/%2F/amq.default/publish'] = { json: { routed: false } }
    await expect(run('publishMessage', input)).rejects.toMatchObject({ kind: 'rejected' })
    expect(await run('publishMessage', { ...input, isUnroutedFine: true })).toEqual({ isRouted: false })
  })

  it('takes messages, or leaves them', async () => {
    expect(await run('getMessages', { queue: 'orders' })).toMatchObject({ messages: [{ text: '{"order":1001}' }] })
    expect(last()?.json()).toEqual({ count: 10, ackmode: 'ack_requeue_false', encoding: 'auto' })
    await run('getMessages', { queue: 'orders', isKept: true })
    expect(last()?.json()).toMatchObject({ ackmode: 'ack_requeue_true' })
  })

  it('lists, looks up and offers queues', async () => {
    expect(await run('listQueues', {})).toMatchObject({ queues: [{ name: 'orders', messages: 2, isDurable: true }] })
    expect(await run('getQueue', { queue: 'orders' })).toMatchObject({ messages: null, isDurable: true })
    const { options } = await loadOptions(connector, { of: 'getMessages', field: 'queue', auth })
    expect(options).toEqual([{ value: 'orders', label: 'orders' }])
  })

  it.each([
    [401, { error: 'not_authorised', reason: 'Login failed' }, 'authentication'],
    [401, { error: 'not_authorised', reason: 'User not authorised to access virtual host' }, 'authorization'],
    [404, { error: 'Object Not Found', reason: 'Not Found' }, 'rejected'],
    [503, { error: 'unavailable' }, 'communication'],
  ])('takes status %i with %j for %s', async (status, json, kind) => {
    answers['GET /api/queues/%2F/orders'] = { status, json }
    await expect(run('getQueue', { queue: 'orders' })).rejects.toMatchObject({ kind })
  })

  it('tests a connection and tells whose it is', async () => {
    await expect(testConnection(connector, { auth })).resolves.toBeUndefined()
    expect(await accountOf(connector, { auth })).toMatchObject({ label: expect.stringContaining('kim at') })
  })

  it('starts for each message, and takes none while it starts nothing', async () => {
    const first = await pollTrigger(connector, 'newMessage', { input: { queue: 'orders' }, auth })
    expect(first.items).toEqual([])
    expect(last()?.method).toBe('GET')
    answers['POST /api/queues/%2F/orders/get'] = { json: [MESSAGE, MESSAGE] }
    const next = await pollTrigger(connector, 'newMessage', {
      input: { queue: 'orders' },
      auth,
      cursor: first.cursor,
    })
    expect(new Set(next.items.map(({ id }) => id)).size).toBe(2)
    expect(next.hasMore).toBe(false)
  })
})

describeConnectorContract(connector, { describe, it, expect, inputs: { newMessage: { queue: 'orders' } } })
