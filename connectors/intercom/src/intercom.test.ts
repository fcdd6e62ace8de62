import {
  accountOf,
  loadOptions,
  runAction,
  type StubAnswer,
  type StubServer,
  startStubServer,
  testConnection,
} from '@inlay/sdk/testing'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { sampleContact } from './contact.js'
import { sampleConversation, sampleMessage } from './conversation.js'
import { connector } from './index.js'
import { apiUrl } from './intercom-api.js'

let stub: StubServer
let answers: StubAnswer[] = []
beforeAll(async () => {
  stub = await startStubServer(() => answers.shift() ?? { status: 500 })
})
afterAll(() => stub.close())
beforeEach(() => {
  answers = []
})

const auth = { kind: 'bearer' as const, token: 'test-token', fields: { region: 'us' } }
const place = () => ({ auth, baseUrl: stub.url })
const reply = (...bodies: Exclude<StubAnswer['json'], undefined>[]) => {
  answers = bodies.map((json) => ({ json }))
}
const last = () => stub.requests.at(-1)
const run = (action: string, input: object) => runAction(connector, action, { input, ...place() })
const admin = '7'
const errors = (code: string, message: string, field: string | null = null) => ({ errors: [{ code, message, field }] })

describe('actions', () => {
  it.each<[action: string, input: object, answer: object, method: string, url: string, body: object]>([
    [
      'createContact',
      { email: 'a@b.example', externalId: 'x', owner: '7', customAttributes: { plan: 'gold' } },
      sampleContact,
      'POST',
      '/contacts',
      { role: 'user', email: 'a@b.example', external_id: 'x', owner_id: 7, custom_attributes: { plan: 'gold' } },
    ],
    ['getContact', { contact: 'a/b' }, sampleContact, 'GET', '/contacts/a%2Fb', {}],
    ['getConversation', { conversation: '5' }, sampleConversation, 'GET', '/conversations/5?display_as=plaintext', {}],
    [
      'snoozeConversation',
      { conversation: '5', admin, until: '2026-04-01T10:00:00Z' },
      sampleConversation,
      'POST',
      '/conversations/5/parts',
      { message_type: 'snoozed', snoozed_until: 1775037600, admin_id: '7' },
    ],
    [
      'snoozeConversation',
      { conversation: '5', admin },
      sampleConversation,
      'POST',
      '/conversations/5/parts',
      { message_type: 'open', admin_id: '7' },
    ],
    [
      'trackEvent',
      { contact: 'c1', event: 'placed-order', at: '2026-04-01T10:00:00Z', metadata: { order: 'A-1' } },
      { event: 'placed-order' },
      'POST',
      '/events',
      { id: 'c1', event_name: 'placed-order', created_at: 1775037600, metadata: { order: 'A-1' } },
    ],
    ['updateContact', { contact: 'a/b', name: 'A' }, sampleContact, 'PUT', '/contacts/a%2Fb', { name: 'A' }],
    [
      'createConversation',
      { contact: 'c1', role: 'lead', message: 'hi' },
      sampleMessage,
      'POST',
      '/conversations',
      { from: { type: 'lead', id: 'c1' }, body: 'hi' },
    ],
    [
      'replyToConversation',
      { conversation: '5', admin, message: 'hi' },
      sampleConversation,
      'POST',
      '/conversations/5/reply',
      { message_type: 'comment', type: 'admin', admin_id: '7', body: 'hi' },
    ],
    [
      'replyToConversation',
      { conversation: '5', admin, message: 'hi', isNote: true },
      sampleConversation,
      'POST',
      '/conversations/5/reply',
      { message_type: 'note', type: 'admin', admin_id: '7', body: 'hi' },
    ],
    [
      'assignConversation',
      { conversation: '5', admin, assigneeKind: 'team', assignee: '9' },
      sampleConversation,
      'POST',
      '/conversations/5/parts',
      { message_type: 'assignment', type: 'team', admin_id: '7', assignee_id: '9' },
    ],
    [
      'closeConversation',
      { conversation: '5', admin },
      sampleConversation,
      'POST',
      '/conversations/5/parts',
      { message_type: 'close', type: 'admin', admin_id: '7' },
    ],
    [
      'addNote',
      { contact: 'c1', note: 'n', admin },
      { id: '34', created_at: 1, body: '<p>n</p>' },
      'POST',
      '/contacts/c1/notes',
      { body: 'n', admin_id: '7' },
    ],
    ['addTag', { contact: 'c1', tag: '94' }, { id: '94', name: 'T' }, 'POST', '/contacts/c1/tags', { id: '94' }],
    [
      'tagConversation',
      { conversation: '5', tag: '94', admin },
      { id: '94', name: 'T' },
      'POST',
      '/conversations/5/tags',
      { id: '94', admin_id: '7' },
    ],
    [
      'sendMessage',
      { admin, contact: 'c1', subject: 's', message: 'm' },
      sampleMessage,
      'POST',
      '/messages',
      {
        message_type: 'email',
        subject: 's',
        template: 'plain',
        body: 'm',
        from: { type: 'admin', id: 7 },
        to: { type: 'user', id: 'c1' },
      },
    ],
  ])('%s asks as documented', async (action, input, answer, method, url, body) => {
    answers = [{ text: JSON.stringify(answer) }]
    expect(await run(action, input)).toEqual(answer)
    expect(last()).toMatchObject({ method, url })
    expect(last()?.headers).toMatchObject({ authorization: 'Bearer test-token', 'intercom-version': '2.11' })
    // Requests that only read have no body.
    expect(last()?.body === '' ? {} : last()?.json()).toEqual(body)
  })

  it('searches contacts over pages', async () => {
    const next = { per_page: 100, starting_after: 'WzE' }
    reply({ data: [sampleContact], pages: { next } }, { data: [{ ...sampleContact, id: 'c2' }], pages: {} })
    const filters = [{ field: 'email', operator: '~', value: 'b.example' }]
    const found = await run('searchContacts', { filters, match: 'any' })
    expect(found).toMatchObject({ contacts: [{ id: sampleContact.id }, { id: 'c2' }] })
    expect(last()?.json()).toMatchObject({
      query: { operator: 'OR', value: filters },
      pagination: { starting_after: 'WzE' },
    })
  })

  it.each<[string, StubAnswer, object]>([
    [
      'a wrong field',
      { status: 422, json: errors('parameter_invalid', 'is invalid', 'email') },
      { kind: 'rejected', detail: 'email: is invalid' },
    ],
    [
      'a wrong token',
      { status: 401, json: errors('unauthorized', 'Access Token Invalid') },
      { kind: 'authentication' },
    ],
    ['a revoked token', { status: 403, json: errors('token_revoked', 'Revoked') }, { kind: 'authentication' }],
    ['a known contact', { status: 409, json: errors('conflict', 'exists') }, { kind: 'rejected', detail: 'exists' }],
    [
      'too many calls',
      { status: 429, headers: { 'x-ratelimit-reset': '1' }, json: errors('rate_limit_exceeded', 'Slow down') },
      { kind: 'rate_limited', retryAfterMs: 0 },
    ],
  ])('tells of %s', async (_name, answer, error) => {
    answers = [answer]
    await expect(run('updateContact', { contact: 'c1', email: 'a@b.example' })).rejects.toMatchObject(error)
  })

  it('waits until Intercom counts anew', async () => {
    const reset = String(Math.ceil(Date.now() / 1000) + 3600)
    answers = [{ status: 429, headers: { 'x-ratelimit-reset': reset }, text: '' }]
    const error: unknown = await run('addTag', { contact: 'c', tag: '1' }).catch((thrown: unknown) => thrown)
    const inAnHour = expect.toSatisfy((ms: number) => ms > 1_800_000 && ms <= 3_601_000)
    expect(error).toMatchObject({ kind: 'rate_limited', retryAfterMs: inAnHour })
  })
})

