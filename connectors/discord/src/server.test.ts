/** Channels, members and direct messages, and what lies on further pages. */
import type { JsonValue } from '@inlay/sdk/connector'
import {
  loadOptions,
  pollTrigger,
  runAction,
  type StubAnswer,
  type StubServer,
  startStubServer,
} from '@inlay/sdk/testing'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { sampleChannel } from './channel.js'
import { connector } from './index.js'
import { sampleMember } from './member.js'
import { sampleMessage } from './message.js'

let stub: StubServer
let answers: Record<string, StubAnswer>

beforeAll(async () => {
  stub = await startStubServer(({ method, url }) => {
    const route = `${method} ${url.split('?')[0]}`
    return answers[`${method} ${url}`] ?? answers[route] ?? { status: 404, json: { message: 'Not Found', code: 0 } }
  })
})
afterAll(() => stub.close())
beforeEach(() => {
  answers = {}
})

const auth = { kind: 'apiKey' as const, apiKey: 'test-token', fields: {} }
const run = (action: string, input: object) => runAction(connector, action, { input, auth, baseUrl: stub.url })
const poll = (trigger: string, input: object, cursor?: JsonValue) =>
  pollTrigger(connector, trigger, {
    ...{ input, auth, baseUrl: stub.url },
    ...(cursor === undefined ? {} : { cursor }),
  })
const sent = () => stub.requests.at(-1)?.json()

describe('discord servers', () => {
  it('get channels and forum posts, of which nobody is notified', async () => {
    answers['POST /guilds/1/channels'] = { status: 201, json: { ...sampleChannel, guild_id: '1' } }
    expect(await run('createChannel', { server: '1', name: 'orders', kind: 'forum', category: '4' })).toMatchObject({
      ...{ id: sampleChannel.id, name: 'orders' },
    })
    expect(sent()).toEqual({ name: 'orders', type: 15, parent_id: '4' })
    answers['GET /guilds/1/channels'] = { json: [sampleChannel, { ...sampleChannel, id: '4', name: 'Shop', type: 4 }] }
    expect(await run('listChannels', { server: '1' })).toMatchObject({ channels: { length: 2 } })
    answers['POST /channels/7/threads'] = { status: 201, json: { id: '9', name: 'A-1001', message: sampleMessage } }
    const post = { channel: '7', title: 'A-1001', text: '@everyone', tags: ['3'] }
    expect(await run('createForumPost', post)).toMatchObject({ id: '9' })
    const message = { content: '@everyone', allowed_mentions: { parse: [] } }
    expect(sent()).toEqual({ name: 'A-1001', applied_tags: ['3'], message })
  })

  it('offer forums, their tags, and categories', async () => {
    const forum = { ...sampleChannel, id: '8', name: 'help', type: 15 }
    answers['GET /users/@me/guilds'] = { json: [{ id: '1', name: 'Shop' }] }
    answers['GET /guilds/1/channels'] = { json: [sampleChannel, forum, { ...sampleChannel, id: '4', type: 4 }] }
    answers['GET /channels/8'] = { json: { ...forum, available_tags: [{ id: '3', name: 'solved', moderated: false }] } }
    const load = async (of: string, field: string, input = {}) =>
      (await loadOptions(connector, { of, field, input, auth, baseUrl: stub.url })).options.map(({ value }) => value)
    expect(await load('createForumPost', 'channel')).toEqual(['8'])
    expect(await load('createForumPost', 'tags', { channel: '8' })).toEqual(['3'])
    expect(await load('createChannel', 'category', { server: '1' })).toEqual(['4'])
  })

  it('tell of members and messages, and take direct messages', async () => {
    answers['GET /guilds/1/members/2'] = { json: sampleMember }
    expect(await run('getMember', { server: '1', person: '2' })).toMatchObject({ user: { username: 'kim' } })
    answers['GET /channels/7/messages/9'] = { json: sampleMessage }
    expect(await run('getMessage', { channel: '7', message: '9' })).toEqual(sampleMessage)
    answers['POST /users/@me/channels'] = { json: { id: '70', type: 1 } }
    answers['POST /channels/70/messages'] = { json: sampleMessage }
    await run('sendDirectMessage', { person: '2', text: 'Hi' })
    expect(stub.requests.at(-2)?.json()).toEqual({ recipient_id: '2' })
    expect(sent()).toMatchObject({ content: 'Hi', enforce_nonce: true })
    answers['POST /channels/70/messages'] = { status: 403, json: { message: 'Cannot send', code: 50007 } }
    await expect(run('sendDirectMessage', { person: '2', text: 'Hi' })).rejects.toMatchObject({
      ...{ kind: 'authorization', detail: expect.stringContaining('takes no messages of the bot') },
    })
  })
})

describe('discord triggers', () => {
  /** Message 1 was sent in the first minute of a day, and so on. */
  const message = (n: number) => ({
    ...{ ...sampleMessage, id: String(n) },
    timestamp: new Date(Date.UTC(2026, 3, 10) + n * 60_000).toISOString(),
  })
  const newest = (from: number, count: number) => Array.from({ length: count }, (_, index) => message(from - index))

  it('lose no message of a busy channel, and read no further than the poll before', async () => {
    answers['GET /channels/7/messages?limit=100'] = { json: newest(200, 100) }
    const { cursor } = await poll('newMessage', { channel: '7' })
    answers['GET /channels/7/messages?limit=100'] = { json: newest(350, 100) }
    answers['GET /channels/7/messages?limit=100&before=251'] = { json: newest(250, 100) }
    const before = stub.requests.length
    const { items } = await poll('newMessage', { channel: '7' }, cursor)
    expect([items.length, items[0]?.id, items.at(-1)?.id]).toEqual([150, '201', '350'])
    expect(stub.requests.length - before).toBe(2)
  })

  it('tell of each person who joins, and of who comes back', async () => {
    const member = (id: string, joined: string, bot = false) => ({
      ...{ ...sampleMember, joined_at: joined, user: { id, username: `u${id}`, bot } },
    })
    const page = Array.from({ length: 1000 }, (_, index) => member(String(index + 1), '2026-01-01T00:00:00Z'))
    answers['GET /guilds/1/members?limit=1000&after=0'] = { json: page }
    answers['GET /guilds/1/members?limit=1000&after=1000'] = { json: [] }
    const first = await poll('newMember', { server: '1' })
    expect(first.items).toHaveLength(1000)
    answers['GET /guilds/1/members?limit=1000&after=0'] = {
      json: [member('1', '2026-04-02T00:00:00Z'), ...page.slice(1)],
    }
    answers['GET /guilds/1/members?limit=1000&after=1000'] = {
      json: [member('1001', '2026-04-01T00:00:00Z'), member('1002', '2026-04-01T00:00:00Z', true)],
    }
    const second = await poll('newMember', { server: '1' }, first.cursor)
    expect(second.items.map(({ data }) => (data as { user: { id: string } }).user.id)).toEqual(['1001', '1'])
  })
})
