import type { JsonValue } from '@inlay/sdk/connector'
import {
  accountOf,
  createTestFiles,
  deliverWebhook,
  describeConnectorContract,
  loadOptions,
  pollTrigger,
  registerTrigger,
  runAction,
  type StubAnswer,
  type StubServer,
  startStubServer,
  type TestContextOptions,
  type TestDelivery,
  type TestRegistration,
  testConnection,
  unregisterTrigger,
  withTestContext,
} from '@inlay/sdk/testing'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { connector } from './index.js'
import { sampleMessage } from './message.js'

const MESSAGES = '/teams/t/channels/19%3Ac/messages'
const HOOK = 'https://acme.webhook.office.com'
let stub: StubServer
let answers: Record<string, StubAnswer>

beforeAll(async () => {
  stub = await startStubServer(({ method, url }) => {
    const missing = { status: 404, json: { error: { code: 'NotFound', message: 'Not found.' } } }
    return answers[`${method} ${url}`] ?? answers[`${method} ${url.split('?')[0]}`] ?? missing
  })
})
afterAll(() => stub.close())
beforeEach(() => {
  answers = { [`POST ${MESSAGES}`]: { status: 201, json: sampleMessage } }
})

const auth = { kind: 'oauth2' as const, accessToken: 'test-token', scopes: [], extra: {}, fields: { tenant: 'common' } }
const hook = { kind: 'custom' as const, method: 'webhook', fields: { webhookUrl: `${HOOK}/a` } }
const place = () => ({ auth, baseUrl: stub.url })
const run = (id: string, input: object) => runAction(connector, id, { input, ...place() })
const last = () => stub.requests.at(-1)
const sent = () => JSON.parse(last()?.body ?? 'null')
const target = { team: 't', channel: '19:c' }