describe('the connection and the form', () => {
  it('knows the workspace and its region', async () => {
    reply({ app: { id_code: 'w1', name: 'Acme' } }, { app: { id_code: 'w1', name: 'Acme' } })
    await testConnection(connector, place())
    expect(await accountOf(connector, place())).toEqual({ id: 'w1', label: 'Acme' })
    expect(last()?.url).toBe('/me')
    const at = (region: string) => apiUrl({ ...auth, fields: { region } })
    expect([at('us'), at('eu'), at('evil.example')]).toEqual([
      'https://api.intercom.io',
      'https://api.eu.intercom.io',
      'https://api.intercom.io',
    ])
  })

  it('offers teammates, teams, tags and contacts', async () => {
    const load = (of: string, field: string, more: object = {}) =>
      loadOptions(connector, { of, field, ...place(), ...more })
    const contacts = { data: [sampleContact], pages: { next: { starting_after: 'n' } } }
    reply({ admins: [{ id: '7', name: 'Ann', email: 'ann@b.example' }] }, { teams: [{ id: '9', name: 'Sales' }] })
    expect((await load('addNote', 'admin')).options).toMatchObject([{ value: '7', label: 'Ann' }])
    const teams = await load('assignConversation', 'assignee', { input: { assigneeKind: 'team' } })
    expect(teams.options).toEqual([{ value: '9', label: 'Sales' }])
    reply({ data: [{ id: '94', name: 'VIP' }] }, contacts)
    expect((await load('addTag', 'tag')).options).toEqual([{ value: '94', label: 'VIP' }])
    expect(await load('addTag', 'contact', { search: 'joe' })).toMatchObject({
      options: [{ value: sampleContact.id, label: 'Joe Bloggs' }],
      nextCursor: 'n',
    })
  })
})
