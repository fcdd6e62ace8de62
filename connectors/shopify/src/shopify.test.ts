import { createHmac } from 'node:crypto'
import type { JsonObject, JsonValue } from '@inlay/sdk/connector'
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
import { sampleOrder } from './order.js'
import { sampleProduct } from './product.js'

let stub: StubServer
/** Answers in the order in which they are given; the last stays. */
let answers: StubAnswer[]

beforeAll(async () => {
  stub = await startStubServer(() => (answers.length > 1 ? answers.shift() : answers[0]) ?? { status: 500 })
})
afterAll(() => stub.close())
beforeEach(() => {
  answers = []
})

const auth = { kind: 'bearer' as const, token: 'test-token', fields: { shop: 'acme-store', appSecret: 'test-app' } }
const place = () => ({ auth, baseUrl: stub.url })
const run = (action: string, input: object) => runAction(connector, action, { input, ...place() })
const data = (given: JsonObject): StubAnswer => ({ json: { data: given } })
const done = (given: JsonObject): StubAnswer => data({ result: { ...given, userErrors: [] } })
const found = (nodes: JsonValue[], endCursor: string | null = null): StubAnswer =>
  data({ found: { nodes, pageInfo: { hasNextPage: endCursor !== null, endCursor } } })
const last = () => stub.requests.at(-1)
const variables = () => JSON.parse(last()?.body ?? '{}').variables

/** What a page may cost at most: an object is a point, a connection as many of its objects as are asked for. */
function costOf(query: string): number {
  const inner = Number(/(?:lineItems|variants)\(first: (\d+)\)/.exec(query)?.[1])
  const objectsInside = query.includes('inventoryItem {') ? 2 : 1
  const objectsBeside = query.includes('shopMoney') ? 4 : 1
  return 2 + variables().first * (objectsBeside + 2 + inner * objectsInside)
}

