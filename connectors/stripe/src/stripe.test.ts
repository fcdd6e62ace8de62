import { createHmac } from 'node:crypto'
import {
  accountOf,
  deliverWebhook,
  describeConnectorContract,
  loadOptions,
  pollTrigger,
  registerTrigger,
  runAction,
  type StubAnswer,
  type StubServer,
  startStubServer,
  testConnection,
  unregisterTrigger,
} from '@inlay/sdk/testing'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { sampleCustomer } from './customer.js'
import { connector } from './index.js'
import { sampleInvoice } from './invoice.js'
import { samplePayment } from './payment.js'
import { sampleSubscription } from './subscription.js'

let stub: StubServer
let answers: Record<string, StubAnswer>
const CUSTOMER = { ...sampleCustomer, object: 'customer', balance: 0 }
const SUB = '/v1/subscriptions/sub_1'

beforeAll(async () => {
  stub = await startStubServer(({ method, url }) => {
    const missing = { error: { type: 'invalid_request_error', code: 'resource_missing', message: 'No such thing' } }
    return answers[`${method} ${url}`] ?? answers[`${method} ${url.split('?')[0]}`] ?? { status: 404, json: missing }
  })
})
afterAll(() => stub.close())
beforeEach(() => {
  answers = {
    'GET /v1/account': {
      json: { id: 'acct_1', email: 'a@example.com', settings: { dashboard: { display_name: 'Acme' } } },
    },
    'POST /v1/customers': { json: CUSTOMER },
    'POST /v1/customers/cus_1': { json: CUSTOMER },
    'POST /v1/invoices': { json: { ...sampleInvoice, id: 'in_1' } },
    'GET /v1/invoices/in_1': { json: { ...sampleInvoice, id: 'in_1' } },
    'POST /v1/invoiceitems': { json: { id: 'ii_1' } },
    'POST /v1/payment_intents': { json: samplePayment },
    [`GET ${SUB}`]: { json: sampleSubscription },
    [`POST ${SUB}`]: { json: sampleSubscription },
    [`DELETE ${SUB}`]: { json: { ...sampleSubscription, status: 'canceled' } },
  }
})

const auth = { kind: 'bearer' as const, token: 'test-token', fields: {} }
const place = () => ({ auth, baseUrl: stub.url })
const run = (action: string, input: object) => runAction(connector, action, { input, ...place() })
const last = () => stub.requests.at(-1)
const sent = () => Object.fromEntries(new URLSearchParams(last()?.body ?? ''))

