import { createHmac } from 'node:crypto'
import type { JsonObject, JsonValue } from '@inlay/sdk/connector'
import {
  accountOf,
  deliverWebhook,
  describeConnectorContract,
  loadOptions,
  pollTrigger,
  registerTrigger,
  runAction,
  type StubAnswer,
  type StubServer,
  startStubServer,
  testConnection,
  unregisterTrigger,
} from '@inlay/sdk/testing'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { sampleComment } from './comment.js'
import { connector } from './index.js'
import { sampleIssue } from './issue.js'
import { sampleProject } from './project.js'
import { requestId } from './request-id.js'

let stub: StubServer
let answers: Record<string, StubAnswer | StubAnswer[]>

const data = (held: JsonObject): StubAnswer => ({ json: { data: held } })
const list = (name: string, nodes: JsonValue[], endCursor: string | null = null) =>
  data({ [name]: { nodes, pageInfo: { hasNextPage: endCursor !== null, endCursor } } })
const error = (type: string, message = 'No', more: Partial<StubAnswer> = {}): StubAnswer => ({
  json: { data: null, errors: [{ message, extensions: { type, userPresentableMessage: message } }] },
  ...more,
})
const missing = error('invalid input', 'Entity not found')

/** Answers by the name of the operation, as Linear's schema has them. */
beforeAll(async () => {
  stub = await startStubServer((request) => {
    const { query } = request.json() as { query: string }
    const name = /^(?:query|mutation) (\w+)/.exec(query)?.[1] ?? 'Me'
    const given = answers[name]
    return (Array.isArray(given) ? given.shift() : given) ?? missing
  })
})
afterAll(() => stub.close())
beforeEach(() => {
  answers = {
    Me: data({ viewer: { id: 'u1', name: 'Kim' }, organization: { id: 'o1', name: 'Acme' } }),
    CreateIssue: data({ issueCreate: { issue: sampleIssue } }),
    UpdateIssue: data({ issueUpdate: { issue: sampleIssue } }),
    Issue: data({ issue: sampleIssue }),
    AddComment: data({ commentCreate: { comment: sampleComment } }),
  }
})

const auth = { kind: 'apiKey' as const, apiKey: 'test-key', fields: {} }
const run = (action: string, input: object) => runAction(connector, action, { input, auth, baseUrl: stub.url })
const last = () => stub.requests.at(-1)
const variables = (): JsonObject => ({ ...(last()?.json() as { variables?: JsonObject } | undefined)?.variables })

