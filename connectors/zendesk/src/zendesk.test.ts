import {
  attemptAction,
  createTestFiles,
  createTestStores,
  describeConnectorContract,
  loadOptions,
  loadSchema,
  pollTrigger,
  runAction,
  type StubAnswer,
  type StubServer,
  startStubServer,
  testConnection,
} from '@inlay/sdk/testing'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { connector } from './index.js'
import { sampleOrganization, sampleUser } from './person.js'
import { sampleTicket } from './ticket.js'

let stub: StubServer
let answers: StubAnswer[]
beforeAll(async () => {
  // The last of the answers is given for ever.
  stub = await startStubServer(() => (answers.length > 1 ? answers.shift() : answers[0]) ?? { status: 500 })
})
afterAll(() => stub.close())
beforeEach(() => {
  answers = [{ json: { ticket: sampleTicket } }]
})

const auth = { kind: 'basic' as const, username: 'a@b.example', password: 'test', fields: { subdomain: 'acme' } }
const files = createTestFiles()
const place = () => ({ auth, baseUrl: stub.url, files })
const run = (action: string, input: object) => runAction(connector, action, { input, ...place() })
const last = () => stub.requests.at(-1)
const listed = (name: string, items: object[], after: string | null = null) => ({
  json: { [name]: items, meta: { has_more: after !== null, after_cursor: after }, links: {} } as never,
})