describe('microsoft teams actions', () => {
  it('posts cards to a webhook, without other credentials', async () => {
    const options = { baseUrl: HOOK, origins: { [HOOK]: stub.url }, auth: hook }
    const post = (input: object) => runAction(connector, 'postToWebhook', { input, ...options })
    answers['POST /a'] = { status: 202 }
    expect(await post({ title: 'New', text: 'Hi' })).toEqual({})
    expect(last()?.headers.authorization).toBeUndefined()
    expect(sent()).toMatchObject({
      type: 'message',
      attachments: [{ content: { type: 'AdaptiveCard', body: [{ text: 'New' }, { text: 'Hi' }] } }],
    })
    await post({ card: { type: 'AdaptiveCard', version: '1.5' } })
    expect(sent().attachments[0].content).toEqual({ type: 'AdaptiveCard', version: '1.5' })
    answers['POST /a'] = { text: 'Webhook message delivery failed with error: endpoint returned HTTP error 429' }
    await expect(post({ text: 'Hi' })).rejects.toMatchObject({ kind: 'rate_limited' })
    answers['POST /a'] = { status: 403, text: 'no' }
    await expect(post({ text: 'Hi' })).rejects.toMatchObject({
      kind: 'authorization',
      message: expect.not.stringContaining('webhook.office'),
      detail: expect.not.stringContaining('webhook.office'),
    })
    await expect(post({})).rejects.toMatchObject({ kind: 'validation' })
    await expect(run('postToWebhook', { text: 'Hi' })).rejects.toMatchObject({ kind: 'validation' })
    const graph = runAction(connector, 'sendChannelMessage', { input: { ...target, text: 'Hi' }, ...options })
    await expect(graph).rejects.toMatchObject({ kind: 'validation' })
  })

  it('sends and replies in channels and chats', async () => {
    await run('sendChannelMessage', { ...target, text: 'Hi', subject: 'New' })
    expect(last()).toMatchObject({ url: MESSAGES, headers: { authorization: 'Bearer test-token' } })
    const body = { contentType: 'text', content: 'Hi' }
    expect(sent()).toEqual({ subject: 'New', importance: 'normal', body })
    answers[`POST ${MESSAGES}/1/replies`] = { status: 201, json: sampleMessage }
    await run('replyToMessage', { ...target, messageId: '1', text: 'Hi' })
    answers['POST /chats/19%3Ax/messages'] = { status: 201, json: sampleMessage }
    await run('sendChatMessage', { chat: '19:x', text: 'Hi' })
    expect(sent()).toEqual({ body })
  })

  it('marks mentions and cards in the text, and tells of them beside it', async () => {
    const card = { type: 'AdaptiveCard', version: '1.4' }
    await run('sendChannelMessage', { ...target, text: 'A < B', mentions: [{ userId: 'u', name: 'Kim' }], card })
    expect(sent()).toEqual({
      importance: 'normal',
      body: { contentType: 'html', content: '<at id="0">Kim</at> A &lt; B<attachment id="card"></attachment>' },
      mentions: [
        {
          id: 0,
          mentionText: 'Kim',
          mentioned: { user: { id: 'u', displayName: 'Kim', userIdentityType: 'aadUser' } },
        },
      ],
      attachments: [
        { id: 'card', contentType: 'application/vnd.microsoft.card.adaptive', content: JSON.stringify(card) },
      ],
    })
  })

  it('writes to a person in the chat that both have', async () => {
    answers['GET /me?$select=id'] = { json: { id: 'me' } }
    answers['POST /chats'] = { status: 201, json: { id: '19:x', topic: null, chatType: 'oneOnOne' } }
    answers['POST /chats/19%3Ax/messages'] = { status: 201, json: { ...sampleMessage, chatId: '19:x' } }
    expect(await run('messagePerson', { person: "o'hara@acme.example", text: 'Hi' })).toMatchObject({ chatId: '19:x' })
    const members = JSON.parse(stub.requests.at(-2)?.body ?? '').members
    expect(members).toMatchObject([
      { roles: ['owner'], 'user@odata.bind': "https://graph.microsoft.com/v1.0/users('me')" },
      { 'user@odata.bind': "https://graph.microsoft.com/v1.0/users('o''hara%40acme.example')" },
    ])
  })

  it('reads messages and replies, and leaves out what the system wrote', async () => {
    answers[`GET ${MESSAGES}/1/replies/2`] = { json: { ...sampleMessage, replyToId: '1' } }
    expect(await run('getMessage', { ...target, messageId: '1', replyId: '2' })).toMatchObject({ replyToId: '1' })
    answers['GET /chats/19%3Ax/messages/1'] = { json: sampleMessage }
    await run('getChatMessage', { chat: '19:x', messageId: '1' })
    const system = { ...sampleMessage, messageType: 'unknownFutureValue', from: null }
    answers[`GET ${MESSAGES}`] = { json: { value: [sampleMessage, system] } }
    expect(await run('listMessages', { ...target, limit: 9 })).toMatchObject({ messages: [{ id: sampleMessage.id }] })
    expect(last()?.url).toBe(`${MESSAGES}?$top=9`)
  })

  it('uploads a file to the folder of a channel', async () => {
    const files = createTestFiles()
    const file = await files.write({ name: 'a b.txt', contentType: 'text/plain', bytes: Buffer.from('hi') })
    answers['GET /teams/t/channels/19%3Ac/filesFolder'] = { json: { id: 'F', parentReference: { driveId: 'b!D' } } }
    const item = { id: 'I', name: 'a b.txt', webUrl: 'https://acme.sharepoint.com/a', size: 2 }
    answers['PUT /drives/b!D/items/F:/a%20b.txt:/content'] = { status: 201, json: item }
    const options = { ...place(), input: { ...target, file }, files }
    expect(await runAction(connector, 'uploadFile', options)).toEqual(item)
    expect(last()).toMatchObject({ body: 'hi', headers: { 'content-type': 'text/plain' } })
  })

  it('lists over pages, creates channels, and creates a meeting once', async () => {
    const next = { '@odata.nextLink': `${stub.url}/more` }
    answers['GET /me/joinedTeams'] = { json: { value: [{ id: 'a', displayName: 'A' }], ...next } }
    answers['GET /more'] = { json: { value: [{ id: 'b', displayName: 'B' }] } }
    expect(await run('listChannels', {})).toMatchObject({ places: [{ id: 'a' }, { id: 'b' }] })
    answers['POST /teams/t/channels'] = { status: 201, json: { id: 'c', displayName: 'C' } }
    expect(await run('createChannel', { team: 't', name: 'C' })).toMatchObject({ id: 'c' })
    answers['POST /me/onlineMeetings/createOrGet'] = { status: 201, json: { id: 'm', joinWebUrl: 'https://x.test' } }
    await run('createMeeting', { subject: 'S', start: '2026-04-20T11:00:00+02:00', end: '2026-04-20T09:30:00Z' })
    expect(sent()).toMatchObject({ externalId: 'test-key', startDateTime: '2026-04-20T09:00:00.000Z' })
  })

  it.each<[number, string, object]>([
    [401, 'InvalidAuthenticationToken', { kind: 'authentication' }],
    [403, 'Forbidden', { kind: 'authorization' }],
    [429, 'TooManyRequests', { kind: 'rate_limited', retryAfterMs: 7000 }],
    [400, 'BadRequest', { kind: 'rejected', detail: 'Told so.' }],
    [503, 'ServiceUnavailable', { kind: 'communication' }],
  ])('understands status %i with %s', async (status, code, error) => {
    const json = { error: { code, message: 'Told so.' } }
    answers[`POST ${MESSAGES}`] = { status, json, headers: { 'retry-after': '7' } }
    await expect(run('sendChannelMessage', { ...target, text: 'Hi' })).rejects.toMatchObject(error)
  })
})

