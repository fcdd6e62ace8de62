import type { JsonValue } from '@inlay/sdk/connector'
import {
  createTestFiles,
  describeConnectorContract,
  loadOptions,
  pollTrigger,
  runAction,
  type StubAnswer,
  type StubServer,
  startStubServer,
  testConnection,
} from '@inlay/sdk/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { connector } from './index.js'
import { sampleMessage } from './message.js'

let stub: StubServer
let answers: Record<string, StubAnswer>

beforeAll(async () => {
  stub = await startStubServer(({ method, url }) => {
    return (
      answers[`${method} ${url}`] ??
      answers[`${method} ${url.split('?')[0]}`] ?? { status: 404, json: { message: '404: Not Found', code: 0 } }
    )
  })
})
afterAll(() => stub.close())

const auth = { kind: 'apiKey' as const, apiKey: 'test-token', fields: {} }
const run = (action: string, input: object, more: object = {}) =>
  runAction(connector, action, { input, auth, baseUrl: stub.url, ...more })
const sent = () => JSON.parse(stub.requests.at(-1)?.body ?? '')
const MESSAGE: StubAnswer = { json: { ...sampleMessage, type: 0, tts: false, pinned: false } }

describe('discord', () => {
  it('sends a message that notifies nobody, recognisable when it is repeated', async () => {
    answers = { 'POST /channels/7/messages': MESSAGE }
    const card = { title: 'Order', color: '#ff0000' }
    expect(await run('sendMessage', { channel: '7', text: '@everyone', card, replyTo: '9' })).toEqual(sampleMessage)
    expect(stub.requests.at(-1)?.headers.authorization).toBe('Bot test-token')
    const first = sent()
    expect(first).toEqual({
      content: '@everyone',
      embeds: [{ title: 'Order', color: 0xff0000 }],
      message_reference: { message_id: '9' },
      allowed_mentions: { parse: [] },
      nonce: expect.stringMatching(/^[\w-]{25}$/),
      enforce_nonce: true,
    })
    await run('sendMessage', { channel: '7', text: 'x' })
    expect(sent().nonce).toBe(first.nonce)
    await expect(run('sendMessage', { channel: '7' })).rejects.toMatchObject({ kind: 'validation' })
  })

  it('sends files', async () => {
    answers = { 'POST /channels/7/messages': MESSAGE }
    const files = createTestFiles()
    const file = await files.write({ name: 'a.txt', contentType: 'text/plain', bytes: Buffer.from('hello') })
    await run('sendMessage', { channel: '7', files: [file] }, { files })
    expect(stub.requests.at(-1)?.body).toMatch(
      /name="payload_json"[\s\S]*name="files\[0\]"; filename="a.txt"[\s\S]*hello/,
    )
  })

  it.each<[string, string, object, object | undefined]>([
    ['editMessage', 'PATCH /channels/7/messages/9', { channel: '7', message: '9', text: 'x' }, { content: 'x' }],
    ['deleteMessage', 'DELETE /channels/7/messages/9', { channel: '7', message: '9' }, undefined],
    [
      'addReaction',
      'PUT /channels/7/messages/9/reactions/%F0%9F%91%8D/@me',
      { channel: '7', message: '9', emoji: '👍' },
      undefined,
    ],
    [
      'createThread',
      'POST /channels/7/messages/9/threads',
      { channel: '7', message: '9', name: 'T' },
      { name: 'T', auto_archive_duration: 1440 },
    ],
    ['addRole', 'PUT /guilds/1/members/2/roles/3', { server: '1', member: '2', role: '3' }, undefined],
    [
      'addRole',
      'DELETE /guilds/1/members/2/roles/3',
      { server: '1', member: '2', role: '3', change: 'take' },
      undefined,
    ],
  ])('%s asks for %s', async (action, route, input, body) => {
    answers = {
      [route]: route.endsWith('threads')
        ? { json: { id: '9', name: 'T' } }
        : body === undefined
          ? { status: 204 }
          : MESSAGE,
    }
    await run(action, input)
    if (body !== undefined) expect(sent()).toEqual(body)
  })

  it('lists messages over pages, and finds members', async () => {
    const page = (from: number) =>
      Array.from({ length: 100 }, (_, index) => ({ ...sampleMessage, id: String(from - index) }))
    answers = {
      'GET /channels/7/messages?limit=100': { json: page(500) },
      'GET /channels/7/messages?limit=100&before=401': { json: page(400).slice(0, 3) },
      'GET /guilds/1/members/search': {
        json: [{ user: { id: '2', username: 'kim' }, nick: null, roles: [], joined_at: null }],
      },
    }
    const { messages } = (await run('listMessages', { channel: '7', limit: 150 })) as { messages: { id: string }[] }
    expect([messages.length, messages.at(-1)?.id]).toEqual([103, '398'])
    expect(await run('findMembers', { server: '1', name: 'k' })).toMatchObject({ members: [{ user: { id: '2' } }] })
  })

  it('offers channels of all servers, and roles of one', async () => {
    answers = {
      'GET /users/@me/guilds': { json: [{ id: '1', name: 'Shop' }] },
      'GET /guilds/1/channels': {
        json: [
          { id: '7', name: 'sales', type: 0 },
          { id: '8', name: 'voice', type: 2 },
        ],
      },
      'GET /guilds/1/roles': {
        json: [
          { id: '3', name: 'VIP' },
          { id: '1', name: '@everyone' },
        ],
      },
    }
    const form = { auth, baseUrl: stub.url }
    expect((await loadOptions(connector, { ...form, of: 'sendMessage', field: 'channel' })).options).toEqual([
      { value: '7', label: '#sales', description: 'Shop' },
    ])
    const role = { ...form, of: 'addRole', field: 'role', input: { server: '1' } }
    expect((await loadOptions(connector, role)).options).toEqual([{ value: '3', label: 'VIP' }])
  })

  it.each<[string, StubAnswer, object]>([
    ['a wrong token', { status: 401, json: { message: '401: Unauthorized', code: 0 } }, { kind: 'authentication' }],
    [
      'a missing permission',
      { status: 403, json: { message: 'Missing Permissions', code: 50013 } },
      { kind: 'authorization', detail: expect.stringContaining('higher role') },
    ],
    [
      'its rate limit',
      { status: 429, json: { message: 'You are being rate limited.', retry_after: 1.337, global: false } },
      { kind: 'rate_limited', retryAfterMs: 1337 },
    ],
    [
      'a wrong field',
      {
        status: 400,
        json: {
          code: 50035,
          message: 'Invalid Form Body',
          errors: { content: { _errors: [{ code: 'X', message: 'Too long.' }] } },
        },
      },
      { kind: 'rejected', detail: 'Invalid Form Body content: Too long.' },
    ],
    ['a broken server', { status: 502, text: '<html>' }, { kind: 'communication', retryable: true }],
  ])('understands %s', async (_, answer, error) => {
    answers = { 'POST /channels/7/messages': answer, 'GET /users/@me': answer }
    await expect(run('sendMessage', { channel: '7', text: 'x' })).rejects.toMatchObject(error)
    await expect(testConnection(connector, { auth, baseUrl: stub.url })).rejects.toMatchObject(error)
  })

  it('starts for each new message of people', async () => {
    const poll = (more: { cursor?: JsonValue }) =>
      pollTrigger(connector, 'newMessage', { input: { channel: '7' }, auth, baseUrl: stub.url, ...more })
    const at = (id: string, timestamp: string, bot = false) => ({
      ...sampleMessage,
      id,
      timestamp,
      author: { ...sampleMessage.author, bot },
    })
    answers = { 'GET /channels/7/messages': { json: [at('1', '2026-04-10T20:00:00.000000+00:00')] } }
    const first = await poll({})
    answers = {
      'GET /channels/7/messages': {
        json: [
          at('3', '2026-04-10T20:02:00+00:00', true),
          at('2', '2026-04-10T20:01:00+00:00'),
          at('1', '2026-04-10T20:00:00.000000+00:00'),
        ],
      },
    }
    expect((await poll({ cursor: first.cursor })).items.map(({ id }) => id)).toEqual(['2'])
  })
})

describeConnectorContract(connector, { describe, it, expect })