describe('tickets', () => {
  it('are created once, with fields of the account’s own', async () => {
    const customFields = { '27642': '745' }
    await run('createTicket', { subject: 'a', message: 'b', requesterEmail: 'c@d.example', customFields, group: 5 })
    const authorization = `Basic ${Buffer.from('a@b.example/token:test').toString('base64')}`
    expect(last()).toMatchObject({ method: 'POST', url: '/api/v2/tickets' })
    expect(last()?.headers).toMatchObject({ authorization, 'idempotency-key': 'test-key' })
    expect(last()?.json()).toEqual({
      ticket: {
        subject: 'a',
        comment: { body: 'b', public: true },
        requester: { email: 'c@d.example', name: 'c@d.example' },
        group_id: 5,
        custom_fields: [{ id: 27642, value: '745' }],
      },
    })
  })

  it('are changed, read and deleted', async () => {
    await run('updateTicket', { ticket: 5, status: 'solved', assignee: 7 })
    expect(last()).toMatchObject({ method: 'PUT', url: '/api/v2/tickets/5' })
    expect(last()?.json()).toEqual({ ticket: { status: 'solved', assignee_id: 7 } })
    expect(await run('getTicket', { ticket: 5 })).toMatchObject({ id: 35436, custom_fields: [{ id: 27642 }] })
    answers = [{ status: 204 }]
    expect(await run('deleteTicket', { ticket: 5 })).toEqual({ id: 5 })
    expect(last()).toMatchObject({ method: 'DELETE', url: '/api/v2/tickets/5' })
  })

  it('take comments with files, which are uploaded under one token', async () => {
    const file = await files.write({ name: 'crash.log', contentType: 'text/plain', bytes: Buffer.from('boom') })
    const uploaded = { status: 201, json: { upload: { token: '6bk3gql82em5nmf', attachment: { id: 498483 } } } }
    answers = [uploaded, uploaded, { json: { ticket: sampleTicket } }]
    const from = stub.requests.length
    await run('addComment', { ticket: 5, message: '<b>x</b>', isHtml: true, files: [file, file] })
    const [first, second, put] = stub.requests.slice(from)
    expect(first).toMatchObject({ method: 'POST', url: '/api/v2/uploads?filename=crash.log', body: 'boom' })
    expect(first?.headers['content-type']).toBe('text/plain')
    expect(second?.url).toBe('/api/v2/uploads?filename=crash.log&token=6bk3gql82em5nmf')
    const comment = { html_body: '<b>x</b>', public: false, uploads: ['6bk3gql82em5nmf'] }
    expect(put?.json()).toEqual({ ticket: { comment } })
  })

  it('are created with the same upload when the step is repeated, as the key goes with one body', async () => {
    const file = await files.write({ name: 'a.txt', contentType: 'text/plain', bytes: Buffer.from('a') })
    const store = createTestStores()
    const upload = (token: string) => ({ status: 201, json: { upload: { token } } })
    const created = { status: 201, json: { ticket: sampleTicket } }
    answers = [upload('one'), { status: 503 }, created, upload('two')]
    const input = { subject: 'a', message: 'b', files: [file] }
    const create = () => runAction(connector, 'createTicket', { input, store, ...place() })
    await expect(create()).rejects.toMatchObject({ kind: 'communication' })
    await create()
    expect(last()?.json()).toMatchObject({ ticket: { comment: { uploads: ['one'] } } })
  })

  it('tell what was written, page by page, and give its files', async () => {
    const url = `${stub.url}/attachments/token/test/?name=crash.log`
    const attachment = { id: 498483, file_name: 'crash.log', content_type: 'text/plain', size: 4, content_url: url }
    const comment = { id: 1, author_id: 2, public: true, body: 'x', attachments: [attachment], created_at: '2026' }
    answers = [listed('comments', [comment], 'next'), listed('comments', [{ ...comment, id: 2 }])]
    const { comments } = (await run('listComments', { ticket: 5 })) as { comments: { id: number }[] }
    expect(comments.map(({ id }) => id)).toEqual([1, 2])
    expect(new URL(last()?.url ?? '', stub.url).searchParams.get('page[after]')).toBe('next')
    answers = [{ json: { attachment } }, { bytes: Buffer.from('boom') }]
    const { file } = (await run('downloadAttachment', { attachment: 498483 })) as { file: never }
    expect(Buffer.from(await files.read(file)).toString()).toBe('boom')
  })

  it('take and lose tags, one by one', async () => {
    const from = stub.requests.length
    answers = [{ json: { tags: ['a', 'important'] } }]
    expect(await run('changeTags', { ticket: 5, add: ['important'], remove: ['old'] })).toEqual({
      tags: ['a', 'important'],
    })
    const sent = stub.requests.slice(from).map(({ method, body }) => `${method} ${body}`)
    expect(sent).toEqual(['PUT {"tags":["important"]}', 'DELETE {"tags":["old"]}', 'GET '])
  })

  it('are merged by a job that is waited for', async () => {
    const job = { id: '8b726e606741012ffc2d782bcb7848fe', message: null }
    answers = [{ json: { job_status: { ...job, status: 'queued' } } }]
    const input = { ticket: 5, merged: [6], note: 'Same' }
    const waiting = await attemptAction(connector, 'mergeTickets', { input, ...place() })
    expect(waiting).toMatchObject({ state: { job: job.id } })
    expect(last()?.json()).toMatchObject({ ids: [6], target_comment: 'Same', target_comment_is_public: false })
    const resumed = { state: { job: job.id }, reason: 'time' as const, payload: null }
    answers = [{ json: { job_status: { ...job, status: 'completed' } } }]
    const done = await attemptAction(connector, 'mergeTickets', { input, resumed, ...place() })
    expect(done).toEqual({ id: 5, job: job.id })
    expect(last()?.url).toBe(`/api/v2/job_statuses/${job.id}`)
    answers = [{ json: { job_status: { ...job, status: 'failed', message: 'Ticket is closed' } } }]
    const failed = attemptAction(connector, 'mergeTickets', { input, resumed, ...place() })
    await expect(failed).rejects.toMatchObject({ kind: 'rejected', detail: 'Ticket is closed' })
  })

  it('take what a macro makes of them', async () => {
    const ticket = { ...sampleTicket, status: 'solved', comment: { body: 'Done.', html_body: '', public: true } }
    answers = [{ json: { result: { ticket } } }, { json: { ticket: sampleTicket } }]
    await run('applyMacro', { ticket: 5, macro: 25 })
    const written = last()?.json() as { ticket: object }
    expect(written.ticket).toMatchObject({ status: 'solved', comment: { body: 'Done.', public: true } })
    expect(written.ticket).not.toHaveProperty('id')
  })
})

