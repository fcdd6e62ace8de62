import { createHash } from 'node:crypto'
import { isSuspension } from '@inlay/sdk/connector'
import {
  accountOf,
  attemptAction,
  createTestFiles,
  deliverWebhook,
  loadOptions,
  loadSchema,
  pollTrigger,
  registerTrigger,
  runAction,
  testConnection,
  unregisterTrigger,
} from '@inlay/sdk/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type AcmeService, createAcmeConnector, startAcme } from './index.js'

let service: AcmeService
let connector: ReturnType<typeof createAcmeConnector>
const auth = { kind: 'oauth2' as const, accessToken: 'acme-access-test', scopes: [], extra: {}, fields: {} }
const revoked = { ...auth, accessToken: 'revoked' }

beforeAll(async () => {
  service = await startAcme()
  connector = createAcmeConnector(service.addresses)
})
afterAll(() => service.close())

const input = { customer: 'C-1', type: 'standard', lines: [{ item: 'Tea' }], fields: { reference: 'X-1' } }

describe('acme', () => {
  it('tells whose account it is, and that a token is no good', async () => {
    await expect(testConnection(connector, { auth })).resolves.toBeUndefined()
    expect(await accountOf(connector, { auth })).toEqual({ id: 'company-1', label: 'Tea House' })
    await expect(testConnection(connector, { auth: revoked })).rejects.toMatchObject({ kind: 'authentication' })
  })

  it('creates an order once, however often it is tried', async () => {
    const create = () => runAction(connector, 'createOrder', { input, auth, idempotencyKey: 'run_1/order/0' })
    const first = await create()
    expect(await create()).toEqual(first)
    expect(service.orders).toHaveLength(1)
    expect(service.requests.at(-1)?.json()).toMatchObject({ customer_id: 'C-1', lines: [{ item: 'Tea', count: 1 }] })
  })

  it('offers customers page by page and by name, and the fields of a kind of order', async () => {
    const load = (more: { search?: string; cursor?: string } = {}) =>
      loadOptions(connector, { of: 'createOrder', field: 'customer', auth, ...more })
    expect(await load()).toMatchObject({ options: [{ label: 'Ada Ltd' }, { label: 'Bean & Co' }], nextCursor: '2' })
    expect(await load({ cursor: '2' })).toEqual({
      options: [{ value: 'C-3', label: 'Cup GmbH', description: 'Amsterdam' }],
    })
    expect(await load({ search: 'bean' })).toMatchObject({ options: [{ value: 'C-2' }] })
    const asked = { of: 'createOrder', field: 'fields', auth, input: { type: 'standard' } }
    expect(await loadSchema(connector, asked)).toMatchObject({ required: ['reference'] })
    await expect(loadSchema(connector, { ...asked, input: {} })).rejects.toMatchObject({ kind: 'rejected' })
  })

  it('rests until an export is made, and gives it as a file', async () => {
    const files = createTestFiles()
    const asked = { input: {}, auth, files }
    const suspended = await attemptAction(connector, 'exportOrders', asked)
    if (!isSuspension(suspended)) expect.unreachable()
    expect(suspended).toMatchObject({ awaitsCallback: true, state: { id: 'export-1' } })
    expect(service.requests.at(-1)?.json()).toMatchObject({ callback_url: 'https://callback.test/test-key' })
    const { state } = suspended
    const resumed = { state, reason: 'callback' as const, payload: null }
    const output = (await runAction(connector, 'exportOrders', { ...asked, resumed })) as { file: never; rows: number }
    expect(output).toMatchObject({ rows: 1, file: { name: 'orders.csv', contentType: 'text/csv' } })
    expect(Buffer.from(await files.read(output.file)).toString()).toBe('id\nA-1001')
  })

  it('starts once for each change of an order, over pages and polls', async () => {
    const change = (id: string, updated_at: string, status: 'open' | 'paid' = 'open') => {
      const others = service.orders.filter((order) => order.id !== id)
      service.orders.splice(0, Infinity, ...others, { id, customer_id: 'C-1', status, total: 5, updated_at })
    }
    service.orders.length = 0
    for (const id of ['A-1', 'A-2', 'A-3']) change(id, '2026-05-04T10:00:00Z')
    const first = await pollTrigger(connector, 'orderChanged', { input: {}, auth })
    expect(first.items).toHaveLength(3)
    change('A-2', '2026-05-04T11:00:00Z', 'paid')
    change('A-4', '2026-05-04T10:00:00Z')
    const second = await pollTrigger(connector, 'orderChanged', { input: {}, auth, cursor: first.cursor })
    expect(second.items.map(({ id }) => id)).toEqual(['A-4:2026-05-04T10:00:00Z', 'A-2:2026-05-04T11:00:00Z'])
    const third = await pollTrigger(connector, 'orderChanged', { input: {}, auth, cursor: second.cursor })
    expect(third.items).toEqual([])
  })

  it('is called when an order is paid, believes only Acme, and can be told no more', async () => {
    const asked = { input: { minimum: 10 }, auth }
    const told = await registerTrigger(connector, 'orderPaid', asked)
    const order = {
      id: 'A-9',
      customer_id: 'C-1',
      status: 'paid' as const,
      total: 20,
      updated_at: '2026-05-04T10:00:00Z',
    }
    const deliver = async (given = order, at = Date.now(), secret = told.secret) => {
      const [request] = service.paid(given, at)
      if (request === undefined) expect.unreachable()
      return deliverWebhook(connector, 'orderPaid', {
        input: asked.input,
        registration: told.registration,
        secret,
        request,
      })
    }
    expect(await deliver()).toEqual({ kind: 'items', items: [{ id: 'event-A-9', data: order }] })
    expect(await deliver({ ...order, total: 5 })).toEqual({ kind: 'items', items: [] })
    expect(await deliver(order, Date.now() - 600_000)).toEqual({ kind: 'refused' })
    expect(await deliver(order, Date.now(), 'other')).toEqual({ kind: 'refused' })
    await unregisterTrigger(connector, 'orderPaid', { ...asked, ...told })
    await unregisterTrigger(connector, 'orderPaid', { ...asked, ...told })
    expect(service.paid(order)).toEqual([])
  })

  it('signs in by authorization code with PKCE', async () => {
    const [method] = connector.auth
    if (method?.kind !== 'oauth2') expect.unreachable()
    // Authorization code and PKCE are what a connector gets unless it says otherwise.
    expect([method.grant, method.pkce]).toEqual([undefined, undefined])
    const verifier = 'a-verifier-of-at-least-forty-three-characters'
    const challenge = createHash('sha256').update(verifier).digest('base64url')
    const asked = new URLSearchParams({
      code_challenge: challenge,
      redirect_uri: 'https://plane.test/callback',
      state: 's',
    })
    const agreed = await fetch(`${method.authorizationUrl}?${asked}`, { redirect: 'manual' })
    const back = new URL(agreed.headers.get('location') ?? '')
    const exchange = (codeVerifier: string) =>
      fetch(method.tokenUrl, {
        method: 'POST',
        body: new URLSearchParams({ code: back.searchParams.get('code') ?? '', code_verifier: codeVerifier }),
      })
    expect((await exchange('guessed')).status).toBe(400)
    const token = (await (await exchange(verifier)).json()) as { access_token: string }
    const granted = { ...auth, accessToken: token.access_token }
    await expect(testConnection(connector, { auth: granted })).resolves.toBeUndefined()
  })
})