describe('linear actions', () => {
  it('creates an issue under an id that a repeated step has again', async () => {
    const input = { team: 't1', title: 'Broken', priority: 'urgent', state: 's1', labels: ['l1'] }
    expect(await run('createIssue', input)).toMatchObject({ identifier: 'ENG-123' })
    expect(last()).toMatchObject({ method: 'POST', url: '/graphql', headers: { authorization: 'test-key' } })
    const id = requestId('test-key')
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/)
    expect(variables()).toEqual({
      input: { id, teamId: 't1', title: 'Broken', priority: 1, stateId: 's1', labelIds: ['l1'] },
    })
    // The attempt before has made it: Linear refuses the id, and the issue is read.
    answers['CreateIssue'] = error('invalid input', 'Entity already exists')
    expect(await run('createIssue', input)).toMatchObject({ identifier: 'ENG-123' })
    expect(variables()).toEqual({ id })
    answers['Issue'] = missing
    await expect(run('createIssue', input)).rejects.toMatchObject({ kind: 'rejected', detail: 'Entity already exists' })
  })

  it('changes only what is named', async () => {
    await run('updateIssue', { issue: 'ENG-123', priority: 'none', addLabels: ['l2'] })
    expect(variables()).toEqual({ id: 'ENG-123', input: { priority: 0, addedLabelIds: ['l2'] } })
  })

  it('lists issues over pages, and no more than asked for', async () => {
    answers['Issues'] = [list('issues', [sampleIssue], 'c2'), list('issues', [sampleIssue, sampleIssue])]
    const found = (await run('listIssues', { team: 't1', label: 'l1', limit: 2 })) as { issues: JsonValue[] }
    expect(found.issues).toHaveLength(2)
    expect(variables()).toEqual({
      filter: { team: { id: { eq: 't1' } }, labels: { some: { id: { eq: 'l1' } } } },
      orderBy: 'updatedAt',
      first: 2,
      after: 'c2',
    })
  })

  it('gets, searches, archives, comments, attaches links', async () => {
    expect(await run('getIssue', { issue: 'ENG-123' })).toEqual(sampleIssue)
    answers['Search'] = list('searchIssues', [sampleIssue])
    expect(await run('searchIssues', { term: 'cart' })).toMatchObject({ issues: [{ identifier: 'ENG-123' }] })
    answers['ArchiveIssue'] = data({ issueArchive: { success: true } })
    expect(await run('archiveIssue', { issue: 'ENG-123', trash: true })).toEqual({ success: true })
    expect(variables()).toEqual({ id: 'ENG-123', trash: true })
    expect(await run('addComment', { issue: 'ENG-123', body: 'Hello' })).toEqual(sampleComment)
    expect(variables()).toEqual({ input: { id: requestId('test-key'), issueId: 'ENG-123', body: 'Hello' } })
    answers['Comments'] = data({
      issue: { comments: { nodes: [sampleComment], pageInfo: { hasNextPage: false, endCursor: null } } },
    })
    expect(await run('listComments', { issue: 'ENG-123' })).toEqual({ comments: [sampleComment] })
    const attachment = { id: 'a1', title: 'Order', url: 'https://shop.example.com/7' }
    answers['AttachLink'] = data({ attachmentCreate: { attachment } })
    const link = { issue: 'ENG-123', title: 'Order', url: 'https://shop.example.com/7' }
    expect(await run('attachLink', link)).toEqual(attachment)
  })

  it('creates and lists projects', async () => {
    answers['CreateProject'] = data({ projectCreate: { project: sampleProject } })
    expect(await run('createProject', { name: 'New shop', teams: ['t1'], lead: 'u1' })).toEqual(sampleProject)
    expect(variables()).toMatchObject({ input: { name: 'New shop', teamIds: ['t1'], leadId: 'u1' } })
    answers['Projects'] = list('projects', [sampleProject])
    expect(await run('listProjects', {})).toEqual({ projects: [sampleProject] })
  })

  it.each<[string, StubAnswer, object]>([
    ['a bad key', error('authentication error', 'No', { status: 401 }), { kind: 'authentication' }],
    ['a missing permission', error('forbidden'), { kind: 'authorization' }],
    [
      'a bad field with status 200',
      error('invalid input', 'teamId must be a UUID'),
      { kind: 'rejected', detail: 'teamId must be a UUID' },
    ],
    ['a bad query', { status: 400, json: { errors: [{ message: 'Cannot query' }] } }, { kind: 'rejected' }],
    [
      'its rate limit with status 400',
      {
        status: 400,
        headers: { 'x-ratelimit-requests-remaining': '0', 'x-ratelimit-requests-reset': '1' },
        json: { errors: [{ message: 'Rate limit exceeded', extensions: { code: 'RATELIMITED' } }] },
      },
      { kind: 'rate_limited', retryAfterMs: 0 },
    ],
    ['a problem of its own', error('internal error', 'Oops', { status: 500 }), { kind: 'communication' }],
    ['a web page', { text: '<html>down</html>' }, { kind: 'communication' }],
  ])('understands %s', async (_, answer, problem) => {
    answers['Issue'] = answer
    await expect(run('getIssue', { issue: 'ENG-123' })).rejects.toMatchObject(problem)
  })
})

describe('linear forms', () => {
  it('offers teams page by page, and states of the chosen one', async () => {
    const place = { of: 'createIssue', auth, baseUrl: stub.url }
    answers['Options'] = list('teams', [{ id: 't1', name: 'Engineering', key: 'ENG' }], 'c2')
    expect(await loadOptions(connector, { ...place, field: 'team', search: 'eng' })).toEqual({
      options: [{ value: 't1', label: 'Engineering', description: 'ENG' }],
      nextCursor: 'c2',
    })
    expect(variables()).toEqual({ filter: { name: { containsIgnoreCase: 'eng' } } })
    answers['Options'] = list('workflowStates', [{ id: 's1', name: 'Todo' }])
    const states = await loadOptions(connector, { ...place, field: 'state', input: { team: 't1' }, cursor: 'c1' })
    expect(states).toEqual({ options: [{ value: 's1', label: 'Todo' }] })
    expect(variables()).toEqual({ after: 'c1', filter: { team: { id: { eq: 't1' } } } })
  })

  it('tests a connection and tells whose it is', async () => {
    const oauth = { kind: 'oauth2' as const, accessToken: 'test-token', scopes: ['read'], extra: {}, fields: {} }
    expect(await accountOf(connector, { auth: oauth, baseUrl: stub.url })).toEqual({ id: 'o1', label: 'Acme (Kim)' })
    expect(last()?.headers.authorization).toBe('Bearer test-token')
    answers['Me'] = error('authentication error', 'No', { status: 401 })
    await expect(testConnection(connector, { auth, baseUrl: stub.url })).rejects.toMatchObject({
      kind: 'authentication',
    })
  })
})