describe('shopify actions', () => {
  it('reads an order by its number or global id', async () => {
    answers = [data({ order: sampleOrder })]
    expect(await run('getOrder', { order: '148977776' })).toMatchObject({ name: '#1001' })
    expect(last()).toMatchObject({
      method: 'POST',
      url: '/admin/api/2026-10/graphql.json',
      headers: { 'x-shopify-access-token': 'test-token' },
    })
    expect(variables()).toEqual({ id: 'gid://shopify/Order/148977776' })
    answers = [data({ order: null })]
    await expect(run('getOrder', { order: '1' })).rejects.toMatchObject({ kind: 'rejected' })
  })

  it('searches over pages', async () => {
    answers = [found([sampleOrder], 'c1'), found([sampleOrder])]
    expect(await run('searchOrders', { query: 'tag:vip' })).toMatchObject({ orders: [{}, {}] })
    expect(variables()).toEqual({ query: 'tag:vip', first: 20, after: 'c1' })
    expect(costOf(JSON.parse(last()?.body ?? '{}').query)).toBeLessThan(1000)
    answers = [found([sampleCustomer])]
    expect(await run('searchCustomers', {})).toMatchObject({ customers: [{ displayName: 'Bob Bobsen' }] })
    answers = [found([sampleProduct])]
    expect(await run('searchProducts', {})).toMatchObject({ products: [{ title: 'Element' }] })
    expect(costOf(JSON.parse(last()?.body ?? '{}').query)).toBeLessThan(1000)
  })

  it('changes orders, customers, products, stock, tags and metafields', async () => {
    answers = [done({ order: sampleOrder })]
    await run('updateOrder', { order: '1', note: 'x' })
    expect(variables()).toEqual({ input: { id: 'gid://shopify/Order/1', note: 'x' } })
    answers = [done({ customer: sampleCustomer })]
    await run('createCustomer', { firstName: 'Bob' })
    await run('updateCustomer', { customer: '5', note: 'x' })
    expect(variables()).toEqual({ input: { id: 'gid://shopify/Customer/5', note: 'x' } })
    answers = [done({ product: sampleProduct })]
    await run('createProduct', { title: 'Element' })
    expect(variables()).toEqual({ product: { title: 'Element', status: 'DRAFT' } })
    answers = [done({})]
    await run('adjustInventory', { inventoryItem: '7', location: '8', delta: -4 })
    expect(variables()).toMatchObject({
      key: 'test-key',
      input: { changes: [{ delta: -4, changeFromQuantity: null }] },
    })
    answers = [done({ node: { id: 'gid://shopify/Order/1' } })]
    await run('addTags', { id: 'gid://shopify/Order/1', tags: ['vip'] })
    answers = [done({ metafields: [{ id: 'm', namespace: 'custom', key: 'material', value: 'x' }] })]
    expect(await run('setMetafield', { owner: 'gid://shopify/Product/1', key: 'material', value: 'x' })).toMatchObject({
      id: 'm',
    })
  })

  it('fulfils what waits of an order', async () => {
    const at = (id: string) => ({ assignedLocation: { location: { id } } })
    const nodes = [
      { id: 'f1', status: 'OPEN', ...at('l1') },
      { id: 'f2', status: 'CLOSED', ...at('l1') },
      { id: 'f3', status: 'IN_PROGRESS', ...at('l2') },
    ]
    answers = [data({ order: { fulfillmentOrders: { nodes } } }), done({ fulfillment: { id: 'x', status: 'SUCCESS' } })]
    const { fulfillments } = (await run('fulfillOrder', { order: '1', trackingNumber: '1Z' })) as { fulfillments: [] }
    expect(fulfillments).toHaveLength(2)
    // Shopify takes together only what one location sends.
    expect(variables().fulfillment).toEqual({
      lineItemsByFulfillmentOrder: [{ fulfillmentOrderId: 'f3' }],
      notifyCustomer: false,
      trackingInfo: { number: '1Z' },
    })
  })

  const told = (code: string, extensions: JsonObject = {}): StubAnswer => ({
    json: { errors: [{ message: 'No.', extensions: { code } }], extensions },
  })
  const throttleStatus = { maximumAvailable: 2000, currentlyAvailable: 50, restoreRate: 100 }
  it.each<[string, StubAnswer, object]>([
    ['a wrong token', { status: 401, json: { errors: 'Invalid API key' } }, { kind: 'authentication' }],
    ['a missing scope', told('ACCESS_DENIED'), { kind: 'authorization' }],
    [
      'its throttle',
      told('THROTTLED', { cost: { requestedQueryCost: 250, throttleStatus } }),
      { kind: 'rate_limited', retryAfterMs: 2000 },
    ],
    ['an error of its own', told('INTERNAL_SERVER_ERROR'), { kind: 'communication' }],
    ['a query that is too dear', told('MAX_COST_EXCEEDED'), { kind: 'rejected' }],
    [
      'user errors',
      data({ result: { customer: null, userErrors: [{ field: ['email'], message: 'has already been taken' }] } }),
      { kind: 'rejected', detail: 'email: has already been taken' },
    ],
  ])('understands %s', async (_, answer, error) => {
    answers = [answer]
    await expect(run('createCustomer', {})).rejects.toMatchObject(error)
  })

  it('tests a connection, and offers locations', async () => {
    answers = [data({ shop: { id: 's', name: 'Acme', myshopifyDomain: 'acme-store.myshopify.com' } })]
    await expect(testConnection(connector, place())).resolves.toBeUndefined()
    expect(await accountOf(connector, place())).toEqual({ id: 'acme-store.myshopify.com', label: 'Acme' })
    answers = [data({ locations: { nodes: [{ id: 'l1', name: 'Store' }] } })]
    const { options } = await loadOptions(connector, { of: 'adjustInventory', field: 'location', ...place() })
    expect(options).toEqual([{ value: 'l1', label: 'Store' }])
  })
})