describe('stripe actions', () => {
  it('creates a customer with a nested form, the pinned version and the key of the step', async () => {
    expect(await run('createCustomer', { name: 'Kim', metadata: { order: 'A-1' } })).toMatchObject({ id: CUSTOMER.id })
    expect(last()?.headers).toMatchObject({
      authorization: 'Bearer test-token',
      'stripe-version': '2025-09-30.clover',
      'idempotency-key': 'test-key',
      'content-type': expect.stringContaining('application/x-www-form-urlencoded'),
    })
    expect(sent()).toEqual({ name: 'Kim', 'metadata[order]': 'A-1' })
    await run('updateCustomer', { customer: 'cus_1', phone: '1' })
    expect(sent()).toEqual({ phone: '1' })
  })

  it('lists over pages, each after the last item of the one before', async () => {
    const page = (id: string, has_more: boolean) => ({ json: { data: [{ ...CUSTOMER, id }], has_more } })
    answers['GET /v1/customers?email=a%40b.example&limit=100'] = page('cus_1', true)
    answers['GET /v1/customers?email=a%40b.example&limit=100&starting_after=cus_1'] = page('cus_2', false)
    const output = await run('findCustomers', { email: 'a@b.example' })
    expect(output).toMatchObject({ customers: [{ id: 'cus_1' }, { id: 'cus_2' }] })
    answers['GET /v1/customers/search'] = { json: { data: [CUSTOMER], has_more: false, next_page: null } }
    expect(await run('searchCustomers', { query: 'name~"x"' })).toMatchObject({ customers: [{ id: CUSTOMER.id }] })
    answers['GET /v1/invoices'] = { json: { data: [sampleInvoice], has_more: false } }
    expect(await run('listInvoices', { status: 'draft' })).toMatchObject({ invoices: [{ status: 'draft' }] })
  })

  it('creates payments and refunds', async () => {
    await run('createPayment', { amount: 2000, currency: 'USD', paymentMethod: 'pm_1', confirm: true })
    expect(sent()).toMatchObject({ currency: 'usd', confirm: 'true', 'automatic_payment_methods[enabled]': 'true' })
    answers['POST /v1/refunds'] = { json: { id: 're_1', amount: 5, currency: 'usd', status: 'pending', created: 1 } }
    expect(await run('createRefund', { payment: 'pi_1', amount: 5 })).toMatchObject({ id: 're_1' })
    expect(sent()).toEqual({ payment_intent: 'pi_1', amount: '5' })
  })

  it('creates an invoice with its lines, each request with a key of its own', async () => {
    const before = stub.requests.length
    const lines = [
      { amount: 1, description: 'a' },
      { amount: 2, description: 'b' },
    ]
    await run('createInvoice', { customer: 'cus_1', currency: 'eur', lines, daysUntilDue: 14 })
    const keys = stub.requests.slice(before).map(({ headers }) => headers['idempotency-key'])
    expect(keys).toEqual(['test-key:invoice', 'test-key:line-0', 'test-key:line-1', undefined])
    for (const step of ['finalize', 'send']) {
      answers[`POST /v1/invoices/in_1/${step}`] = { json: { ...sampleInvoice, status: 'open' } }
      expect(await run(`${step}Invoice`, { invoice: 'in_1' })).toMatchObject({ status: 'open' })
    }
  })

  it('begins, changes and ends subscriptions, and makes checkout pages', async () => {
    answers['POST /v1/subscriptions'] = { json: sampleSubscription }
    await run('createSubscription', { customer: 'cus_1', price: 'price_1' })
    expect(sent()).toEqual({ customer: 'cus_1', 'items[0][price]': 'price_1', 'items[0][quantity]': '1' })
    await run('updateSubscription', { subscription: 'sub_1', quantity: 2 })
    expect(sent()).toEqual({ 'items[0][id]': 'si_NcLYdDxLHxlFo7', 'items[0][quantity]': '2' })
    await run('cancelSubscription', { subscription: 'sub_1' })
    expect(sent()).toEqual({ cancel_at_period_end: 'true' })
    expect(await run('cancelSubscription', { subscription: 'sub_1', when: 'now' })).toMatchObject({
      status: 'canceled',
    })
    answers['POST /v1/checkout/sessions'] = {
      json: {
        id: 'cs_1',
        url: 'https://checkout.stripe.com/x',
        status: 'open',
        payment_status: 'unpaid',
        expires_at: 9,
      },
    }
    await run('createCheckout', { price: 'price_1', successUrl: 'https://acme.example/ok' })
    expect(sent()).toMatchObject({ mode: 'payment', 'line_items[0][price]': 'price_1' })
  })

  it.each<[number, string, string | null, object]>([
    [401, 'invalid_request_error', null, { kind: 'authentication' }],
    [403, 'invalid_request_error', null, { kind: 'authorization' }],
    [402, 'card_error', 'card_declined', { kind: 'rejected', detail: expect.stringContaining('insufficient_funds') }],
    [
      400,
      'invalid_request_error',
      'parameter_missing',
      { kind: 'rejected', detail: expect.stringContaining('amount') },
    ],
    [400, 'idempotency_error', null, { kind: 'rejected' }],
    [429, 'invalid_request_error', 'rate_limit', { kind: 'rate_limited', retryAfterMs: 7000 }],
    [500, 'api_error', null, { kind: 'communication' }],
  ])('understands %s %s %s', async (status, type, code, error) => {
    const body = { type, code, message: 'No.', param: 'amount', decline_code: 'insufficient_funds' }
    answers['POST /v1/customers'] = { status, json: { error: body }, headers: { 'retry-after': '7' } }
    await expect(run('createCustomer', {})).rejects.toMatchObject(error)
  })

  it('tests a connection, and offers customers and prices', async () => {
    await expect(testConnection(connector, place())).resolves.toBeUndefined()
    expect(await accountOf(connector, place())).toEqual({ id: 'acct_1', label: 'Acme' })
    answers['GET /v1/customers/search'] = { json: { data: [CUSTOMER], has_more: false } }
    const found = await loadOptions(connector, { of: 'updateCustomer', field: 'customer', search: 'rosen', ...place() })
    expect(found.options[0]).toMatchObject({ value: CUSTOMER.id, label: 'Jenny Rosen' })
    const price = {
      id: 'p1',
      currency: 'eur',
      unit_amount: 5,
      recurring: { interval: 'month' },
      product: { name: 'Gold' },
    }
    answers['GET /v1/prices'] = { json: { data: [price], has_more: true } }
    expect(await loadOptions(connector, { of: 'createCheckout', field: 'price', ...place() })).toEqual({
      options: [{ value: 'p1', label: 'Gold', description: '5 eur per month' }],
      nextCursor: 'p1',
    })
  })
})

