import { createHmac } from 'node:crypto'
import type { AuthValues, JsonObject, JsonValue } from '@inlay/sdk/connector'
import {
  accountOf,
  createTestFiles,
  deliverWebhook,
  describeConnectorContract,
  loadOptions,
  loadSchema,
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
import { documentText, textDocument } from './document.js'
import { connector } from './index.js'

const ISSUE = '/rest/api/3/issue/SHOP-42'
const META = '/rest/api/3/issue/createmeta/SHOP/issuetypes'

function issue(more: JsonObject = {}, id = '10002'): JsonObject {
  const fields: JsonObject = {
    summary: 'The cart',
    description: {
      type: 'doc',
      version: 1,
      content: [{ type: 'paragraph', content: [{ type: 'text', text: 'It happens.' }] }],
    },
    ...{ status: { name: 'To Do', id: '1' }, issuetype: { name: 'Bug' }, priority: { name: 'High' }, resolution: null },
    ...{
      project: { key: 'SHOP' },
      assignee: null,
      reporter: { accountId: 'u1', displayName: 'Kim' },
      labels: ['cart'],
    },
    ...{ duedate: null, created: '2026-04-10T20:09:31.000+0000', updated: '2026-04-11T10:00:00.000+0200' },
    ...more,
  }
  return { id, key: 'SHOP-42', self: 'https://acme.atlassian.net/rest/api/3/issue/10002', fields }
}

let stub: StubServer
let answers: Record<string, StubAnswer | StubAnswer[]>

beforeAll(async () => {
  stub = await startStubServer(({ method, url }) => {
    const given = answers[`${method} ${url.split('?')[0]}`]
    const missing = { status: 404, json: { errorMessages: ['Issue does not exist.'], errors: {} } }
    return (Array.isArray(given) ? given.shift() : given) ?? missing
  })
})
afterAll(() => stub.close())
beforeEach(() => {
  const option = (id: string, value: string) => ({ id, value })
  answers = {
    [`GET ${ISSUE}`]: { json: issue({ customfield_1: 3 }) },
    [`PUT ${ISSUE}`]: { status: 204 },
    'POST /rest/api/3/issue': { status: 201, json: { id: '10002', key: 'SHOP-42', self: 'https://x.example' } },
    [`GET ${META}/10001`]: {
      json: {
        ...{ startAt: 0, maxResults: 200, total: 3 },
        fields: [
          { fieldId: 'summary', key: 'summary', name: 'Summary', required: true, schema: { type: 'string' } },
          {
            ...{ fieldId: 'customfield_2', key: 'customfield_2', name: 'Size', required: true },
            ...{
              schema: { type: 'option', custom: 'x:select' },
              allowedValues: [option('7', 'Small'), option('8', 'Big')],
            },
          },
          { fieldId: 'customfield_3', name: 'Notes', schema: { type: 'string', custom: 'x:textarea' } },
        ],
      },
    },
  }
})

const auth = {
  kind: 'basic' as const,
  username: 'kim@example.com',
  password: 'test-token',
  fields: { site: 'acme.atlassian.net' },
}
const signedIn = (fields: JsonObject = {}): AuthValues => {
  return { kind: 'oauth2', accessToken: 'test-token', scopes: [], extra: {}, fields }
}
const run = (action: string, input: object, more: object = {}) =>
  runAction(connector, action, { input, auth, baseUrl: stub.url, ...more })
const last = () => stub.requests.at(-1)
const sent = () => last()?.json()

describe('jira actions', () => {
  it('creates an issue with fields that only this site has', async () => {
    const fields = { customfield_2: 'Big', customfield_3: 'One\ntwo' }
    const input = { project: 'SHOP', issueType: '10001', summary: 'Broken', description: 'Text', parent: 'SHOP-1' }
    expect(await run('createIssue', { ...input, fields })).toEqual({
      ...{ id: '10002', key: 'SHOP-42', url: 'https://acme.atlassian.net/browse/SHOP-42' },
    })
    const basic = `Basic ${Buffer.from('kim@example.com:test-token').toString('base64')}`
    expect(last()).toMatchObject({ method: 'POST', headers: { authorization: basic } })
    expect(sent()).toEqual({
      fields: {
        project: { key: 'SHOP' },
        issuetype: { id: '10001' },
        summary: 'Broken',
        description: textDocument('Text'),
        parent: { key: 'SHOP-1' },
        customfield_2: { id: '8' },
        customfield_3: textDocument('One\ntwo'),
      },
    })
    await expect(run('createIssue', { ...input, fields: { customfield_9: 1 } })).rejects.toMatchObject({
      kind: 'validation',
      detail: expect.stringContaining('customfield_2 (Size)'),
    })
  })

  it('goes through the gateway to the site of a sign-in, which it looks up once', async () => {
    const sites = [
      { id: 'c1', url: 'https://acme.atlassian.net', name: 'acme' },
      { id: 'c2', url: 'https://other.atlassian.net', name: 'other' },
    ]
    answers['GET /oauth/token/accessible-resources'] = { json: sites }
    answers[`PUT /ex/jira/c2${ISSUE}`] = { status: 204 }
    answers[`GET /ex/jira/c2${ISSUE}`] = { json: issue() }
    const before = stub.requests.length
    const there = { auth: signedIn({ site: 'other.atlassian.net' }) }
    expect(await run('updateIssue', { issue: 'SHOP-42', summary: 'New' }, there)).toMatchObject({
      url: 'https://other.atlassian.net/browse/SHOP-42',
    })
    expect(stub.requests.slice(before).map(({ url }) => url.split('?')[0])).toEqual([
      '/oauth/token/accessible-resources',
      `/ex/jira/c2${ISSUE}`,
      `/ex/jira/c2${ISSUE}`,
    ])
    await expect(run('getIssue', { issue: 'SHOP-42' }, { auth: signedIn() })).rejects.toMatchObject({
      kind: 'authorization',
      detail: expect.stringContaining('https://other.atlassian.net'),
    })
  })

  it('changes, reads, moves, assigns and deletes issues', async () => {
    expect(await run('updateIssue', { issue: 'SHOP-42', labels: ['a'] })).toMatchObject({ key: 'SHOP-42' })
    expect(stub.requests.at(-2)?.json()).toEqual({ fields: { labels: ['a'] } })
    expect(await run('getIssue', { issue: 'SHOP-42', further: ['customfield_1'] })).toMatchObject({
      ...{ description: 'It happens.', status: 'To Do', reporter: { id: 'u1', name: 'Kim' } },
      ...{ created: '2026-04-10T20:09:31.000Z', updated: '2026-04-11T08:00:00.000Z', fields: { customfield_1: 3 } },
    })
    answers[`GET ${ISSUE}/transitions`] = { json: { transitions: [{ id: '31', name: 'Done', to: { name: 'Done' } }] } }
    answers[`POST ${ISSUE}/transitions`] = { status: 204 }
    await run('transitionIssue', { issue: 'SHOP-42', transition: 'done', comment: 'Ok' })
    expect(stub.requests.at(-2)?.json()).toEqual({
      transition: { id: '31' },
      update: { comment: [{ add: { body: textDocument('Ok') } }] },
    })
    answers[`PUT ${ISSUE}/assignee`] = { status: 204 }
    expect(await run('assignIssue', { issue: 'SHOP-42' })).toEqual({})
    expect(sent()).toEqual({ accountId: null })
    answers[`DELETE ${ISSUE}`] = { status: 204 }
    expect(await run('deleteIssue', { issue: 'SHOP-42', withSubtasks: true })).toEqual({})
    expect(last()?.url).toContain('deleteSubtasks=true')
  })

  it('searches over pages by token', async () => {
    answers['POST /rest/api/3/search/jql'] = [
      { json: { issues: [issue()], nextPageToken: 't2', isLast: false } },
      { json: { issues: [issue()], isLast: true } },
    ]
    expect(await run('searchIssues', { jql: 'project = SHOP' })).toMatchObject({ count: 2 })
    expect(sent()).toMatchObject({ jql: 'project = SHOP', maxResults: 50, nextPageToken: 't2' })
  })

  it('comments, lists comments, attaches files, finds users', async () => {
    const comment = {
      ...{ id: '1', author: { accountId: 'u1', displayName: 'Kim' }, created: '2026-04-11T08:00:00.000+0000' },
      body: textDocument('Hello\nyou') as JsonObject,
    }
    answers[`POST ${ISSUE}/comment`] = { status: 201, json: comment }
    expect(await run('addComment', { issue: 'SHOP-42', text: 'Hello\nyou' })).toMatchObject({ text: 'Hello\nyou' })
    expect(sent()).toEqual({ body: textDocument('Hello\nyou') })
    answers[`GET ${ISSUE}/comment`] = [
      { json: { comments: [comment], total: 2 } },
      { json: { comments: [comment], total: 2 } },
    ]
    expect(await run('listComments', { issue: 'SHOP-42' })).toMatchObject({ comments: { length: 2 } })
    expect(last()?.url).toContain('startAt=1')
    const files = createTestFiles()
    const file = await files.write({ name: 'a.txt', contentType: 'text/plain', bytes: Buffer.from('content') })
    const attachment = { id: '5', filename: 'a.txt', size: 7, content: 'https://acme.atlassian.net/a/5' }
    answers[`POST ${ISSUE}/attachments`] = { json: [attachment] }
    expect(await run('addAttachment', { issue: 'SHOP-42', file }, { files })).toEqual(attachment)
    expect(last()?.headers['x-atlassian-token']).toBe('no-check')
    expect(last()?.body).toContain('name="file"; filename="a.txt"')
    answers['GET /rest/api/3/user/search'] = [{ json: [{ accountId: 'u1', displayName: 'Kim' }] }, { json: [] }]
    expect(await run('searchUsers', { query: 'kim' })).toEqual({
      users: [{ id: 'u1', name: 'Kim', email: null, active: true }],
    })
  })

  it('keeps line ends and paragraphs of texts in documents', () => {
    expect(documentText(textDocument('One\ntwo\n\nthree'))).toBe('One\ntwo\nthree')
    expect(documentText(null)).toBeNull()
  })

  it.each<[string, StubAnswer, object]>([
    ['bad credentials', { status: 401, text: 'Client must be authenticated' }, { kind: 'authentication' }],
    [
      'a missing scope',
      { status: 401, json: { code: 401, message: 'Unauthorized; scope does not match' } },
      { kind: 'authorization' },
    ],
    ['a missing permission', { status: 403, json: { errorMessages: ['No'] } }, { kind: 'authorization', detail: 'No' }],
    [
      'a missing issue',
      { status: 404, json: { errorMessages: ['Gone'], errors: {} } },
      { kind: 'rejected', detail: 'Gone' },
    ],
    [
      'a bad field',
      { status: 400, json: { errorMessages: [], errors: { summary: 'is too long' } } },
      { kind: 'rejected', detail: 'summary: is too long' },
    ],
    ['its pace', { status: 429, headers: { 'retry-after': '5' } }, { kind: 'rate_limited', retryAfterMs: 5000 }],
    ['a web page', { text: '<html>down</html>' }, { kind: 'communication' }],
  ])('understands %s', async (_, answer, problem) => {
    answers[`GET ${ISSUE}`] = answer
    await expect(run('getIssue', { issue: 'SHOP-42' })).rejects.toMatchObject(problem)
  })
})

describe('jira forms', () => {
  it('offers projects page by page, types of issues, and the fields of a type', async () => {
    const at = { of: 'createIssue', auth, baseUrl: stub.url }
    answers['GET /rest/api/3/project/search'] = { json: { values: [{ key: 'SHOP', name: 'Shop' }], isLast: false } }
    expect(await loadOptions(connector, { ...at, field: 'project', search: 'sh' })).toEqual({
      options: [{ value: 'SHOP', label: 'Shop', description: 'SHOP' }],
      nextCursor: '1',
    })
    answers[`GET ${META}`] = { json: { issueTypes: [{ id: '10001', name: 'Bug' }] } }
    const input = { project: 'SHOP', issueType: '10001' }
    const types = await loadOptions(connector, { ...at, field: 'issueType', input })
    expect(types.options).toEqual([{ value: '10001', label: 'Bug' }])
    expect(await loadSchema(connector, { ...at, field: 'fields', input })).toMatchObject({
      properties: {
        customfield_2: { title: 'Size', enum: ['Small', 'Big'] },
        customfield_3: { title: 'Notes', format: 'multiline' },
      },
      required: ['customfield_2'],
    })
  })

  it('tests a connection and tells whose it is', async () => {
    answers['GET /rest/api/3/myself'] = { json: { accountId: 'u1', displayName: 'Kim' } }
    expect(await accountOf(connector, { auth, baseUrl: stub.url })).toEqual({
      id: 'u1@acme.atlassian.net',
      label: 'Kim (acme.atlassian.net)',
    })
    answers['GET /rest/api/3/users/search'] = { json: [{ accountId: 'u1', displayName: 'Kim' }] }
    const people = { of: 'createIssue', field: 'assignee', auth, baseUrl: stub.url }
    expect(await loadOptions(connector, people)).toEqual({ options: [{ value: 'u1', label: 'Kim' }] })
    answers['GET /rest/api/3/myself'] = { status: 401 }
    await expect(testConnection(connector, { auth, baseUrl: stub.url })).rejects.toMatchObject({
      kind: 'authentication',
    })
  })
})

describe('jira triggers', () => {
  it('tells each new issue once, late ones too, asking by minutes before now', async () => {
    const at = (id: string, created: string) => issue({ created: `${created}+0000` }, id)
    const found = (...issues: JsonObject[]): StubAnswer => ({ json: { issues, isLast: true } })
    const input = { jql: 'project = SHOP OR project = SITE ORDER BY rank' }
    const poll = (more: { cursor?: JsonValue } = {}) =>
      pollTrigger(connector, 'newIssue', {
        ...{ input, auth, baseUrl: stub.url, now: Date.parse('2026-04-02T00:10:00Z') },
        ...more,
      })
    answers['POST /rest/api/3/search/jql'] = found(
      at('2', '2026-04-02T00:00:00.000'),
      at('1', '2026-04-01T00:00:00.000'),
    )
    const first = await poll()
    expect(first.items.map(({ id }) => id)).toEqual(['1', '2'])
    expect(sent()).toMatchObject({
      jql: '(project = SHOP OR project = SITE) AND created >= -43200m ORDER BY created DESC',
    })
    answers['POST /rest/api/3/search/jql'] = found(
      at('0', '2026-04-01T23:58:00.000'),
      at('2', '2026-04-02T00:00:00.000'),
    )
    const second = await poll({ cursor: first.cursor })
    expect(second.items.map(({ id }) => id)).toEqual(['0'])
    expect(sent()).toMatchObject({
      jql: '(project = SHOP OR project = SITE) AND created >= -16m ORDER BY created ASC',
    })
  })

  it('tells of nothing old where the first poll found nothing, and never searches without a bound', async () => {
    const poll = (more: { cursor?: JsonValue } = {}) =>
      pollTrigger(connector, 'newIssue', { input: { jql: 'ORDER BY rank' }, auth, baseUrl: stub.url, ...more })
    answers['POST /rest/api/3/search/jql'] = { json: { issues: [], isLast: true } }
    const { cursor } = await poll()
    expect(sent()).toMatchObject({ jql: 'created >= -43200m ORDER BY created DESC' })
    await poll({ cursor })
    expect(sent()).toMatchObject({ jql: 'created >= -43200m ORDER BY created ASC' })
  })

  it('asks the site of a sign-in through the gateway, which it is listed at once for each product', async () => {
    const jira = { id: 'c1', url: 'https://acme.atlassian.net', name: 'acme', scopes: ['read:jira-work'] }
    const granular = { ...jira, scopes: ['read:issue:jira', 'read:field:jira'] }
    const confluence = { ...jira, scopes: ['read:confluence-content.summary'] }
    const noJira = { ...confluence, id: 'c2', url: 'https://docs.atlassian.net' }
    const poll = (more: { cursor?: JsonValue } = {}) =>
      pollTrigger(connector, 'newIssue', {
        ...{ input: { jql: 'project = SHOP' }, auth: signedIn(), baseUrl: stub.url },
        ...more,
      })
    answers['GET /oauth/token/accessible-resources'] = { json: [noJira, confluence, jira, granular] }
    const page = (id: string, more: JsonObject): StubAnswer => {
      const gateway = `https://api.atlassian.com/ex/jira/c1/rest/api/3/issue/${id}`
      const created = `2026-04-0${id}T00:00:00.000+0000`
      return { json: { issues: [{ ...issue({ created }, id), self: gateway }], ...more } }
    }
    answers['POST /ex/jira/c1/rest/api/3/search/jql'] = [page('1', { isLast: true })]
    const { cursor, items } = await poll()
    expect(items).toMatchObject([{ id: '1', data: { url: 'https://acme.atlassian.net/browse/SHOP-42' } }])
    expect(last()?.headers.authorization).toBe('Bearer test-token')
    answers['POST /ex/jira/c1/rest/api/3/search/jql'] = [page('2', { nextPageToken: 't' }), page('3', { isLast: true })]
    const before = stub.requests.length
    expect((await poll({ cursor })).items.map(({ id }) => id)).toEqual(['2', '3'])
    expect(stub.requests.slice(before).map(({ url }) => url)).toEqual([
      '/oauth/token/accessible-resources',
      ...Array(2).fill('/ex/jira/c1/rest/api/3/search/jql'),
    ])
    answers['POST /ex/jira/c1/rest/api/3/search/jql'] = {
      ...{ status: 401, json: { code: 401, message: 'Unauthorized; scope does not match' } },
    }
    await expect(poll({ cursor })).rejects.toMatchObject({ kind: 'authorization' })
    answers['GET /oauth/token/accessible-resources'] = { json: [noJira] }
    await expect(poll({ cursor })).rejects.toMatchObject({ detail: 'The sign-in reaches no site.' })
  })

  it('tells a changed issue once for each change', async () => {
    const options = { input: { jql: 'project = SHOP' }, auth, baseUrl: stub.url }
    answers['POST /rest/api/3/search/jql'] = { json: { issues: [issue()] } }
    const first = await pollTrigger(connector, 'changedIssue', options)
    const again = await pollTrigger(connector, 'changedIssue', { ...options, cursor: first.cursor })
    expect([first.items.length, again.items.length]).toEqual([1, 0])
  })

  const input = { events: ['jira:issue_updated' as const], jql: 'project = SHOP' }

  it('registers a webhook with a secret of its own, and removes it, twice if need be', async () => {
    const self = 'https://acme.atlassian.net/rest/webhooks/1.0/webhook/72'
    // One that an earlier attempt left behind is removed first.
    const left = { self: `${self}0`, url: 'https://hooks.test/hooks/token' }
    const other = { self: `${self}1`, url: 'https://elsewhere.example' }
    answers['GET /rest/webhooks/1.0/webhook'] = { json: [left, other] }
    answers['DELETE /rest/webhooks/1.0/webhook/720'] = { status: 204 }
    answers['POST /rest/webhooks/1.0/webhook'] = { status: 201, json: { self } }
    const options = { input, auth, baseUrl: stub.url }
    const registered = await registerTrigger(connector, 'issueEvent', options)
    expect(registered.registration).toEqual({ id: '72' })
    expect(sent()).toMatchObject({
      ...{ url: registered.webhookUrl, secret: registered.secret, events: ['jira:issue_updated'] },
      filters: { 'issue-related-events-section': 'project = SHOP' },
    })
    answers['DELETE /rest/webhooks/1.0/webhook/72'] = { status: 204 }
    await unregisterTrigger(connector, 'issueEvent', { ...options, ...registered })
    delete answers['DELETE /rest/webhooks/1.0/webhook/72']
    await unregisterTrigger(connector, 'issueEvent', { ...options, ...registered })
    const oauth = registerTrigger(connector, 'issueEvent', { ...options, auth: signedIn() })
    await expect(oauth).rejects.toMatchObject({ kind: 'validation' })
  })

  it('takes what Jira signed, and nothing else', async () => {
    const rawBody = JSON.stringify({ webhookEvent: 'jira:issue_updated', timestamp: 0, issue: { key: 'SHOP-42' } })
    const signature = `sha256=${createHmac('sha256', 'test-secret').update(rawBody).digest('hex')}`
    const deliver = (headers: Record<string, string>, body = rawBody) =>
      deliverWebhook(connector, 'issueEvent', {
        input,
        request: { rawBody: body, headers: { 'X-Atlassian-Webhook-Identifier': 'd1', ...headers } },
      })
    const data = { event: 'jira:issue_updated', at: '1970-01-01T00:00:00.000Z', issue: { key: 'SHOP-42' } }
    expect(await deliver({ 'X-Hub-Signature': signature })).toEqual({
      kind: 'items',
      items: [{ id: 'd1', data: { ...data, comment: null, changelog: null, user: null } }],
    })
    expect(await deliver({})).toEqual({ kind: 'refused' })
    expect(await deliver({ 'X-Hub-Signature': signature }, `${rawBody} `)).toEqual({ kind: 'refused' })
  })
})

describeConnectorContract(connector, { describe, it, expect })