describe('microsoft teams forms', () => {
  it('offers teams, channels and chats, page by page', async () => {
    const link = `${stub.url}/more`
    const value = [{ id: 'a', displayName: 'A', description: 'About' }]
    answers['GET /me/joinedTeams'] = { json: { value, '@odata.nextLink': link } }
    answers['GET /teams/t/channels'] = { json: { value } }
    answers['GET /me/chats'] = {
      json: {
        value: [
          { id: 'x', topic: null, chatType: 'oneOnOne', members: [{ displayName: 'Kim' }, { displayName: 'Jo' }] },
        ],
      },
    }
    const load = (of: string, field: string) => loadOptions(connector, { of, field, ...place(), input: { team: 't' } })
    const options = [{ value: 'a', label: 'A', description: 'About' }]
    expect(await load('sendChannelMessage', 'team')).toEqual({ options, nextCursor: link })
    expect(await load('sendChannelMessage', 'channel')).toEqual({ options })
    expect((await load('sendChatMessage', 'chat')).options).toEqual([
      { value: 'x', label: 'Kim, Jo', description: 'oneOnOne' },
    ])
  })

  it('tests a connection and tells whose it is', async () => {
    answers['GET /me'] = { json: { id: 'u', displayName: 'Kim', userPrincipalName: 'kim@acme.example' } }
    await testConnection(connector, place())
    expect(await accountOf(connector, place())).toEqual({ id: 'u', label: 'Kim (kim@acme.example)' })
  })
})