describe('people and organizations', () => {
  it('are created or changed', async () => {
    answers = [{ status: 201, json: { user: sampleUser } }]
    const input = { email: 'r@b.example', name: 'R', fields: { user_level: 'gold' } }
    expect(await run('saveUser', input)).toMatchObject({ id: 35436 })
    expect(last()?.json()).toMatchObject({ user: { user_fields: { user_level: 'gold' }, skip_verify_email: true } })
    answers = [{ json: { organization: sampleOrganization } }]
    await run('saveOrganization', { name: 'G', externalId: 'ABC198', domains: ['example.com'] })
    expect(last()?.url).toBe('/api/v2/organizations/create_or_update')
    expect(last()?.json()).toEqual({
      organization: { name: 'G', external_id: 'ABC198', domain_names: ['example.com'] },
    })
  })

  it('are found with tickets by one search', async () => {
    answers = [listed('results', [sampleTicket])]
    expect(await run('searchTickets', { query: 'x' })).toMatchObject({ tickets: [{ id: 35436 }] })
    const asked = new URL(last()?.url ?? '', stub.url)
    expect(asked.pathname).toBe('/api/v2/search/export')
    expect(asked.searchParams.get('filter[type]')).toBe('ticket')
    answers = [listed('results', [sampleUser])]
    expect(await run('searchUsers', { query: 'x' })).toMatchObject({ users: [{ name: 'Roger Wilco' }] })
    answers = [listed('results', [sampleOrganization])]
    expect(await run('searchOrganizations', { query: 'x' })).toMatchObject({ organizations: [{ id: 35436 }] })
  })
})

describe('the form', () => {
  const options = (field: string, more: object = {}, of = 'createTicket') =>
    loadOptions(connector, { of, field, ...place(), ...more })

  it('offers groups, agents, organizations, forms and macros', async () => {
    answers = [listed('groups', [{ id: 211, name: 'DJs' }], 'more')]
    expect(await options('group')).toEqual({ options: [{ value: 211, label: 'DJs' }], nextCursor: 'more' })
    answers = [listed('users', [{ id: 1, name: 'Kim', email: 'k@b.example' }])]
    expect(await options('assignee')).toMatchObject({ options: [{ description: 'k@b.example' }] })
    expect(new URL(last()?.url ?? '', stub.url).searchParams.getAll('role[]')).toEqual(['agent', 'admin'])
    answers = [{ json: { organizations: [{ id: 2, name: 'Groablet' }] } }]
    expect(await options('organization', { search: 'gro' })).toMatchObject({ options: [{ label: 'Groablet' }] })
    expect(last()?.url).toBe('/api/v2/organizations/autocomplete?name=gro')
    answers = [{ json: { ticket_forms: [{ id: 47, name: 'Snowboard Problem' }] } }]
    expect(await options('form')).toMatchObject({ options: [{ value: 47 }] })
    answers = [listed('macros', [{ id: 25, title: 'Close and Save', description: null }])]
    expect(await options('macro', {}, 'applyMacro')).toEqual({ options: [{ value: 25, label: 'Close and Save' }] })
  })

  it('asks for fields of the account’s own, those of the chosen form', async () => {
    const field = { active: true, removable: true, custom_field_options: null }
    const choices = [{ name: 'Apple Pie', value: 'apple' }]
    const ticket_fields = [
      { ...field, id: 1, type: 'subject', title: 'Subject', removable: false },
      { ...field, id: 2, type: 'tagger', title: 'Cake', custom_field_options: choices },
      { ...field, id: 3, type: 'checkbox', title: 'Age' },
    ]
    answers = [{ json: { ticket_fields } }, { json: { ticket_form: { ticket_field_ids: [1, 2] } } }]
    const request = { of: 'createTicket', field: 'customFields', input: { form: 47 }, ...place() }
    expect(await loadSchema(connector, request)).toMatchObject({
      properties: { '2': { title: 'Cake', oneOf: [{ const: 'apple', title: 'Apple Pie' }] } },
    })
    expect(last()?.url).toBe('/api/v2/ticket_forms/47')
    const user_fields = [{ ...field, id: 7, key: 'user_level', type: 'integer', title: 'Level' }]
    answers = [{ json: { user_fields } }]
    const people = await loadSchema(connector, { of: 'saveUser', field: 'fields', ...place() })
    expect(people).toMatchObject({ properties: { user_level: { type: 'integer', title: 'Level' } } })
  })
})