describe('stripe triggers', () => {
  const input = { events: ['invoice.paid'] }
  const event = (id: string, created = 100) => ({
    id,
    type: 'invoice.paid',
    created,
    livemode: false,
    data: { object: { id: 'in_1' } },
  })

  it('registers anew where it was registered, and unregisters twice', async () => {
    const known = { id: 'we_0', url: 'https://hooks.test/hooks/token' }
    answers['GET /v1/webhook_endpoints'] = { json: { data: [known], has_more: false } }
    answers['DELETE /v1/webhook_endpoints/we_0'] = { json: { deleted: true } }
    answers['POST /v1/webhook_endpoints'] = { json: { id: 'we_1', secret: 'test-signing' } }
    const registered = await registerTrigger(connector, 'accountEvent', { input, ...place() })
    expect(registered.registration).toEqual({ id: 'we_1', secret: 'test-signing' })
    expect(stub.requests.at(-2)).toMatchObject({ method: 'DELETE', url: '/v1/webhook_endpoints/we_0' })
    expect(sent()).toMatchObject({ 'enabled_events[0]': 'invoice.paid', api_version: '2025-09-30.clover' })
    // The stub has no such endpoint: it answers 404.
    await unregisterTrigger(connector, 'accountEvent', { input, ...place(), ...registered })
  })

  it('takes what Stripe signed lately, and nothing else', async () => {
    const rawBody = JSON.stringify(event('evt_1'))
    const sign = (at: number) => createHmac('sha256', 'test-signing').update(`${at}.${rawBody}`).digest('hex')
    const deliver = (signature: string | undefined, body = rawBody) =>
      deliverWebhook(connector, 'accountEvent', {
        input,
        now: 1_000_000,
        registration: { id: 'we_1', secret: 'test-signing' },
        request: { rawBody: body, headers: signature === undefined ? {} : { 'Stripe-Signature': signature } },
      })
    const good = `t=1000,v1=${'0'.repeat(64)},v1=${sign(1000)},v0=x`
    expect(await deliver(good)).toMatchObject({
      kind: 'items',
      items: [{ id: 'evt_1', data: { object: { id: 'in_1' } } }],
    })
    const refused = { kind: 'refused' }
    expect(await deliver(undefined)).toEqual(refused)
    expect(await deliver(good, `${rawBody} `)).toEqual(refused)
    expect(await deliver(`t=600,v1=${sign(600)}`)).toEqual(refused)
  })

  it('tells each event once when it asks', async () => {
    answers['GET /v1/events'] = { json: { data: [event('e2'), event('e1')], has_more: false } }
    const first = await pollTrigger(connector, 'newEvent', { input, ...place() })
    answers['GET /v1/events'] = { json: { data: [event('e3'), event('e2')], has_more: false } }
    const second = await pollTrigger(connector, 'newEvent', { input, cursor: first.cursor, ...place() })
    expect([first.items.length, second.items.map(({ id }) => id)]).toEqual([2, ['e3']])
    expect(last()?.url).toContain('types%5B%5D=invoice.paid&created%5Bgte%5D=40')
  })
})

describeConnectorContract(connector, { describe, it, expect })
