import { createHmac } from 'node:crypto'
import {
  accountOf,
  deliverWebhook,
  loadOptions,
  pollTrigger,
  registerTrigger,
  runAction,
  type StubServer,
  startStubServer,
  testConnection,
  unregisterTrigger,
} from '@inlay/sdk/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { connector } from './index.js'

const tea = { id: 'item-1', title: 'Tea', changed_at: '2026-05-04T09:30:00Z' }
const milk = { id: 'item-2', title: 'Milk', changed_at: '2026-05-04T09:31:00Z' }
let stub: StubServer

/** Answers as the documentation of Acme says. */
beforeAll(async () => {
  stub = await startStubServer({
    'GET /me': ({ headers }) =>
      headers.authorization === 'Bearer test-token' ? { json: { id: '7', name: 'Tea House' } } : { status: 401 },
    'GET /lists': { json: [{ id: 'list-1', name: 'Groceries' }] },
    'POST /lists/list-1/items': { status: 201, json: tea },
    'GET /items': (request) =>
      request.form().get('page') === '2'
        ? { json: { items: [milk], next: null } }
        : { json: { items: [tea], next: '2' } },
    'POST /webhooks': { status: 201, json: { id: 'hook-1' } },
    'DELETE /webhooks/hook-1': { status: 404 },
  })
})
afterAll(() => stub.close())

const auth = { kind: 'bearer' as const, token: 'test-token', fields: {} }
const at = (): { auth: typeof auth; baseUrl: string } => ({ auth, baseUrl: stub.url })

describe('a connection', () => {
  it('is tested, and tells whose it is', async () => {
    await expect(testConnection(connector, at())).resolves.toBeUndefined()
    expect(await accountOf(connector, at())).toEqual({ id: '7', label: 'Tea House' })
    const wrong = { ...at(), auth: { ...auth, token: 'other' } }
    await expect(testConnection(connector, wrong)).rejects.toMatchObject({ kind: 'authentication' })
  })
})

describe('creating an item', () => {
  it('sends it with the key of the step', async () => {
    const input = { list: 'list-1', title: 'Tea' }
    expect(await runAction(connector, 'createItem', { ...at(), input, idempotencyKey: 'run_1/a/0' })).toEqual(tea)
    expect(stub.requests.at(-1)).toMatchObject({ headers: { 'idempotency-key': 'run_1/a/0' } })
    expect(stub.requests.at(-1)?.json()).toEqual({ title: 'Tea' })
  })

  it('offers the lists', async () => {
    const choices = await loadOptions(connector, { ...at(), of: 'createItem', field: 'list' })
    expect(choices).toEqual({ options: [{ value: 'list-1', label: 'Groceries' }] })
  })
})

describe('triggers', () => {
  it('start once for each change, over all pages', async () => {
    const first = await pollTrigger(connector, 'itemChanged', { ...at(), input: {} })
    expect(first.items.map(({ data }) => data)).toEqual([tea, milk])
    const second = await pollTrigger(connector, 'itemChanged', { ...at(), input: {}, cursor: first.cursor })
    expect(second.items).toEqual([])
  })

  it('start when Acme calls, and when nobody else does', async () => {
    const told = await registerTrigger(connector, 'itemDone', { ...at(), input: {} })
    expect(stub.requests.at(-1)?.json()).toMatchObject({ url: told.webhookUrl, secret: told.secret })
    const rawBody = JSON.stringify({ event: 'event-1', type: 'item.done', item: tea })
    const deliver = (signature: string) =>
      deliverWebhook(connector, 'itemDone', {
        input: {},
        secret: told.secret,
        request: { rawBody, headers: { 'x-acme-signature': signature } },
      })
    const signature = createHmac('sha256', told.secret).update(rawBody).digest('hex')
    expect(await deliver(signature)).toEqual({ kind: 'items', items: [{ id: 'event-1', data: tea }] })
    expect(await deliver('guessed')).toEqual({ kind: 'refused' })
    await expect(unregisterTrigger(connector, 'itemDone', { ...at(), input: {}, ...told })).resolves.toBeUndefined()
  })
})
