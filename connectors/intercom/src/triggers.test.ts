import { createHmac } from 'node:crypto'
import {
  deliverAppEvent,
  describeConnectorContract,
  parseAppEvent,
  pollTrigger,
  type StubAnswer,
  type StubServer,
  startStubServer,
} from '@inlay/sdk/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sampleContact } from './contact.js'
import { sampleConversation } from './conversation.js'
import { connector } from './index.js'

let stub: StubServer
let answer: (page: string | undefined) => StubAnswer
beforeAll(async () => {
  stub = await startStubServer((request) => {
    const [, page] = /"starting_after":"([^"]+)"/.exec(request.body) ?? []
    return answer(page)
  })
})
afterAll(() => stub.close())

const auth = { kind: 'bearer' as const, token: 'test-token', fields: { region: 'us' } }
const place = () => ({ auth, baseUrl: stub.url })
const last = () => stub.requests.at(-1)?.json()
const T = sampleContact.created_at

describe('polling', () => {
  it('tells each conversation once, and asks from two days before the newest', async () => {
    const of = (id: string, created_at: number) => ({ ...sampleConversation, id, created_at })
    answer = () => ({ json: { conversations: [of('1', T)], pages: { next: { starting_after: 'older' } } } })
    const first = await pollTrigger(connector, 'newConversation', { input: {}, cursor: null, ...place() })
    answer = () => ({ json: { conversations: [of('2', T + 60), of('1', T), of('0', T - 900)], pages: {} } })
    const { cursor } = first
    const second = await pollTrigger(connector, 'newConversation', { input: {}, cursor, ...place() })
    expect(second.items.map(({ id }) => id)).toEqual(['2'])
    expect(last()).toMatchObject({
      query: { value: [{ field: 'created_at', operator: '>', value: T - 600 - 172_800 }] },
      sort: { field: 'created_at', order: 'descending' },
    })
    const third = await pollTrigger(connector, 'newConversation', { input: {}, cursor: second.cursor, ...place() })
    expect(third.items).toEqual([])
  })

  it('goes on where it was when there are more contacts than one poll reads', async () => {
    const input = { role: 'lead' }
    const contact = (n: number) => ({ ...sampleContact, id: `c${n}`, created_at: T + n })
    answer = () => ({ json: { data: [contact(0)], pages: {} } })
    const first = await pollTrigger(connector, 'newContact', { input, cursor: null, ...place() })
    // Fifteen pages, newest first, with an hour between two contacts.
    answer = (page = '15') => ({
      json: { data: [contact(Number(page) * 3600)], pages: { next: { starting_after: String(Number(page) - 1) } } },
    })
    const second = await pollTrigger(connector, 'newContact', { input, cursor: first.cursor, ...place() })
    expect([second.items.length, second.hasMore]).toEqual([10, true])
    const third = await pollTrigger(connector, 'newContact', { input, cursor: second.cursor, ...place() })
    expect(third.items.map(({ id }) => id)).toEqual(['c3600', 'c7200', 'c10800', 'c14400', 'c18000'])
    expect(third.hasMore ?? false).toBe(false)
    const fourth = await pollTrigger(connector, 'newContact', { input, cursor: third.cursor, ...place() })
    expect(fourth.items).toEqual([])
    expect(last()).toMatchObject({ query: { value: [{}, { field: 'role', operator: '=', value: 'lead' }] } })
  })
})

describe('the address of the app', () => {
  const settings = { clientSecret: 'test-secret' }
  const told = {
    type: 'notification_event',
    id: 'notif_1',
    app_id: 'w1',
    topic: 'conversation.user.created',
    created_at: T,
    data: { type: 'notification_event_data', item: { type: 'conversation', id: '378' } },
  }
  const signed = (body: object, secret = settings.clientSecret) => {
    const rawBody = JSON.stringify(body)
    const signature = createHmac('sha1', secret).update(rawBody).digest('hex')
    return { rawBody, headers: { 'content-type': 'application/json', 'x-hub-signature': `sha1=${signature}` } }
  }
  const deliver = (
    request: Parameters<typeof deliverAppEvent>[1]['request'],
    given: Record<string, string> = settings,
  ) => deliverAppEvent(connector, { request, settings: given })

  it('takes what Intercom signed, and nothing else', async () => {
    expect(await deliver(signed(told))).toMatchObject({
      kind: 'events',
      events: [{ id: 'notif_1', name: 'conversation.user.created', account: 'w1' }],
    })
    const refused = { kind: 'refused' }
    expect(await deliver(signed(told, 'other'))).toEqual(refused)
    expect(await deliver({ ...signed(told), rawBody: JSON.stringify({ ...told, app_id: 'w2' }) })).toEqual(refused)
    expect(await deliver({ json: told })).toEqual(refused)
    expect(await deliver(signed(told), {})).toEqual(refused)
    // The app by which accounts sign in signs too.
    const oauthApp = { clientId: 'a', clientSecret: 'test-app' }
    const ofApp = (secret: string) =>
      deliverAppEvent(connector, { request: signed(told, secret), settings: {}, oauthApp })
    expect(await ofApp('test-app')).toMatchObject({ kind: 'events' })
    expect(await ofApp('other')).toEqual(refused)
    expect(await deliver(signed({ ...told, id: null, topic: 'ping' }))).toEqual({ kind: 'events', events: [] })
  })

  it('answers the question whether the address is there, which is not signed', async () => {
    expect(await deliver({ method: 'HEAD', rawBody: '' })).toEqual({ kind: 'answered', answer: { status: 200 } })
  })

  it('starts for the chosen topics', async () => {
    const data = { topic: told.topic, item: told.data.item, created_at: T }
    const event = { id: 'notif_1', name: told.topic, account: 'w1', data }
    expect(await parseAppEvent(connector, 'appEvent', { event, input: {} })).toEqual([{ id: 'notif_1', data }])
    expect(await parseAppEvent(connector, 'appEvent', { event, input: { topics: ['contact.deleted'] } })).toEqual([])
  })
})

describeConnectorContract(connector, { describe, it, expect })
