import {
  describeConnectorContract,
  pollTrigger,
  runAction,
  type StubAnswer,
  type StubServer,
  startStubServer,
  testConnection,
} from '@inlay/sdk/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { connector } from './index.js'
import { sampleTicket } from './ticket.js'

let stub: StubServer
let answer: StubAnswer
beforeAll(async () => {
  stub = await startStubServer(() => answer)
})
afterAll(() => stub.close())

const auth = { kind: 'basic' as const, username: 'a@b.example', password: 'test', fields: { subdomain: 'acme' } }
const place = () => ({ auth, baseUrl: stub.url })
const run = (action: string, input: object) => runAction(connector, action, { input, ...place() })
const last = () => stub.requests.at(-1)

describe('zendesk', () => {
  it('creates, changes and reads tickets', async () => {
    answer = { json: { ticket: sampleTicket } }
    await run('createTicket', { subject: 'a', message: 'b', requesterEmail: 'c@d.example' })
    const authorization = `Basic ${Buffer.from('a@b.example/token:test').toString('base64')}`
    expect(last()?.headers).toMatchObject({ authorization, 'idempotency-key': 'test-key' })
    expect(last()?.json()).toMatchObject({ ticket: { comment: { body: 'b' }, requester: { email: 'c@d.example' } } })
    await run('updateTicket', { ticket: 5, status: 'solved' })
    expect(last()).toMatchObject({ method: 'PUT', url: '/api/v2/tickets/5.json' })
    await run('addComment', { ticket: 5, message: 'x' })
    expect(last()?.json()).toEqual({ ticket: { comment: { body: 'x', public: false } } })
    expect(await run('getTicket', { ticket: 5 })).toMatchObject({ id: 35436 })
    answer = { json: { user: { id: 1, name: 'R', email: 'r@b.example' } } }
    expect(await run('saveUser', { email: 'r@b.example', name: 'R' })).toMatchObject({ id: 1 })
    await testConnection(connector, place())
    answer = { json: { results: [sampleTicket], meta: { has_more: false, after_cursor: null } } }
    expect(await run('searchTickets', { query: 'x' })).toMatchObject({ tickets: [{ id: 35436 }] })
  })

  it('tells which field is refused, when to come back, and of people nobody knows', async () => {
    const details = { email: [{ description: 'is invalid' }] }
    answer = { status: 422, json: { error: 'RecordInvalid', description: 'Invalid.', details } }
    const refused = { kind: 'rejected', detail: 'Invalid. email: is invalid' }
    await expect(run('getTicket', { ticket: 5 })).rejects.toMatchObject(refused)
    answer = { status: 429, headers: { 'retry-after': '9' }, json: { error: 'TooMany' } }
    await expect(run('getTicket', { ticket: 5 })).rejects.toMatchObject({ kind: 'rate_limited', retryAfterMs: 9000 })
    answer = { json: { user: { id: null, name: 'Anonymous user' } } }
    await expect(testConnection(connector, place())).rejects.toMatchObject({ kind: 'authentication' })
  })

  it('reads the stream of changes from where it was', async () => {
    answer = { json: { tickets: [sampleTicket], after_cursor: 'c2', end_of_stream: false } }
    const since = Date.parse('2026-04-01T09:00:00Z')
    const now = Date.parse('2026-04-01T11:00:00Z')
    const poll = await pollTrigger(connector, 'newTicket', {
      input: {},
      cursor: { after: 'c1', since },
      now,
      ...place(),
    })
    expect(poll).toMatchObject({ items: [{ id: '35436' }], cursor: { after: 'c2', since }, hasMore: true })
    const later = await pollTrigger(connector, 'newTicket', {
      input: {},
      cursor: { after: 'c1', since: now },
      ...place(),
    })
    expect(later.items).toEqual([])
    expect(last()?.url).toBe('/api/v2/incremental/tickets/cursor.json?cursor=c1')
    const changed = await pollTrigger(connector, 'updatedTicket', { input: {}, now, ...place() })
    expect(changed.items[0]?.id).toBe('35436:2026-04-01T10:05:00Z')
  })
})

describeConnectorContract(connector, { describe, it, expect })
