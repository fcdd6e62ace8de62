import {
  accountOf,
  runAction,
  type StubAnswer,
  type StubServer,
  startStubServer,
  testConnection,
} from '@inlay/sdk/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sampleCustomer } from './customer.js'
import { connector } from './index.js'
import { sampleInvoice } from './invoice.js'
import { samplePayment } from './payment.js'
import { sampleSubscription } from './subscription.js'

let stub: StubServer
let answer: StubAnswer
beforeAll(async () => {
  stub = await startStubServer(() => answer)
})
afterAll(() => stub.close())

const auth = { kind: 'bearer' as const, token: 'test-token', fields: {} }
const place = () => ({ auth, baseUrl: stub.url })
const run = (action: string, input: object) => runAction(connector, action, { input, ...place() })
const last = () => stub.requests.at(-1)
const sent = () => Object.fromEntries(new URLSearchParams(last()?.body ?? ''))

describe('payments', () => {
  it('are reserved, captured, cancelled, read and searched', async () => {
    answer = { json: samplePayment }
    await run('createPayment', { amount: 2000, currency: 'usd', captureLater: true })
    expect(sent()).toMatchObject({ capture_method: 'manual' })
    await run('capturePayment', { payment: 'pi_1', amount: 5 })
    expect(last()).toMatchObject({ method: 'POST', url: '/v1/payment_intents/pi_1/capture' })
    expect(sent()).toEqual({ amount_to_capture: '5' })
    await run('cancelPayment', { payment: 'pi_1', reason: 'abandoned' })
    expect(last()?.url).toBe('/v1/payment_intents/pi_1/cancel')
    expect(sent()).toEqual({ cancellation_reason: 'abandoned' })
    expect(await run('getPayment', { payment: 'pi_1' })).toMatchObject({ amount: 2000 })
    answer = { json: { object: 'search_result', data: [samplePayment], has_more: false, next_page: null } }
    expect(await run('searchPayments', { query: "status:'succeeded'" })).toMatchObject({ payments: [{ amount: 2000 }] })
    expect(last()?.url).toContain('/v1/payment_intents/search?query=')
  })

  it('are taken by links and prices that are made for them', async () => {
    answer = { json: { id: 'plink_1', url: 'https://buy.stripe.com/x', active: true } }
    await run('createPaymentLink', { price: 'price_1', redirectUrl: 'https://acme.example/ok' })
    expect(sent()).toEqual({
      'line_items[0][price]': 'price_1',
      'line_items[0][quantity]': '1',
      'after_completion[type]': 'redirect',
      'after_completion[redirect][url]': 'https://acme.example/ok',
    })
    const price = { id: 'price_1', product: 'prod_1', currency: 'usd', unit_amount: 5, type: 'recurring', active: true }
    answer = { json: price }
    await run('createPrice', { productName: 'Gold', amount: 5, currency: 'USD', interval: 'month' })
    expect(sent()).toEqual({
      'product_data[name]': 'Gold',
      unit_amount: '5',
      currency: 'usd',
      'recurring[interval]': 'month',
    })
    await expect(run('createPrice', { amount: 5, currency: 'usd' })).rejects.toMatchObject({ kind: 'validation' })
  })
})

describe('invoices and subscriptions', () => {
  it('are collected once finalized, as their drafts wait for that', async () => {
    answer = { json: sampleInvoice }
    await run('finalizeInvoice', { invoice: 'in_1' })
    expect(sent()).toEqual({ auto_advance: 'true' })
    await run('payInvoice', { invoice: 'in_1', isPaidElsewhere: true })
    expect(last()?.url).toBe('/v1/invoices/in_1/pay')
    expect(sent()).toEqual({ paid_out_of_band: 'true' })
    await run('voidInvoice', { invoice: 'in_1' })
    expect(last()?.url).toBe('/v1/invoices/in_1/void')
    answer = { json: { data: [sampleSubscription], has_more: false } }
    expect(await run('listSubscriptions', { status: 'active' })).toMatchObject({
      subscriptions: [{ status: 'active' }],
    })
    expect(last()?.url).toBe('/v1/subscriptions?status=active&limit=100')
  })
})

describe('keys and refusals', () => {
  it('accepts a restricted key that may not read the account, and refuses one that is none', async () => {
    const message = "The provided key 'rk_test_***' does not have the required permissions on account 'acct_1'."
    answer = { status: 403, json: { error: { type: 'invalid_request_error', message } } }
    await expect(testConnection(connector, place())).resolves.toBeUndefined()
    expect(await accountOf(connector, place())).toEqual({ id: 'acct_1', label: 'Restricted key of acct_1' })
    answer = { status: 401, json: { error: { type: 'invalid_request_error', message: 'Invalid API Key' } } }
    await expect(testConnection(connector, place())).rejects.toMatchObject({ kind: 'authentication' })
  })

  it('waits while the first try of a step is under way, and does what Stripe says of trying again', async () => {
    const inUse = {
      type: 'idempotency_error',
      code: 'idempotency_key_in_use',
      message: 'Another request is in progress',
    }
    answer = { status: 409, json: { error: inUse } }
    await expect(run('voidInvoice', { invoice: 'a' })).rejects.toMatchObject({ kind: 'communication', retryable: true })
    const failed = { error: { type: 'api_error', message: 'Sorry' } }
    answer = { status: 500, headers: { 'stripe-should-retry': 'false' }, json: failed }
    await expect(run('voidInvoice', { invoice: 'a' })).rejects.toMatchObject({ retryable: false })
  })

  it('says of a deleted customer that it is gone', async () => {
    answer = { json: sampleCustomer }
    expect(await run('getCustomer', { customer: 'cus_1' })).toMatchObject({ name: 'Jenny Rosen' })
    answer = { json: { id: 'cus_1', object: 'customer', deleted: true } }
    await expect(run('getCustomer', { customer: 'cus_1' })).rejects.toMatchObject({ kind: 'rejected' })
  })
})
