import {
  loadOptions,
  runAction,
  type StubAnswer,
  type StubServer,
  startStubServer,
  testConnection,
} from '@inlay/sdk/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createSlackConnector } from './connector.js'
import { connector as published } from './index.js'
import { SlackApi } from './slack-api.js'

let stub: StubServer
let connector: ReturnType<typeof createSlackConnector>

const ok = (more: object): StubAnswer => ({ json: { ok: true, ...more } })
const refused = (error: string, more: object = {}): StubAnswer => ({ json: { ok: false, error, ...more } })

/** Answers as Slack's documentation of each method shows them. */
beforeAll(async () => {
  stub = await startStubServer({
    'POST /auth.test': ({ headers }) =>
      headers.authorization === 'Bearer xoxb-bad'
        ? refused('invalid_auth')
        : ok({ url: 'https://acme.slack.com/', team: 'Acme', user: 'bot', team_id: 'T1', user_id: 'U1', bot_id: 'B1' }),
    'POST /conversations.list': ({ headers, body }) => {
      if (headers['content-type'] !== 'application/x-www-form-urlencoded') return refused('invalid_form_data')
      const given = new URLSearchParams(body)
      if (headers.authorization === 'Bearer xoxb-public' && given.get('types')?.includes('private') === true) {
        return refused('missing_scope', { needed: 'groups:read', provided: 'channels:read' })
      }
      return given.get('cursor') === 'dGVhbQ=='
        ? ok({ channels: [{ id: 'C1', name: 'random', is_archived: false }], response_metadata: { next_cursor: '' } })
        : ok({ channels: [{ id: 'C2', name: 'sales' }], response_metadata: { next_cursor: 'dGVhbQ==' } })
    },
    'POST /chat.postMessage': ({ headers, body }) => {
      if (headers.authorization === 'Bearer xoxb-bad') return refused('invalid_auth')
      const { channel, text } = JSON.parse(body) as Record<string, string>
      if (channel === 'busy') return { ...refused('ratelimited'), status: 429, headers: { 'retry-after': '30' } }
      if (channel === 'private') return refused('not_in_channel')
      if (channel === 'scope') return refused('missing_scope', { needed: 'chat:write', provided: 'channels:read' })
      if (channel === 'odd') return ok({})
      if (channel === 'html') return { text: '<html>' }
      return ok({ channel: channel ?? '', ts: '1405895017.000506', message: { type: 'message', text: text ?? '' } })
    },
    'POST /chat.update': ok({ channel: 'C1', ts: '1.2', text: 'bye' }),
  })
  connector = createSlackConnector(new SlackApi(stub.url))
})
afterAll(() => stub.close())

const auth = (token = 'xoxb-good') => ({ kind: 'bearer' as const, token, fields: {} })

describe('slack', () => {
  it('posts a message', async () => {
    const input = { channel: 'C1', text: 'hi', threadTs: '1.2' }
    const output = await runAction(connector, 'postMessage', { input, auth: auth() })
    expect(output).toEqual({ channel: 'C1', ts: '1405895017.000506' })
    expect(stub.requests.at(-1)).toMatchObject({
      headers: { authorization: 'Bearer xoxb-good', 'content-type': 'application/json; charset=utf-8' },
    })
    expect(JSON.parse(stub.requests.at(-1)?.body ?? '')).toEqual({ channel: 'C1', text: 'hi', thread_ts: '1.2' })
  })

  it('updates a message', async () => {
    await runAction(connector, 'updateMessage', { input: { channel: 'C1', ts: '1.2', text: 'bye' }, auth: auth() })
    expect(stub.requests.at(-1)).toMatchObject({ url: '/chat.update' })
    expect(JSON.parse(stub.requests.at(-1)?.body ?? '')).toEqual({ channel: 'C1', ts: '1.2', text: 'bye' })
  })

  it('lists channels over pages, sorted and searched', async () => {
    const load = (search = '', token?: string) =>
      loadOptions(connector, { action: 'postMessage', field: 'channel', auth: auth(token), search })
    const all = [
      { value: 'C1', label: '#random' },
      { value: 'C2', label: '#sales' },
    ]
    expect(await load()).toEqual(all)
    expect(await load('#Sal')).toEqual([{ value: 'C2', label: '#sales' }])
    expect(await load('', 'xoxb-public')).toEqual(all)
  })

  it.each<[string, string, object]>([
    ['busy', 'xoxb-good', { kind: 'rate_limited', retryable: true, retryAfterMs: 30_000 }],
    ['private', 'xoxb-good', { kind: 'authorization', detail: expect.stringContaining('Invite the app') }],
    ['scope', 'xoxb-good', { kind: 'authorization', detail: expect.stringContaining('chat:write') }],
    ['C1', 'xoxb-bad', { kind: 'authentication' }],
    ['odd', 'xoxb-good', { kind: 'communication' }],
    ['html', 'xoxb-good', { kind: 'communication' }],
  ])('maps the refusal for channel %s', async (channel, token, error) => {
    const run = runAction(connector, 'postMessage', { input: { channel, text: 'x' }, auth: auth(token) })
    await expect(run).rejects.toMatchObject(error)
  })

  it('tests a connection', async () => {
    await expect(testConnection(connector, auth())).resolves.toBeUndefined()
    await expect(testConnection(connector, auth('xoxb-bad'))).rejects.toMatchObject({ kind: 'authentication' })
  })

  it('leaves nobody who makes a connection a say in where its token goes', () => {
    expect(published.auth.fields).toBeUndefined()
    expect(published).toMatchObject({ id: 'slack', actions: { postMessage: { delivery: 'at-most-once' } } })
  })
})