describe('refusals', () => {
  it('tell which field is meant, when to come back, and of people nobody knows', async () => {
    const details = { email: [{ description: 'is invalid', error: 'InvalidValue' }] }
    answers = [{ status: 422, json: { error: 'RecordInvalid', description: 'Invalid.', details } }]
    const refused = { kind: 'rejected', detail: 'Invalid. email: is invalid' }
    await expect(run('getTicket', { ticket: 5 })).rejects.toMatchObject(refused)
    answers = [{ status: 429, headers: { 'retry-after': '9' }, json: { error: 'TooManyRequests' } }]
    await expect(run('getTicket', { ticket: 5 })).rejects.toMatchObject({ kind: 'rate_limited', retryAfterMs: 9000 })
    answers = [{ status: 409, json: { error: 'Conflict', description: 'Try again.' } }]
    await expect(run('getTicket', { ticket: 5 })).rejects.toMatchObject({ kind: 'communication' })
    answers = [{ status: 400, json: { errors: [{ code: 'InvalidEndpoint', title: 'No', detail: 'No such host' }] } }]
    await expect(run('getTicket', { ticket: 5 })).rejects.toMatchObject({ kind: 'rejected', detail: 'No such host' })
    answers = [{ json: { user: { id: null, name: 'Anonymous user' } } }]
    await expect(testConnection(connector, place())).rejects.toMatchObject({ kind: 'authentication' })
  })
})

describe('polling', () => {
  it('reads the stream of changes from where it was', async () => {
    answers = [{ json: { tickets: [sampleTicket], after_cursor: 'c2', end_of_stream: false } }]
    const since = Date.parse('2026-04-01T09:00:00Z')
    const now = Date.parse('2026-04-01T11:00:00Z')
    const poll = (id: string, more: object) => pollTrigger(connector, id, { input: {}, ...more, ...place() })
    const first = await poll('newTicket', { cursor: { after: 'c1', since }, now })
    expect(first).toMatchObject({ items: [{ id: '35436' }], cursor: { after: 'c2', since }, hasMore: true })
    expect((await poll('newTicket', { cursor: { after: 'c1', since: now } })).items).toEqual([])
    expect(last()?.url).toBe('/api/v2/incremental/tickets/cursor?cursor=c1&exclude_deleted=true')
    const changed = await poll('updatedTicket', { now })
    expect(changed.items[0]?.id).toBe('35436:2026-04-01T10:05:00Z')
    const person = (id: number, role: string) => ({ ...sampleUser, id, role, created_at: '2026-04-01T10:00:00Z' })
    answers = [
      { json: { users: [person(1, 'agent'), person(2, 'end-user')], after_cursor: 'u2', end_of_stream: true } },
    ]
    const people = await poll('newUser', { cursor: { after: 'u1', since }, input: { role: 'agent' } })
    expect(people).toMatchObject({ items: [{ id: '1' }], cursor: { after: 'u2' }, hasMore: false })
    expect(last()?.url).toBe('/api/v2/incremental/users/cursor?cursor=u1')
  })
})

describeConnectorContract(connector, { describe, it, expect })
