import {
  accountOf,
  createTestFiles,
  loadOptions,
  runAction,
  type StubAnswer,
  type StubRequest,
  type StubServer,
  startStubServer,
  testConnection,
} from '@inlay/sdk/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { connector } from './index.js'

let stub: StubServer

const ok = (more: object = {}): StubAnswer => ({ json: { ok: true, ...more } })
const refused = (error: string, more: object = {}): StubAnswer => ({ json: { ok: false, error, ...more } })
const given = (request: StubRequest): Record<string, string> => JSON.parse(request.body) as Record<string, string>
/** Methods that read take forms alone. */
const formOnly = (handle: (form: URLSearchParams, request: StubRequest) => StubAnswer) => (request: StubRequest) =>
  request.headers['content-type'] === 'application/x-www-form-urlencoded'
    ? handle(request.form(), request)
    : refused('invalid_form_data')

/** Slack's file store is another origin than its API. */
const STORE = 'https://files.slack.test'

const PEOPLE = [
  { id: 'U2', name: 'kim', real_name: 'Kim Example', profile: { email: 'kim@example.com' }, tz: 'Europe/Amsterdam' },
  { id: 'U1', name: 'ada', deleted: false, is_bot: false, profile: { real_name: 'Ada Example' } },
  { id: 'U3', name: 'gone', deleted: true },
  { id: 'B1', name: 'robot', is_bot: true },
]

/** Answers as Slack's documentation of each method shows them. */
beforeAll(async () => {
  stub = await startStubServer({
    'POST /auth.test': ({ headers }) =>
      headers.authorization === 'Bearer xoxb-bad'
        ? refused('invalid_auth')
        : ok({ url: 'https://acme.slack.com/', team: 'Acme', user: 'bot', team_id: 'T1', user_id: 'U1', bot_id: 'B1' }),
    'POST /conversations.list': formOnly((form, { headers }) => {
      if (headers.authorization === 'Bearer xoxb-public' && form.get('types')?.includes('private') === true) {
        return refused('missing_scope', { needed: 'groups:read', provided: 'channels:read' })
      }
      return form.get('cursor') === 'dGVhbQ=='
        ? ok({ channels: [{ id: 'C1', name: 'random', is_private: true }], response_metadata: { next_cursor: '' } })
        : ok({ channels: [{ id: 'C2', name: 'sales' }], response_metadata: { next_cursor: 'dGVhbQ==' } })
    }),
    'POST /users.list': formOnly(() => ok({ members: PEOPLE })),
    'POST /users.lookupByEmail': formOnly((form) =>
      form.get('email') === 'kim@example.com' ? ok({ user: PEOPLE[0] }) : refused('users_not_found'),
    ),
    'POST /chat.postMessage': (request) => {
      if (request.headers.authorization === 'Bearer xoxb-bad') return refused('invalid_auth')
      const { channel, text } = given(request)
      if (channel === 'busy') return { ...refused('ratelimited'), status: 429, headers: { 'retry-after': '30' } }
      if (channel === 'private') return refused('not_in_channel')
      if (channel === 'scope') return refused('missing_scope', { needed: 'chat:write', provided: 'channels:read' })
      if (channel === 'odd') return ok({})
      if (channel === 'html') return { text: '<html>' }
      if (channel === 'down') return { status: 503, text: '' }
      return ok({ channel: channel ?? '', ts: '1405895017.000506', message: { type: 'message', text: text ?? '' } })
    },
    'POST /chat.update': ok({ channel: 'C1', ts: '1.2', text: 'bye' }),
    'POST /chat.delete': (request) =>
      given(request)['ts'] === 'gone' ? refused('message_not_found') : ok({ channel: 'C1', ts: '1.2' }),
    'POST /conversations.open': ok({ channel: { id: 'D1' } }),
    'POST /conversations.create': (request) =>
      given(request)['name'] === 'taken' ? refused('name_taken') : ok({ channel: { id: 'C9', name: 'new' } }),
    'POST /conversations.invite': (request) =>
      given(request)['users'] === 'U1' ? refused('already_in_channel') : ok({ channel: { id: 'C1' } }),
    'POST /conversations.setTopic': ok({ channel: { id: 'C1' } }),
    'POST /reactions.add': (request) => (given(request)['timestamp'] === 'again' ? refused('already_reacted') : ok()),
    'POST /files.getUploadURLExternal': formOnly((form) =>
      ok({ upload_url: `${STORE}/${form.get('filename')}`, file_id: 'F1' }),
    ),
    'POST /upload/a.txt': { text: 'OK - 3' },
    'POST /upload/full.txt': { status: 413, text: 'too large' },
    'POST /files.completeUploadExternal': ok({
      files: [{ id: 'F1', title: 'A', permalink: 'https://acme.slack.com/F1' }],
    }),
  })
})
afterAll(() => stub.close())

