import type { JsonValue } from '@inlay/sdk/connector'
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

  it('lists over pages, creates channels, and creates a meeting once', async () => {
    const next = { '@odata.nextLink': `${stub.url}/more` }
    answers['GET /me/joinedTeams'] = { json: { value: [{ id: 'a', displayName: 'A' }], ...next } }
    answers['GET /more'] = { json: { value: [{ id: 'b', displayName: 'B' }] } }
    expect(await run('listChannels', {})).toMatchObject({ places: [{ id: 'a' }, { id: 'b' }] })
    answers['POST /teams/t/channels'] = { status: 201, json: { id: 'c', displayName: 'C' } }
    expect(await run('createChannel', { team: 't', name: 'C' })).toMatchObject({ id: 'c' })
    answers['POST /me/onlineMeetings/createOrGet'] = { status: 201, json: { id: 'm', joinWebUrl: 'https://x.test' } }
    await run('createMeeting', { subject: 'S', start: '2026-04-20T09:00:00Z', end: '2026-04-20T09:30:00Z' })
    expect(sent()).toMatchObject({ externalId: 'test-key', startDateTime: '2026-04-20T09:00:00Z' })
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
    answers['GET /me/chats'] = { json: { value: [{ id: 'x', topic: null, chatType: 'oneOnOne' }] } }
    const load = (of: string, field: string) => loadOptions(connector, { of, field, ...place(), input: { team: 't' } })
    const options = [{ value: 'a', label: 'A', description: 'About' }]
    expect(await load('sendChannelMessage', 'team')).toEqual({ options, nextCursor: link })
    expect(await load('sendChannelMessage', 'channel')).toEqual({ options })
    expect((await load('sendChatMessage', 'chat')).options).toMatchObject([{ value: 'x' }])
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
    ]
    answers['GET /delta'] = { json: { value, '@odata.nextLink': `${stub.url}/delta2` } }
    const second = await poll(first)
    expect(second.items.map(({ id }) => id)).toEqual(['a', 'b'])
    expect(second.hasMore).toBe(true)
    answers['GET /delta2'] = { status: 410, json: { error: { code: 'syncStateNotFound', message: 'Gone.' } } }
    expect(await poll(second)).toMatchObject({ items: [], hasMore: false, cursor: { link: delta } })
  })
})

describeConnectorContract(connector, {
  describe,
  it,
  expect,
  exceptions: { postToWebhook: 'Its credential is an address; a made-up one is none. The tests above call it.' },
})
