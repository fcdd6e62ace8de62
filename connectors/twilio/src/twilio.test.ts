import { createHmac } from 'node:crypto'
import type { JsonValue } from '@inlay/sdk/connector'
import {
  accountOf,
  attemptAction,
  createTestStores,
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
import { sampleCall } from './call.js'
import { connector } from './index.js'
import { sampleMessage } from './message.js'
import { CONTENT, LOOKUPS, MESSAGING } from './twilio-api.js'

const ACCOUNT = '/2010-04-01/Accounts/AC1'
let stub: StubServer
let answers: Record<string, StubAnswer>

beforeAll(async () => {
  stub = await startStubServer(({ method, url }) => {
    const notFound = { code: 20404, message: 'The resource was not found', status: 404 }
    return answers[`${method} ${url}`] ?? answers[`${method} ${url.split('?')[0]}`] ?? { status: 404, json: notFound }
  })
})
afterAll(() => stub.close())
beforeEach(() => {
  answers = {
    [`POST ${ACCOUNT}/Messages.json`]: { status: 201, json: sampleMessage },
    [`GET ${ACCOUNT}/Messages/SM1.json`]: { json: sampleMessage },
    [`POST ${ACCOUNT}/Calls.json`]: { status: 201, json: sampleCall },
    [`GET ${ACCOUNT}/Calls/CA1.json`]: { json: sampleCall },
    [`GET ${ACCOUNT}.json`]: { json: { sid: 'AC1', friendly_name: 'Acme', status: 'active' } },
  }
})

const auth = { kind: 'basic' as const, method: 'authToken', username: 'AC1', password: 'test-token', fields: {} }
const keyAuth = { ...auth, method: 'apiKey', username: 'SK1', password: 'test', fields: { accountSid: 'AC1' } }
const place = () => ({
  auth,
  baseUrl: stub.url,
  origins: { [LOOKUPS]: stub.url, [MESSAGING]: stub.url, [CONTENT]: stub.url },
})
const run = (id: string, input: object) => runAction(connector, id, { input, ...place() })
const last = () => stub.requests.at(-1)
const form = () => [...new URLSearchParams(last()?.body)]
const people = { to: '+15558675310', from: '+15557122661' }

describe('twilio actions', () => {
  it('sends messages as forms, with files that repeat a field', async () => {
    const mediaUrls = ['https://acme.example/a.png', 'https://acme.example/b.png']
    expect(await run('sendMessage', { ...people, body: 'Hi & bye', mediaUrls })).toMatchObject({ status: 'queued' })
    expect(last()?.headers.authorization).toBe(`Basic ${btoa('AC1:test-token')}`)
    expect(form()).toEqual([
      ['To', people.to],
      ['From', people.from],
      ['Body', 'Hi & bye'],
      ['MediaUrl', mediaUrls[0]],
      ['MediaUrl', mediaUrls[1]],
    ])
    await expect(run('sendMessage', { to: people.to, body: 'x' })).rejects.toMatchObject({ kind: 'validation' })
    await run('sendWhatsApp', { ...people, contentSid: 'HX1', contentVariables: { 1: 'Kim' } })
    expect(form()).toContainEqual(['To', 'whatsapp:+15558675310'])
    expect(form()).toContainEqual(['ContentVariables', '{"1":"Kim"}'])
  })

  it('calls, and escapes what it reads', async () => {
    await run('makeCall', { ...people, say: 'a < b', language: 'en-GB' })
    expect(form()).toContainEqual(['Twiml', '<Response><Say language="en-GB">a &lt; b</Say></Response>'])
    expect(await run('getCall', { sid: 'CA1' })).toMatchObject({ sid: 'CA_sample_call' })
  })

  it('gets, lists over pages and deletes messages, for the account of an API key', async () => {
    const next = `${ACCOUNT}/Messages.json?Page=1&PageToken=PA1`
    answers[`GET ${ACCOUNT}/Messages.json`] = { json: { messages: [sampleMessage], next_page_uri: next } }
    answers[`GET ${next}`] = { json: { messages: [{ ...sampleMessage, sid: 'SM2' }], next_page_uri: null } }
    const input = { sentSince: '2026-04-01' }
    const listed = await runAction(connector, 'listMessages', { input, ...place(), auth: keyAuth })
    expect(listed).toMatchObject({ messages: [{ sid: sampleMessage.sid }, { sid: 'SM2' }] })
    expect(stub.requests.at(-2)?.url).toContain('DateSent%3E=2026-04-01')
    expect(await run('getMessage', { sid: 'SM1' })).toMatchObject({ to: people.to })
    answers[`DELETE ${ACCOUNT}/Messages/SM1.json`] = { status: 204 }
    expect(await run('deleteMessage', { sid: 'SM1' })).toEqual({})
  })

  it('waits until it is known whether a message arrived, and no longer than it may', async () => {
    const wait = (minutes: number, since?: number) =>
      attemptAction(connector, 'awaitDelivery', {
        ...place(),
        input: { sid: 'SM1', minutes },
        ...(since === undefined ? {} : { resumed: { state: { since }, reason: 'time' as const, payload: null } }),
      })
    answers[`GET ${ACCOUNT}/Messages/SM1.json`] = { json: { ...sampleMessage, status: 'sent' } }
    const first = await wait(5)
    expect(first).toMatchObject({ state: { since: expect.any(Number) }, resumeAt: expect.any(Number) })
    expect(await wait(5, Date.now() - 300_001)).toMatchObject({ status: 'sent' })
    answers[`GET ${ACCOUNT}/Messages/SM1.json`] = { json: { ...sampleMessage, status: 'delivered' } }
    expect(await wait(5, Date.now())).toMatchObject({ status: 'delivered' })
    answers[`POST ${ACCOUNT}/Messages/SM1.json`] = { json: { ...sampleMessage, status: 'canceled' } }
    expect(await run('cancelMessage', { sid: 'SM1' })).toMatchObject({ status: 'canceled' })
    expect(form()).toEqual([['Status', 'canceled']])
  })

  it('looks numbers up at another address, with the same credentials', async () => {
    answers['GET /v2/PhoneNumbers/%2B1415'] = { json: { valid: false, validation_errors: ['TOO_SHORT'] } }
    expect(await run('lookupNumber', { number: '+1415', fields: ['caller_name'] })).toMatchObject({ valid: false })
    expect(last()).toMatchObject({
      url: '/v2/PhoneNumbers/%2B1415?Fields=caller_name',
      headers: { authorization: expect.stringContaining('Basic') },
    })
  })

  it.each<[number, number, object]>([
    [401, 20003, { kind: 'authentication' }],
    [401, 70051, { kind: 'authorization' }],
    [429, 20429, { kind: 'rate_limited', retryAfterMs: 2000 }],
    [403, 20008, { kind: 'authorization' }],
    [400, 21211, { kind: 'rejected', detail: 'Told so. See https://www.twilio.com/docs/errors/21211.' }],
    [503, 20503, { kind: 'communication' }],
  ])('understands status %i with code %i', async (status, code, error) => {
    const json = { code, message: 'Told so.', more_info: `https://www.twilio.com/docs/errors/${code}`, status }
    answers[`GET ${ACCOUNT}/Messages/SM1.json`] = { status, json, headers: { 'retry-after': '2' } }
    await expect(run('getMessage', { sid: 'SM1' })).rejects.toMatchObject({ ...error, data: { status, code } })
  })
})

describe('twilio forms', () => {
  it('offers numbers, messaging services and templates', async () => {
    const next = `${ACCOUNT}/IncomingPhoneNumbers.json?Page=1`
    const number = { sid: 'PN1', phone_number: '+1555', friendly_name: 'Shop' }
    answers[`GET ${ACCOUNT}/IncomingPhoneNumbers.json`] = {
      json: { incoming_phone_numbers: [number], next_page_uri: next },
    }
    const load = (of: string, field: string) => loadOptions(connector, { of, field, ...place() })
    const option = { label: '+1555', description: 'Shop' }
    expect(await load('sendMessage', 'from')).toEqual({ options: [{ ...option, value: '+1555' }], nextCursor: next })
    expect((await load('messageReceived', 'number')).options).toEqual([{ ...option, value: 'PN1' }])
    const sids = [{ sid: 'X1', friendly_name: 'News' }]
    answers['GET /v1/Services'] = { json: { services: sids, meta: { next_page_url: null } } }
    answers['GET /v1/Content'] = { json: { contents: sids, meta: {} } }
    const found = { options: [{ value: 'X1', label: 'News' }] }
    expect(await load('sendMessage', 'messagingServiceSid')).toEqual(found)
    expect(await load('sendWhatsApp', 'contentSid')).toEqual(found)
  })

  it('tests both ways to connect', async () => {
    await testConnection(connector, place())
    expect(await accountOf(connector, place())).toEqual({ id: 'AC1', label: 'Acme' })
    answers[`GET ${ACCOUNT}/Messages.json`] = { json: { messages: [] } }
    await testConnection(connector, { ...place(), auth: keyAuth })
    expect(await accountOf(connector, { ...place(), auth: keyAuth })).toEqual({ id: 'AC1', label: 'AC1' })
  })
})

describe('twilio triggers', () => {
  const input = { number: 'PN1' }
  const NUMBER = `${ACCOUNT}/IncomingPhoneNumbers/PN1.json`

  it('takes a number over, and gives it back, twice if need be', async () => {
    const options = { input, ...place(), store: createTestStores() }
    answers[`GET ${NUMBER}`] = { json: { sms_url: 'https://old.example/sms', sms_method: 'GET' } }
    answers[`POST ${NUMBER}`] = { json: {} }
    const first = await registerTrigger(connector, 'messageReceived', options)
    expect(form()).toContainEqual(['SmsUrl', first.webhookUrl])
    answers[`GET ${NUMBER}`] = { json: { sms_url: first.webhookUrl, sms_method: 'POST' } }
    const second = await registerTrigger(connector, 'messageReceived', options)
    expect(second.registration).toEqual(first.registration)
    await unregisterTrigger(connector, 'messageReceived', { ...options, ...second })
    expect(form()).toEqual([
      ['SmsUrl', 'https://old.example/sms'],
      ['SmsMethod', 'GET'],
    ])
    delete answers[`GET ${NUMBER}`]
    await unregisterTrigger(connector, 'messageReceived', { ...options, ...second })
    const withKey = registerTrigger(connector, 'messageReceived', { ...options, auth: keyAuth })
    await expect(withKey).rejects.toMatchObject({ kind: 'validation' })
  })

  it('takes what Twilio signed, and nothing else', async () => {
    const url = 'https://hooks.test/hooks/token'
    const registration = { url, authToken: 'test-token', previous: { url: '', method: 'POST' } }
    const told = { To: '+1', From: '+2', MessageSid: 'SM1', Body: 'Grüße', NumMedia: '1', MediaUrl0: 'https://x.test' }
    const sorted = Object.entries(told).sort(([a], [b]) => (a < b ? -1 : 1))
    const signature = createHmac('sha1', 'test-token')
      .update(url + sorted.flat().join(''))
      .digest('base64')
    const deliver = (headers: Record<string, string>, form: Record<string, string> = told) =>
      deliverWebhook(connector, 'messageReceived', { input, registration, request: { form, headers } })
    expect(await deliver({ 'X-Twilio-Signature': signature })).toMatchObject({
      answer: { headers: { 'content-type': 'text/xml' }, body: '<Response></Response>' },
      items: [{ id: 'SM1', data: { body: 'Grüße', media: [{ url: 'https://x.test' }] } }],
    })
    expect(await deliver({})).toEqual({ kind: 'refused' })
    expect(await deliver({ 'X-Twilio-Signature': signature }, { ...told, Body: 'x' })).toEqual({ kind: 'refused' })
  })

  it('does not take over a number that is tied to an application', async () => {
    answers[`GET ${NUMBER}`] = { json: { sms_url: null, sms_method: 'POST', sms_application_sid: 'AP1' } }
    const options = { ...place(), input, store: createTestStores() }
    await expect(registerTrigger(connector, 'messageReceived', options)).rejects.toMatchObject({ kind: 'validation' })
  })

  it('takes a WhatsApp sender over and gives it back, and leaves its other addresses', async () => {
    const SENDER = '/v2/Channels/Senders/XE1'
    const webhook = { callback_url: null, callback_method: 'POST', status_callback_url: 'https://old.example/s' }
    answers[`GET ${SENDER}`] = { json: { sid: 'XE1', sender_id: 'whatsapp:+1', webhook } }
    answers[`POST ${SENDER}`] = { status: 202, json: { sid: 'XE1' } }
    const options = { ...place(), input: { sender: 'XE1' }, store: createTestStores() }
    const registered = await registerTrigger(connector, 'whatsAppReceived', options)
    const taken = { ...webhook, callback_url: registered.webhookUrl }
    expect(last()?.json()).toEqual({ webhook: taken })
    answers[`GET ${SENDER}`] = { json: { sid: 'XE1', sender_id: 'whatsapp:+1', webhook: taken } }
    await unregisterTrigger(connector, 'whatsAppReceived', { ...options, ...registered })
    expect(last()?.json()).toEqual({ webhook })
    const senders = [{ sid: 'XE1', sender_id: 'whatsapp:+1', status: 'ONLINE', profile: { name: 'Acme' } }]
    answers['GET /v2/Channels/Senders'] = { json: { senders, meta: { next_page_url: null } } }
    const found = await loadOptions(connector, { of: 'whatsAppReceived', field: 'sender', ...place() })
    expect(found.options).toEqual([{ value: 'XE1', label: '+1', description: 'Acme' }])
  })

  it('hears of the status of what a messaging service sends', async () => {
    const SERVICE = '/v1/Services/MG1'
    const options = { ...place(), input: { messagingServiceSid: 'MG1' }, store: createTestStores() }
    answers[`GET ${SERVICE}`] = { json: { sid: 'MG1', status_callback: null } }
    answers[`POST ${SERVICE}`] = { json: {} }
    const { registration, webhookUrl } = await registerTrigger(connector, 'messageStatus', options)
    expect(form()).toEqual([['StatusCallback', webhookUrl]])
    const told = { MessageSid: 'SM1', MessageStatus: 'undelivered', ErrorCode: '30003', From: '+2', To: '+1' }
    const deliver = (form: Record<string, string>) => {
      const sorted = Object.entries(form).sort(([a], [b]) => (a < b ? -1 : 1))
      const signed = createHmac('sha1', 'test-token').update(webhookUrl + sorted.flat().join(''))
      const headers = { 'X-Twilio-Signature': signed.digest('base64') }
      return deliverWebhook(connector, 'messageStatus', { ...options, registration, request: { form, headers } })
    }
    expect(await deliver(told)).toMatchObject({
      items: [{ id: 'SM1:undelivered', data: { status: 'undelivered', errorCode: 30_003, to: '+1' } }],
    })
    expect(await deliver({ ...told, MessageStatus: 'sending' })).toMatchObject({ items: [] })
  })

  it('tells each received message once', async () => {
    const at = (sid: string, minute: string, direction = 'inbound') => ({
      ...sampleMessage,
      sid,
      direction,
      date_created: `Thu, 24 Aug 2026 05:${minute}:45 +0000`,
    })
    const poll = (more: { cursor?: JsonValue } = {}) =>
      pollTrigger(connector, 'newMessage', { input: {}, ...place(), ...more })
    answers[`GET ${ACCOUNT}/Messages.json`] = { json: { messages: [at('b', '02', 'outbound-api'), at('a', '01')] } }
    const first = await poll()
    expect(first.items.map(({ id }) => id)).toEqual(['a'])
    answers[`GET ${ACCOUNT}/Messages.json`] = { json: { messages: [at('c', '02'), at('a', '01')] } }
    const second = await poll(first)
    expect(second.items.map(({ id }) => id)).toEqual(['c'])
    expect((await poll(second)).items).toEqual([])
    expect(last()?.url).toContain('DateSent%3E=2026-08-24')
  })
})

describeConnectorContract(connector, { describe, it, expect })
