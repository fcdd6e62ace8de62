import { loadOptions, runAction, type StubServer, startStubServer, testConnection } from '@inlay/sdk/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { connector } from './connector.js'

let stub: StubServer

beforeAll(async () => {
  stub = await startStubServer(({ url, body, headers }) => {
    if (headers.authorization !== 'Bearer xoxb-good') return { json: { ok: false, error: 'invalid_auth' } }
    const input = JSON.parse(body) as Record<string, string>
    if (url === '/conversations.list') {
      return input['cursor'] === undefined
        ? {
            json: { ok: true, channels: [{ id: 'C2', name: 'sales' }], response_metadata: { next_cursor: 'dGVhbQ==' } },
          }
        : { json: { ok: true, channels: [{ id: 'C1', name: 'random' }], response_metadata: { next_cursor: '' } } }
    }
    if (input['channel'] === 'busy')
      return { status: 429, headers: { 'retry-after': '30' }, json: { ok: false, error: 'ratelimited' } }
    if (input['channel'] === 'private') return { json: { ok: false, error: 'not_in_channel' } }
    return { json: { ok: true, channel: input['channel'] ?? '', ts: '1405895017.000506' } }
  })
})
afterAll(() => stub.close())

const auth = (token = 'xoxb-good') => ({ kind: 'bearer' as const, token, fields: { apiUrl: stub.url } })

describe('slack', () => {
  it('posts a message', async () => {
    const output = await runAction(connector, 'postMessage', {
      input: { channel: 'C1', text: 'hi', threadTs: '1.2' },
      auth: auth(),
    })
    expect(output).toEqual({ channel: 'C1', ts: '1405895017.000506' })
    expect(JSON.parse(stub.requests.at(-1)?.body ?? '')).toEqual({ channel: 'C1', text: 'hi', thread_ts: '1.2' })
  })

  it('updates a message', async () => {
    await runAction(connector, 'updateMessage', { input: { channel: 'C1', ts: '1.2', text: 'bye' }, auth: auth() })
    expect(stub.requests.at(-1)).toMatchObject({ url: '/chat.update' })
  })

  it('lists channels over pages, sorted and searched', async () => {
    const load = (search = '') =>
      loadOptions(connector, { action: 'postMessage', field: 'channel', auth: auth(), search })
    expect(await load()).toEqual([
      { value: 'C1', label: '#random' },
      { value: 'C2', label: '#sales' },
    ])
    expect(await load('#sal')).toEqual([{ value: 'C2', label: '#sales' }])
  })

  it.each<[string, string, object]>([
    ['busy', 'xoxb-good', { kind: 'rate_limited', retryAfterMs: 30_000 }],
    ['private', 'xoxb-good', { kind: 'authorization', detail: expect.stringContaining('Invite the app') }],
    ['C1', 'xoxb-bad', { kind: 'authentication' }],
  ])('maps the refusal for channel %s', async (channel, token, error) => {
    const run = runAction(connector, 'postMessage', { input: { channel, text: 'x' }, auth: auth(token) })
    await expect(run).rejects.toMatchObject(error)
  })

  it('tests a connection', async () => {
    await expect(testConnection(connector, auth())).resolves.toBeUndefined()
    await expect(testConnection(connector, auth('no'))).rejects.toMatchObject({ kind: 'authentication' })
  })
})