const auth = (token = 'xoxb-good') => ({ kind: 'bearer' as const, token, fields: {} })
const signedIn = { kind: 'oauth2' as const, accessToken: 'xoxb-good', scopes: [], extra: {}, fields: {} }
const run = (action: string, input: object, token?: string) =>
  runAction(connector, action, { input, auth: auth(token), baseUrl: stub.url })
const lastSent = (): unknown => JSON.parse(stub.requests.at(-1)?.body ?? '')

describe('slack', () => {
  it('posts a message, however it is connected', async () => {
    const input = { channel: 'C1', text: 'hi', threadTs: '1.2', blocks: [{ type: 'divider' }] }
    for (const each of [auth(), signedIn]) {
      const output = await runAction(connector, 'postMessage', { input, auth: each, baseUrl: stub.url })
      expect(output).toEqual({ channel: 'C1', ts: '1405895017.000506' })
      expect(stub.requests.at(-1)).toMatchObject({
        headers: { authorization: 'Bearer xoxb-good', 'content-type': 'application/json; charset=utf-8' },
      })
      expect(lastSent()).toEqual({ channel: 'C1', text: 'hi', thread_ts: '1.2', blocks: [{ type: 'divider' }] })
    }
  })

  it('updates and deletes a message, also one that is gone', async () => {
    await run('updateMessage', { channel: 'C1', ts: '1.2', text: 'bye' })
    expect(stub.requests.at(-1)).toMatchObject({ url: '/chat.update' })
    expect(lastSent()).toEqual({ channel: 'C1', ts: '1.2', text: 'bye' })
    expect(await run('deleteMessage', { channel: 'C1', ts: '1.2' })).toEqual({ wasThere: true })
    expect(await run('deleteMessage', { channel: 'C1', ts: 'gone' })).toEqual({ wasThere: false })
  })

  it('writes to one person', async () => {
    expect(await run('sendDirectMessage', { user: 'U2', text: 'hi' })).toMatchObject({ channel: 'D1' })
    expect(stub.requests.slice(-2).map(({ url, body }) => [url, JSON.parse(body)])).toEqual([
      ['/conversations.open', { users: 'U2' }],
      ['/chat.postMessage', { channel: 'D1', text: 'hi' }],
    ])
  })

  it('finds and lists people', async () => {
    const kim = { id: 'U2', handle: 'kim', name: 'Kim Example', email: 'kim@example.com', timeZone: 'Europe/Amsterdam' }
    expect(await run('findUserByEmail', { email: 'kim@example.com' })).toMatchObject(kim)
    await expect(run('findUserByEmail', { email: 'no@example.com' })).rejects.toMatchObject({
      kind: 'rejected',
      detail: expect.stringContaining('Nobody'),
    })
    expect(await run('listUsers', {})).toMatchObject({ users: [kim, { id: 'U1', name: 'Ada Example', email: null }] })
  })

  it('creates a channel, invites people once, sets the topic and lists channels over pages', async () => {
    expect(await run('createChannel', { name: 'new', isPrivate: true })).toEqual({ channel: 'C9', name: 'new' })
    expect(lastSent()).toEqual({ name: 'new', is_private: true })
    await expect(run('createChannel', { name: 'taken' })).rejects.toMatchObject({ kind: 'rejected' })
    await expect(run('createChannel', { name: 'Not Valid' })).rejects.toMatchObject({ kind: 'validation' })
    expect(await run('inviteToChannel', { channel: 'C1', users: ['U1', 'U2'] })).toEqual({ channel: 'C1' })
    expect(lastSent()).toEqual({ channel: 'C1', users: 'U2' })
    await run('setTopic', { channel: 'C1', topic: 'On call: Kim' })
    expect(await run('listChannels', { includePrivate: true })).toEqual({
      channels: [
        { id: 'C2', name: 'sales', isPrivate: false },
        { id: 'C1', name: 'random', isPrivate: true },
      ],
    })
    expect(await run('listChannels', { limit: 1 })).toMatchObject({ channels: [{ id: 'C2' }] })
  })

  it('reacts once', async () => {
    expect(await run('addReaction', { channel: 'C1', ts: '1.2', emoji: ':eyes:' })).toEqual({ emoji: 'eyes' })
    expect(lastSent()).toEqual({ channel: 'C1', timestamp: '1.2', name: 'eyes' })
    expect(await run('addReaction', { channel: 'C1', ts: 'again', emoji: 'eyes' })).toEqual({ emoji: 'eyes' })
  })

  it('uploads a file in three steps, and shows the token to Slack alone', async () => {
    const files = createTestFiles()
    const upload = async (name: string): Promise<unknown> => {
      const file = await files.write({ name, contentType: 'text/plain', bytes: Buffer.from('abc') })
      const input = { channel: 'C1', file, comment: 'Here' }
      const origins = { [STORE]: `${stub.url}/upload` }
      return runAction(connector, 'uploadFile', { input, files, auth: auth(), baseUrl: stub.url, origins })
    }
    expect(await upload('a.txt')).toEqual({ fileId: 'F1', permalink: 'https://acme.slack.com/F1' })
    const [asked, stored] = stub.requests.slice(-3)
    expect(asked?.form().get('length')).toBe('3')
    expect(stored).toMatchObject({ body: 'abc', headers: { 'content-type': 'application/octet-stream' } })
    expect(stored?.headers.authorization).toBeUndefined()
    expect(lastSent()).toEqual({ files: [{ id: 'F1', title: 'a.txt' }], channel_id: 'C1', initial_comment: 'Here' })
    await expect(upload('full.txt')).rejects.toMatchObject({ kind: 'rejected', data: { status: 413 } })
  })

  it('offers channels page by page, or all that fit what is searched for', async () => {
    const load = (more: { search?: string; cursor?: string } = {}, token?: string) =>
      loadOptions(connector, { of: 'postMessage', field: 'channel', auth: auth(token), baseUrl: stub.url, ...more })
    const sales = { value: 'C2', label: '#sales' }
    const random = { value: 'C1', label: '#random' }
    expect(await load()).toEqual({ options: [sales], nextCursor: 'dGVhbQ==' })
    expect(await load({ cursor: 'dGVhbQ==' })).toEqual({ options: [random] })
    expect(await load({ search: '#Ran' })).toEqual({ options: [random] })
    expect(await load({ search: 'a' })).toEqual({ options: [random, sales] })
    expect(await load({}, 'xoxb-public')).toMatchObject({ options: [sales] })
  })

  it('offers the people who are there', async () => {
    const request = { of: 'sendDirectMessage', field: 'user', auth: auth(), baseUrl: stub.url }
    expect(await loadOptions(connector, request)).toEqual({
      options: [
        { value: 'U2', label: 'Kim Example', description: '@kim' },
        { value: 'U1', label: 'Ada Example', description: '@ada' },
      ],
    })
  })

  it.each<[string, string, object]>([
    ['busy', 'xoxb-good', { kind: 'rate_limited', retryable: true, retryAfterMs: 30_000 }],
    ['private', 'xoxb-good', { kind: 'authorization', detail: expect.stringContaining('Invite the app') }],
    ['scope', 'xoxb-good', { kind: 'authorization', detail: expect.stringContaining('chat:write') }],
    ['C1', 'xoxb-bad', { kind: 'authentication' }],
    ['odd', 'xoxb-good', { kind: 'communication' }],
    ['html', 'xoxb-good', { kind: 'communication' }],
    ['down', 'xoxb-good', { kind: 'communication', retryable: true }],
  ])('maps the refusal for channel %s', async (channel, token, error) => {
    await expect(run('postMessage', { channel, text: 'x' }, token)).rejects.toMatchObject(error)
  })

  it('tests a connection, and tells whose it is', async () => {
    const at = { baseUrl: stub.url }
    await expect(testConnection(connector, { auth: auth(), ...at })).resolves.toBeUndefined()
    await expect(testConnection(connector, { auth: auth('xoxb-bad'), ...at })).rejects.toMatchObject({
      kind: 'authentication',
    })
    expect(await accountOf(connector, { auth: signedIn, ...at })).toEqual({ id: 'T1', label: 'Acme' })
  })

  it('leaves nobody who makes a connection a say in where its token goes', () => {
    expect(connector.auth.map(({ fields }) => fields)).toEqual([undefined, undefined])
    expect(connector.api?.baseUrl).toBe('https://slack.com/api')
    expect(connector.actions['postMessage']?.delivery).toBe('at-most-once')
  })
})
