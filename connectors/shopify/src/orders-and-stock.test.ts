import { createHmac } from 'node:crypto'
import type { JsonObject } from '@inlay/sdk/connector'
import {
  deliverAppEvent,
  parseAppEvent,
  runAction,
  type StubAnswer,
  type StubServer,
  startStubServer,
} from '@inlay/sdk/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { connector } from './index.js'
import { sampleProduct } from './product.js'

let stub: StubServer
let answer: StubAnswer
beforeAll(async () => {
  stub = await startStubServer(() => answer)
})
afterAll(() => stub.close())

const auth = { kind: 'bearer' as const, token: 'test-token', fields: { shop: 'acme-store' } }
const run = (action: string, input: object) => runAction(connector, action, { input, auth, baseUrl: stub.url })
const done = (given: JsonObject): StubAnswer => ({ json: { data: { result: { ...given, userErrors: [] } } } })
const sent = () => JSON.parse(stub.requests.at(-1)?.body ?? '{}')

describe('orders', () => {
  it('are cancelled with the refund that was asked for, or say why not', async () => {
    const ok = { job: { id: 'gid://shopify/Job/1', done: false }, orderCancelUserErrors: [] }
    answer = { json: { data: { result: ok } } }
    expect(await run('cancelOrder', { order: '1', refunds: true })).toEqual({ job: 'gid://shopify/Job/1' })
    expect(sent().variables).toMatchObject({
      orderId: 'gid://shopify/Order/1',
      reason: 'OTHER',
      restock: true,
      refundMethod: { originalPaymentMethodsRefund: true },
    })
    answer = { json: { data: { result: { job: null, orderCancelUserErrors: [{ message: 'Already cancelled' }] } } } }
    const refused = { kind: 'rejected', detail: 'Already cancelled' }
    await expect(run('cancelOrder', { order: '1' })).rejects.toMatchObject(refused)
  })

  it('are drafted for a customer', async () => {
    answer = done({ draftOrder: { id: 'd', name: '#D1', status: 'OPEN', invoiceUrl: null } })
    await run('createDraftOrder', { lines: [{ variant: '7' }], customer: '5' })
    expect(sent().variables.input).toEqual({
      lineItems: [{ variantId: 'gid://shopify/ProductVariant/7', quantity: 1 }],
      purchasingEntity: { customerId: 'gid://shopify/Customer/5' },
    })
  })
})

describe('products and stock', () => {
  it('are read and changed, variants with their price', async () => {
    answer = { json: { data: { product: sampleProduct } } }
    expect(await run('getProduct', { product: '1' })).toMatchObject({ title: 'Element' })
    answer = done({ product: sampleProduct })
    await run('updateProduct', { product: '1', status: 'ACTIVE' })
    expect(sent().variables).toEqual({ product: { id: 'gid://shopify/Product/1', status: 'ACTIVE' } })
    answer = done({ productVariants: [{ id: 'v', title: '151cm', sku: 's', price: '12.50', compareAtPrice: null }] })
    await run('updateVariant', { product: '1', variant: '7', price: '12.50', sku: 's' })
    expect(sent().variables).toEqual({
      productId: 'gid://shopify/Product/1',
      variants: [{ id: 'gid://shopify/ProductVariant/7', price: '12.50', inventoryItem: { sku: 's' } }],
    })
    answer = done({ node: { id: 'gid://shopify/Product/1' } })
    await run('removeTags', { id: 'gid://shopify/Product/1', tags: ['old'] })
    expect(sent().query).toContain('tagsRemove')
  })

  it('are set once, whatever they were before', async () => {
    answer = done({})
    await run('setInventory', { inventoryItem: '7', location: '8', quantity: 42 })
    expect(sent().query).toContain('@idempotent(key: $key)')
    expect(sent().variables).toMatchObject({
      key: 'test-key',
      input: { name: 'available', quantities: [{ quantity: 42, changeFromQuantity: null }] },
    })
  })
})

describe('events of the app', () => {
  const rawBody = JSON.stringify({ id: 1, name: '#1001' })
  const headers = {
    'X-Shopify-Topic': 'orders/create',
    'X-Shopify-Event-Id': 'e1',
    'X-Shopify-Shop-Domain': 'acme-store.myshopify.com',
    'X-Shopify-Hmac-Sha256': createHmac('sha256', 'test-app').update(rawBody).digest('base64'),
  }
  const deliver = (clientSecret: string, settings: JsonObject = {}) =>
    deliverAppEvent(connector, { settings, oauthApp: { clientId: 'a', clientSecret }, request: { headers, rawBody } })

  it('are those of the shop that signed in, signed with the secret of the app', async () => {
    const event = {
      id: 'e1',
      name: 'ORDERS_CREATE',
      account: 'acme-store.myshopify.com',
      data: {
        topic: 'orders/create',
        shop: 'acme-store.myshopify.com',
        triggeredAt: null,
        payload: { id: 1, name: '#1001' },
      },
    }
    expect(await deliver('test-app')).toEqual({ kind: 'events', events: [event] })
    expect(await deliver('other', { clientSecret: 'test-app' })).toMatchObject({ kind: 'events' })
    expect(await deliver('other')).toEqual({ kind: 'refused' })
    expect(await parseAppEvent(connector, 'appEvent', { event, input: {} })).toMatchObject([{ id: 'e1' }])
    expect(await parseAppEvent(connector, 'appEvent', { event, input: { topic: 'ORDERS_PAID' } })).toEqual([])
  })
})