describe('shopify triggers', () => {
  const input = { topic: 'ORDERS_CREATE' }

  it('registers in place of what was registered, and unregisters twice', async () => {
    const known = (nodes: JsonValue[]) => data({ webhookSubscriptions: { nodes } })
    answers = [known([{ id: 'w0' }]), done({}), done({ webhookSubscription: { id: 'w1' } })]
    const registered = await registerTrigger(connector, 'shopEvent', { input, ...place() })
    expect(registered.registration).toEqual({ id: 'w1', secret: 'test-app' })
    expect(variables()).toMatchObject({ topic: 'ORDERS_CREATE', webhook: { uri: registered.webhookUrl } })
    answers = [known([{ id: 'w1' }]), done({}), known([])]
    await unregisterTrigger(connector, 'shopEvent', { input, ...place(), ...registered })
    await unregisterTrigger(connector, 'shopEvent', { input, ...place(), ...registered })
  })

  it('takes what Shopify signed, once per event', async () => {
    const rawBody = JSON.stringify({ id: 1, name: '#1001' })
    const signature = createHmac('sha256', 'test-app').update(rawBody).digest('base64')
    const deliver = (headers: Record<string, string>, body = rawBody) =>
      deliverWebhook(connector, 'shopEvent', {
        input,
        registration: { id: 'w1', secret: 'test-app' },
        request: {
          rawBody: body,
          headers: { 'X-Shopify-Topic': 'orders/create', 'X-Shopify-Event-Id': 'e1', ...headers },
        },
      })
    const signed = { 'X-Shopify-Hmac-Sha256': signature }
    expect(await deliver(signed)).toMatchObject({
      kind: 'items',
      items: [{ id: 'e1', data: { topic: 'orders/create' } }],
    })
    expect(await deliver({ ...signed, 'X-Shopify-Topic': 'orders/paid' })).toEqual({ kind: 'items', items: [] })
    expect(await deliver({})).toEqual({ kind: 'refused' })
    expect(await deliver(signed, `${rawBody} `)).toEqual({ kind: 'refused' })
  })

  it('tells each order once when it asks', async () => {
    answers = [found([{ ...sampleOrder, id: 'o1' }])]
    const first = await pollTrigger(connector, 'newOrder', { input: {}, ...place() })
    answers = [
      found([
        { ...sampleOrder, id: 'o2' },
        { ...sampleOrder, id: 'o1' },
      ]),
    ]
    const second = await pollTrigger(connector, 'newOrder', { input: {}, cursor: first.cursor, ...place() })
    expect(second.items.map(({ id }) => id)).toEqual(['o2'])
    expect(variables().query).toBe("created_at:>='2026-04-01T09:59:00.000Z'")
  })

  it('loses no order when there are more than one poll takes, oldest first', async () => {
    const at = (n: number) => new Date(Date.UTC(2026, 3, 2) + n * 1000).toISOString()
    const order = (n: number) => ({ ...sampleOrder, id: `o${n}`, createdAt: at(n) })
    answers = [found([order(0)])]
    const first = await pollTrigger(connector, 'newOrder', { input: {}, ...place() })
    const pageOf = (page: number) =>
      found(
        Array.from({ length: 20 }, (_, index) => order(page * 20 + index + 1)),
        `c${page}`,
      )
    answers = Array.from({ length: 50 }, (_, page) => pageOf(page))
    const second = await pollTrigger(connector, 'newOrder', { input: {}, cursor: first.cursor, ...place() })
    expect([second.items.length, second.items.at(-1)?.id, second.hasMore]).toEqual([1000, 'o1000', true])
    expect(last()?.body).not.toContain('reverse')
    answers = [found([order(1000), order(1001)])]
    const third = await pollTrigger(connector, 'newOrder', { input: {}, cursor: second.cursor, ...place() })
    expect([third.items.map(({ id }) => id), third.hasMore]).toEqual([['o1001'], false])
  })
})

describeConnectorContract(connector, { describe, it, expect })