describe('linear triggers', () => {
  it('tells each new issue once, those of the same moment too', async () => {
    const at = (id: string, createdAt: string) => ({ ...sampleIssue, id, createdAt })
    const poll = (more: { cursor?: JsonValue } = {}) =>
      pollTrigger(connector, 'newIssue', { input: { team: 't1' }, auth, baseUrl: stub.url, ...more })
    answers['Issues'] = list('issues', [at('b', '2026-04-02T00:00:00.000Z'), at('a', '2026-04-01T00:00:00.000Z')])
    const first = await poll()
    expect(first.items.map(({ id }) => id)).toEqual(['a', 'b'])
    answers['Issues'] = list('issues', [at('c', '2026-04-02T00:00:00.000Z'), at('b', '2026-04-02T00:00:00.000Z')])
    const second = await poll({ cursor: first.cursor })
    expect(second.items.map(({ id }) => id)).toEqual(['c'])
    expect(variables()['filter']).toMatchObject({ createdAt: { gte: '2026-04-01T23:59:00.000Z' } })
  })

  const input = { team: 't1', resources: ['Issue' as const], actions: ['update' as const] }

  it('registers a webhook with a secret of its own, and removes it, twice if need be', async () => {
    // One that an earlier attempt left behind is removed first.
    const nodes = [
      { id: 'w0', url: 'https://hooks.test/hooks/token' },
      { id: 'other', url: null },
    ]
    answers['Webhooks'] = data({ webhooks: { nodes, pageInfo: { hasNextPage: false, endCursor: null } } })
    answers['CreateWebhook'] = data({ webhookCreate: { webhook: { id: 'w1' } } })
    answers['DeleteWebhook'] = [data({ webhookDelete: { success: true } })]
    const options = { input, auth, baseUrl: stub.url }
    const registered = await registerTrigger(connector, 'workspaceEvent', options)
    expect(registered.registration).toEqual({ id: 'w1' })
    expect(JSON.parse(stub.requests.at(-2)?.body ?? '').variables).toEqual({ id: 'w0' })
    expect(variables()).toEqual({
      input: {
        ...{ url: registered.webhookUrl, secret: registered.secret, resourceTypes: ['Issue'] },
        ...{ enabled: true, teamId: 't1' },
      },
    })
    const remove = () => unregisterTrigger(connector, 'workspaceEvent', { ...options, ...registered })
    answers['DeleteWebhook'] = [data({ webhookDelete: { success: true } })]
    await remove()
    await remove()
    answers['Webhook'] = data({ webhook: { id: 'w1' } })
    await expect(remove()).rejects.toMatchObject({ kind: 'rejected' })
  })

  it('takes what Linear signed lately, and nothing else', async () => {
    const now = 1_775_808_571_000
    const event = {
      ...{ action: 'update', type: 'Issue', createdAt: '2026-04-10T08:09:31.000Z', webhookTimestamp: now - 1000 },
      ...{
        data: { id: 'i1', title: 'New' },
        updatedFrom: { title: 'Old' },
        url: 'https://linear.app/acme/issue/ENG-1',
      },
    }
    const deliver = (body: object, signature?: string) => {
      const rawBody = JSON.stringify(body)
      const right = createHmac('sha256', 'test-secret').update(rawBody).digest('hex')
      const headers = { 'Linear-Delivery': 'd1', 'Linear-Signature': signature ?? right }
      return deliverWebhook(connector, 'workspaceEvent', { input, now, request: { rawBody, headers } })
    }
    expect(await deliver(event)).toEqual({
      kind: 'items',
      items: [
        {
          id: 'd1',
          data: {
            ...{ type: 'Issue', action: 'update', at: event.createdAt, url: event.url },
            ...{ data: event.data, updatedFrom: event.updatedFrom },
          },
        },
      ],
    })
    expect(await deliver(event, '')).toEqual({ kind: 'refused' })
    expect(await deliver(event, 'ab'.repeat(32))).toEqual({ kind: 'refused' })
    expect(await deliver({ ...event, webhookTimestamp: now - 3_600_000 })).toEqual({ kind: 'refused' })
    expect(await deliver({ ...event, action: 'create' })).toEqual({ kind: 'items', items: [] })
    expect(await deliver({ ...event, type: 'Comment' })).toEqual({ kind: 'items', items: [] })
  })
})

describeConnectorContract(connector, { describe, it, expect })
