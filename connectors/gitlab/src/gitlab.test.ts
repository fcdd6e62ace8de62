import { createHash, createHmac } from 'node:crypto'
import type { JsonObject, JsonValue } from '@inlay/sdk/connector'
import {
  accountOf,
  createTestFiles,
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
import { baseUrlOf } from './gitlab-api.js'
import { connector } from './index.js'
import { sampleIssue, sampleMergeRequest } from './issue.js'
import { samplePipeline } from './pipeline.js'

const PROJECT = '/projects/acme%2Fshop'
const FILE = `${PROJECT}/repository/files/docs%2Fa%20b.txt`

let stub: StubServer
let answers: Record<string, StubAnswer>

/** Answers as GitLab's documentation of each request shows them. */
beforeAll(async () => {
  stub = await startStubServer(({ method, url }) => {
    const route = `${method} ${url.split('?')[0]}`
    const page = /[?&]page=(\d+)/.exec(url)?.[1]
    return answers[`${route} ${page}`] ?? answers[route] ?? { status: 404, json: { message: '404 Not found' } }
  })
})
afterAll(() => stub.close())
beforeEach(() => {
  answers = {
    'GET /user': { json: { id: 1, username: 'kim', name: 'Kim' } },
    [`POST ${PROJECT}/issues`]: { status: 201, json: { ...sampleIssue, upvotes: 4 } },
    [`PUT ${PROJECT}/issues/6`]: { json: sampleIssue },
    [`GET ${PROJECT}/issues/6`]: { json: sampleIssue },
  }
})

const auth = { kind: 'bearer' as const, token: 'test-token', fields: { host: 'gitlab.example.com' } }
const run = (action: string, input: object, more: object = {}) =>
  runAction(connector, action, { input: { project: 'acme/shop', ...input }, auth, baseUrl: stub.url, ...more })
const last = () => stub.requests.at(-1)
const sent = () => last()?.json()

describe('gitlab actions', () => {
  it('creates an issue at the host of the connection', async () => {
    const input = { title: 'Broken', labels: ['bug', 'cart'], assignees: [18], dueDate: '2026-05-01' }
    expect(await run('createIssue', input)).toMatchObject({ iid: 6 })
    expect(last()).toMatchObject({ method: 'POST', headers: { authorization: 'Bearer test-token' } })
    expect(sent()).toEqual({
      ...{ title: 'Broken', labels: 'bug,cart', assignee_ids: [18], due_date: '2026-05-01', confidential: false },
    })
    expect(baseUrlOf(auth)).toBe('https://gitlab.example.com/api/v4')
    expect(baseUrlOf({ ...auth, fields: {} })).toBe('https://gitlab.com/api/v4')
  })

  it('changes only what is named, reads, and comments', async () => {
    await run('updateIssue', { number: 6, state: 'close', addLabels: ['done'] })
    expect(sent()).toEqual({ state_event: 'close', add_labels: 'done' })
    expect(await run('getIssue', { number: '6' })).toEqual(sampleIssue)
    const note = { id: 302, body: 'Ok', created_at: '2026-04-11T08:00:00.000Z', author: { username: 'kim' } }
    answers[`POST ${PROJECT}/merge_requests/6/notes`] = { status: 201, json: note }
    expect(await run('addComment', { on: 'merge_request', number: 6, body: 'Ok' })).toEqual(note)
    expect(sent()).toEqual({ body: 'Ok', internal: false })
  })

  it('lists issues over pages, and no more than asked for', async () => {
    answers[`GET ${PROJECT}/issues 1`] = { json: [sampleIssue], headers: { 'x-next-page': '2' } }
    answers[`GET ${PROJECT}/issues 2`] = { json: [sampleIssue, sampleIssue], headers: { 'x-next-page': '' } }
    const found = (await run('listIssues', { labels: ['bug', 'cart'], limit: 2 })) as { issues: JsonValue[] }
    expect(found.issues).toHaveLength(2)
    expect(last()?.url).toBe(`${PROJECT}/issues?state=opened&labels=bug%2Ccart&per_page=100&page=2`)
    answers[`GET ${PROJECT}/merge_requests`] = { json: [sampleMergeRequest] }
    expect(await run('listMergeRequests', { state: 'all' })).toEqual({ mergeRequests: [sampleMergeRequest] })
    expect(last()?.url).not.toContain('state')
  })

  it('creates and merges merge requests', async () => {
    answers[`POST ${PROJECT}/merge_requests`] = { status: 201, json: sampleMergeRequest }
    await run('createMergeRequest', { sourceBranch: 'a', targetBranch: 'main', title: 'T', reviewers: [2] })
    expect(sent()).toEqual({
      ...{ source_branch: 'a', target_branch: 'main', title: 'T', reviewer_ids: [2], remove_source_branch: false },
    })
    answers[`PUT ${PROJECT}/merge_requests/6/merge`] = { json: { ...sampleMergeRequest, state: 'merged' } }
    expect(await run('merge', { number: 6, sha: 'abc', squash: true })).toMatchObject({ state: 'merged' })
    expect(sent()).toEqual({ sha: 'abc', squash: true })
  })

  it('reads files, makes those that are not there, and replaces others', async () => {
    const files = createTestFiles()
    const content = { file_name: 'a b.txt', encoding: 'base64', content: 'aGVsbG8=', last_commit_id: 'c1' }
    answers[`GET ${FILE}`] = { json: content }
    // The output fits the action's schema: `runAction` has checked it.
    const { file } = (await run('getFile', { path: '/docs/a b.txt' }, { files })) as { file: object }
    expect(file).toMatchObject({ name: 'a b.txt', size: 5 })
    expect(last()?.url).toBe(`${FILE}?ref=HEAD`)
    const input = { path: 'docs/a b.txt', branch: 'main', message: 'Write', file }
    answers[`POST ${FILE}`] = { status: 201, json: { file_path: 'docs/a b.txt', branch: 'main' } }
    answers[`PUT ${FILE}`] = { json: { file_path: 'docs/a b.txt', branch: 'main' } }
    await run('putFile', input, { files })
    expect(last()?.method).toBe('POST')
    expect(sent()).toEqual({ branch: 'main', commit_message: 'Write', encoding: 'base64', content: 'aGVsbG8=' })
    answers[`HEAD ${FILE}`] = { status: 200 }
    await run('putFile', input, { files })
    expect(last()?.method).toBe('PUT')
  })

  it('runs and reads pipelines, creates releases, searches', async () => {
    answers[`POST ${PROJECT}/pipeline`] = { status: 201, json: samplePipeline }
    expect(await run('runPipeline', { ref: 'main', variables: { A: '1' } })).toEqual(samplePipeline)
    expect(sent()).toEqual({ ref: 'main', variables: [{ key: 'A', value: '1' }] })
    answers[`GET ${PROJECT}/pipelines/287`] = { json: samplePipeline }
    expect(await run('getPipeline', { pipeline: 287 })).toEqual(samplePipeline)
    const at = '2026-04-11T08:00:00.000Z'
    const release = { tag_name: 'v2', name: 'v2', description: null, created_at: at, released_at: at }
    answers[`POST ${PROJECT}/releases`] = { status: 201, json: release }
    expect(await run('createRelease', { tag: 'v2', ref: 'main' })).toEqual(release)
    expect(sent()).toEqual({ tag_name: 'v2', ref: 'main' })
    answers[`GET ${PROJECT}/search`] = { json: [sampleIssue] }
    expect(await run('search', { words: 'cart' })).toMatchObject({ found: [{ number: 6, state: 'opened' }] })
    expect(last()?.url).toContain('scope=issues&search=cart')
  })

  it.each<[string, StubAnswer, object]>([
    ['a bad token', { status: 401, json: { message: '401 Unauthorized' } }, { kind: 'authentication' }],
    [
      'a missing scope',
      { status: 403, json: { error: 'insufficient_scope', error_description: 'Not enough.', scope: 'api' } },
      { kind: 'authorization', detail: 'Not enough.; insufficient_scope; The token needs the scope: api.' },
    ],
    [
      'a bad field',
      { status: 400, json: { message: { title: ['is too long'] } } },
      { kind: 'rejected', detail: 'title: is too long' },
    ],
    [
      'a list of problems',
      { status: 409, json: { message: ['It exists already'] } },
      { kind: 'rejected', detail: 'It exists already' },
    ],
    [
      'its pace',
      { status: 429, headers: { 'retry-after': '30' }, text: 'Retry later' },
      { kind: 'rate_limited', retryAfterMs: 30_000 },
    ],
    ['a problem of its own', { status: 502, text: 'Whoops' }, { kind: 'communication' }],
    ['a web page', { text: '<html>sign in</html>' }, { kind: 'communication' }],
  ])('understands %s', async (_, answer, problem) => {
    answers[`GET ${PROJECT}/issues/6`] = answer
    await expect(run('getIssue', { number: 6 })).rejects.toMatchObject(problem)
  })
})

describe('gitlab forms', () => {
  it('offers projects page by page, and labels once a project is chosen', async () => {
    const place = { of: 'createIssue', auth, baseUrl: stub.url }
    answers['GET /projects 1'] = {
      json: [{ path_with_namespace: 'acme/shop', name_with_namespace: 'Acme / Shop' }],
      headers: { 'x-next-page': '2' },
    }
    answers['GET /projects 2'] = { json: [] }
    const first = await loadOptions(connector, { ...place, field: 'project', search: 'sh' })
    expect(first.options).toEqual([{ value: 'acme/shop', label: 'Acme / Shop', description: 'acme/shop' }])
    expect(last()?.url).toContain('search=sh')
    const rest = await loadOptions(connector, { ...place, field: 'project', cursor: first.nextCursor ?? '' })
    expect(rest).toEqual({ options: [] })
    answers[`GET ${PROJECT}/labels`] = { json: [{ id: 1, name: 'bug' }] }
    const labels = await loadOptions(connector, { ...place, field: 'labels', input: { project: 'acme/shop' } })
    expect(labels.options).toEqual([{ value: 'bug', label: 'bug' }])
  })

  it('tests a connection and tells whose it is', async () => {
    expect(await accountOf(connector, { auth, baseUrl: stub.url })).toEqual({
      id: '1@gitlab.example.com',
      label: 'Kim (gitlab.example.com)',
    })
    answers['GET /user'] = { status: 401, json: { message: '401 Unauthorized' } }
    await expect(testConnection(connector, { auth, baseUrl: stub.url })).rejects.toMatchObject({
      kind: 'authentication',
    })
  })
})

describe('gitlab triggers', () => {
  it.each([
    ['newIssue', 'issues', sampleIssue],
    ['newMergeRequest', 'merge_requests', sampleMergeRequest],
  ])('%s tells each one once, those of the same moment too', async (trigger, list, sample) => {
    const at = (id: number, created_at: string) => ({ ...sample, id, created_at })
    const poll = (more: { cursor?: JsonValue } = {}) =>
      pollTrigger(connector, trigger, { input: { project: 'acme/shop' }, auth, baseUrl: stub.url, ...more })
    answers[`GET ${PROJECT}/${list}`] = { json: [at(2, '2026-04-02T00:00:00Z'), at(1, '2026-04-01T00:00:00Z')] }
    const first = await poll()
    expect(first.items.map(({ id }) => id)).toEqual(['1', '2'])
    answers[`GET ${PROJECT}/${list}`] = { json: [at(2, '2026-04-02T00:00:00Z'), at(3, '2026-04-02T00:00:00Z')] }
    const second = await poll({ cursor: first.cursor })
    expect(second.items.map(({ id }) => id)).toEqual(['3'])
    expect(decodeURIComponent(last()?.url ?? '')).toContain('created_after=2026-04-01T23:59:00.000Z')
    expect((await poll({ cursor: second.cursor })).items).toEqual([])
  })

  it.each([
    ['projectEvent', { events: ['issue'] }, 'issues_events'],
    ['pipelineStatus', {}, 'pipeline_events'],
  ])(
    '%s registers a webhook with a secret of its own, and removes it, twice if need be',
    async (trigger, input, on) => {
      // One that an earlier attempt left behind is removed first.
      answers[`GET ${PROJECT}/hooks`] = { json: [{ id: 11, url: 'https://hooks.test/hooks/token' }] }
      answers[`DELETE ${PROJECT}/hooks/11`] = { status: 204 }
      answers[`POST ${PROJECT}/hooks`] = { status: 201, json: { id: 12, signing_token_present: true } }
      const options = { input: { project: 'acme/shop', ...input }, auth, baseUrl: stub.url }
      const registered = await registerTrigger(connector, trigger, options)
      expect(registered.registration).toEqual({ id: 12, isSigned: true })
      expect(stub.requests.at(-2)).toMatchObject({ method: 'DELETE' })
      const body = { ...(sent() as JsonObject) }
      expect(body).toMatchObject({
        url: registered.webhookUrl,
        token: registered.secret,
        signing_token: expect.stringMatching(/^whsec_[A-Za-z0-9+/]{43}=$/),
        push_events: false,
        [on]: true,
      })
      expect(Object.values(body).filter((value) => value === true)).toHaveLength(2)
      answers[`DELETE ${PROJECT}/hooks/12`] = { status: 204 }
      await unregisterTrigger(connector, trigger, { ...options, ...registered })
      delete answers[`DELETE ${PROJECT}/hooks/12`]
      await unregisterTrigger(connector, trigger, { ...options, ...registered })
    },
  )

  it('takes what a GitLab that signs has signed lately, and no bare secret', async () => {
    const rawBody = JSON.stringify({ object_kind: 'issue', object_attributes: { iid: 6, action: 'open' } })
    const key = createHash('sha256').update('signing:test-secret').digest()
    const signed = (sentAt: number, given = key) => ({
      'webhook-id': 'd1',
      'idempotency-key': 'd1',
      'webhook-timestamp': String(sentAt),
      'webhook-signature': `v1,${createHmac('sha256', given).update(`d1.${sentAt}.${rawBody}`).digest('base64')}`,
    })
    const deliver = (headers: Record<string, string>) =>
      deliverWebhook(connector, 'projectEvent', {
        input: { project: 'acme/shop' },
        registration: { id: 12, isSigned: true },
        now: 1_000_000_000,
        request: { rawBody, headers },
      })
    expect(await deliver(signed(1_000_000))).toMatchObject({ kind: 'items', items: [{ id: 'd1' }] })
    const refused = { kind: 'refused' }
    expect(await deliver(signed(999_000))).toEqual(refused)
    expect(await deliver(signed(1_000_000, Buffer.from('other')))).toEqual(refused)
    expect(await deliver({ 'X-Gitlab-Token': 'test-secret' })).toEqual(refused)
  })

  it('tells apart what one event sets off, where an older GitLab sends no id', async () => {
    const ids = async (iid: number) => {
      const json = { object_kind: 'issue', object_attributes: { iid, action: 'open' } }
      const headers = { 'X-Gitlab-Token': 'test-secret', 'X-Gitlab-Event-UUID': 'e1' }
      const input = { project: 'acme/shop' }
      const delivered = await deliverWebhook(connector, 'projectEvent', { input, request: { json, headers } })
      return delivered.kind === 'items' ? delivered.items.map(({ id }) => id) : []
    }
    expect(await ids(6)).toEqual(await ids(6))
    expect(await ids(6)).not.toEqual(await ids(7))
  })

  it('takes what comes with the secret, and nothing else', async () => {
    const deliver = (trigger: string, input: object, json: JsonObject, token = 'test-secret') =>
      deliverWebhook(connector, trigger, {
        input: { project: 'acme/shop', ...input },
        request: { json, headers: { 'X-Gitlab-Token': token, 'Idempotency-Key': 'd1', 'X-Gitlab-Event-UUID': 'e1' } },
      })
    const issue = { object_kind: 'issue', object_attributes: { iid: 6, action: 'open' } }
    expect(await deliver('projectEvent', { actions: ['open'] }, issue)).toEqual({
      kind: 'items',
      items: [{ id: 'd1', data: { event: 'issue', action: 'open', payload: issue } }],
    })
    expect(await deliver('projectEvent', {}, issue, 'wrong-secret')).toEqual({ kind: 'refused' })
    expect(await deliver('projectEvent', {}, issue, '')).toEqual({ kind: 'refused' })
    expect(await deliver('projectEvent', { actions: ['close'] }, issue)).toEqual({ kind: 'items', items: [] })
    const pipeline = (status: string): JsonObject => ({
      object_kind: 'pipeline',
      object_attributes: { id: 31, status, ref: 'main', sha: 'abc', duration: 63 },
    })
    expect(await deliver('pipelineStatus', { ref: 'main' }, pipeline('failed'))).toMatchObject({
      items: [{ id: 'd1', data: { id: 31, status: 'failed', url: null, duration: 63 } }],
    })
    expect(await deliver('pipelineStatus', {}, pipeline('running'))).toEqual({ kind: 'items', items: [] })
    expect(await deliver('pipelineStatus', { ref: 'other' }, pipeline('failed'))).toEqual({ kind: 'items', items: [] })
  })
})

describeConnectorContract(connector, { describe, it, expect })