describe('microsoft teams triggers', () => {
  it('tells of new messages by delta, not of edited, deleted and system ones', async () => {
    const now = Date.parse('2026-04-10T20:00:00Z')
    const poll = (more: { cursor?: JsonValue } = {}) =>
      pollTrigger(connector, 'newChannelMessage', { input: target, ...place(), now, ...more })
    const delta = `${stub.url}/delta?t=1`
    answers[`GET ${MESSAGES}/delta`] = { json: { value: [], '@odata.deltaLink': delta } }
    const first = await poll()
    expect(new URLSearchParams(last()?.url.split('?')[1]).get('$filter')).toContain('gt 2026-04-10T20:00:00.000Z')
    const value = [
      { ...sampleMessage, id: 'b', createdDateTime: '2026-04-10T20:03:00Z' },
      { ...sampleMessage, id: 'a', createdDateTime: '2026-04-10T20:02:00Z' },
      { ...sampleMessage, id: 'old', createdDateTime: '2026-04-10T19:00:00Z' },
      { ...sampleMessage, id: 'gone', deletedDateTime: '2026-04-10T20:04:00Z' },
      { ...sampleMessage, id: 'system', messageType: 'systemEventMessage' },
      { id: 'removed', '@removed': { reason: 'deleted' } },
    ]
    answers['GET /delta'] = { json: { value, '@odata.nextLink': `${stub.url}/delta2` } }
    const second = await poll(first)
    expect(second.items.map(({ id }) => id)).toEqual(['a', 'b'])
    expect(second.hasMore).toBe(true)
    const lost = (status: number, code: string) => ({ status, json: { error: { code, message: 'Gone.' } } })
    for (const answer of [lost(410, 'Gone'), lost(400, 'syncStateNotFound')]) {
      answers['GET /delta2'] = answer
      expect(await poll(second)).toMatchObject({ items: [], hasMore: false, cursor: { link: delta } })
    }
    answers['GET /delta2'] = lost(403, 'Forbidden')
    await expect(poll(second)).rejects.toMatchObject({ kind: 'authorization' })
  })

  it('tells of new messages in a chat, and reads no further than what it knows', async () => {
    const at = (id: string, time: string) => ({ ...sampleMessage, id, createdDateTime: time })
    const poll = (more: { cursor?: JsonValue } = {}) =>
      pollTrigger(connector, 'newChatMessage', { input: { chat: '19:x' }, ...place(), ...more })
    const chat = 'GET /chats/19%3Ax/messages'
    const more = { '@odata.nextLink': `${stub.url}/older` }
    answers[chat] = { json: { value: [at('a', '2026-04-10T20:00:00Z')], ...more } }
    const first = await poll()
    expect(new URLSearchParams(last()?.url.split('?')[1]).get('$orderby')).toBe('createdDateTime desc')
    answers[chat] = { json: { value: [at('b', '2026-04-10T20:02:00Z'), at('z', '2026-04-10T09:00:00Z')], ...more } }
    expect((await poll(first)).items.map(({ id }) => id)).toEqual(['b'])
  })

  describe('called by Graph', () => {
    const options = () => ({ input: target, ...place() })
    const known = () => stub.requests.filter(({ url }) => url.startsWith('/subscriptions'))
    const resource = "teams('t')/channels('19:c')/messages('1')"
    const told = { subscriptionId: 's', clientState: 'test-secret', changeType: 'created', resource }
    const deliver = (request: TestDelivery) =>
      deliverWebhook(connector, 'channelMessagePosted', { input: target, ...place(), request })

    const renewTrigger = (given: TestContextOptions & TestRegistration & { input: object }) =>
      withTestContext(connector, given, async (context) => {
        const trigger = connector.triggers['channelMessagePosted']
        if (trigger?.kind !== 'webhook') throw new Error('The connector has no such trigger.')
        return trigger.renewal?.run({ ...context, ...given })
      })

    it('subscribes for an hour at most, once, and ends it', async () => {
      answers['GET /subscriptions'] = { json: { value: [] } }
      answers['POST /subscriptions'] = { status: 201, json: { id: 's' } }
      const registered = await registerTrigger(connector, 'channelMessagePosted', options())
      expect(sent()).toMatchObject({
        changeType: 'created',
        notificationUrl: 'https://hooks.test/hooks/token',
        resource: '/teams/t/channels/19:c/messages',
        clientState: 'test-secret',
      })
      expect(Date.parse(sent().expirationDateTime)).toBeLessThan(Date.now() + 3_600_000)
      const other = { id: 'o', notificationUrl: 'https://hooks.test/hooks/other' }
      answers['GET /subscriptions'] = { json: { value: [other], '@odata.nextLink': `${stub.url}/subscriptions2` } }
      answers['GET /subscriptions2'] = { json: { value: [{ id: 's', notificationUrl: registered.webhookUrl }] } }
      answers['PATCH /subscriptions/s'] = { json: { id: 's' } }
      await registerTrigger(connector, 'channelMessagePosted', options())
      expect(known().filter(({ method }) => method === 'POST')).toHaveLength(1)
      const { registration } = registered
      const renew = () => renewTrigger({ ...options(), ...registered })
      expect(await renew()).toEqual(registration)
      delete answers['PATCH /subscriptions/s']
      answers['GET /subscriptions'] = { json: { value: [other] } }
      answers['POST /subscriptions'] = { status: 201, json: { id: 'new' } }
      expect(await renew()).toEqual({ id: 'new' })
      answers['DELETE /subscriptions/s'] = { status: 204 }
      await unregisterTrigger(connector, 'channelMessagePosted', { ...options(), ...registered })
      delete answers['DELETE /subscriptions/s']
      await unregisterTrigger(connector, 'channelMessagePosted', { ...options(), ...registered })
    })

    it('tells that another workflow has the one subscription of a channel', async () => {
      answers['GET /subscriptions'] = { json: { value: [] } }
      const refuse = (message: string) => {
        answers['POST /subscriptions'] = { status: 403, json: { error: { code: 'Forbidden', message } } }
        return registerTrigger(connector, 'channelMessagePosted', options())
      }
      const limit = 'Reached limit of 1 for app and channel combination.'
      await expect(refuse(limit)).rejects.toMatchObject({ kind: 'limit', detail: expect.stringContaining(limit) })
      await expect(refuse('Missing role.')).rejects.toMatchObject({ kind: 'authorization' })
    })

    it('gives the validation token back as plain text', async () => {
      const answer = { headers: { 'content-type': 'text/plain' }, body: 'Validation: a b' }
      expect(await deliver({ query: { validationToken: 'Validation: a b' } })).toEqual({ kind: 'answered', answer })
    })

    it('reads what was written, and believes nobody without the secret', async () => {
      answers[`GET ${MESSAGES}/1`] = { json: sampleMessage }
      answers[`GET ${MESSAGES}/1/replies/2`] = { json: { ...sampleMessage, id: '2', replyToId: '1' } }
      const gone = { ...told, resource: "teams('t')/channels('19:c')/messages('9')" }
      const removed = { subscriptionId: 's', clientState: 'test-secret', lifecycleEvent: 'subscriptionRemoved' }
      const reply = { ...told, resource: `${resource}/replies('2')` }
      expect(await deliver({ json: { value: [told, reply, gone, removed] } })).toMatchObject({
        items: [{ id: sampleMessage.id }, { id: '2', data: { replyToId: '1' } }],
      })
      const wrong = { ...told, clientState: 'other' }
      expect(await deliver({ json: { value: [told, wrong] } })).toEqual({ kind: 'refused' })
      expect(await deliver({ json: { value: [] } })).toEqual({ kind: 'refused' })
    })
  })
})

describeConnectorContract(connector, {
  describe,
  it,
  expect,
  exceptions: { postToWebhook: 'Its credential is an address; a made-up one is none. The tests above call it.' },
})
