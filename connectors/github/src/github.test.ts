import { createHmac } from 'node:crypto'
import type { JsonValue } from '@inlay/sdk/connector'
import {
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
import { connector } from './index.js'
import { sampleIssue } from './issue.js'

const ISSUE: StubAnswer = { json: { ...sampleIssue, node_id: 'MDU6SXNzdWUx', locked: false } }

let stub: StubServer
let answers: Record<string, StubAnswer>

/** Answers as GitHub's documentation of each request shows them. */
beforeAll(async () => {
  stub = await startStubServer(({ method, url }) => {
    const route = `${method} ${url.split('?')[0]}`
    return answers[`${method} ${url}`] ?? answers[route] ?? { status: 404, json: { message: 'Not Found' } }
  })
})
afterAll(() => stub.close())
beforeEach(() => {
  answers = {
    'GET /user': { json: { id: 583231, login: 'octocat', name: 'The Octocat' } },
    'POST /repos/acme/shop/issues': { ...ISSUE, status: 201 },
    'PATCH /repos/acme/shop/issues/1347': ISSUE,
    'GET /repos/acme/shop/issues/1347': ISSUE,
  }
})

const auth = { kind: 'bearer' as const, token: 'test-token', fields: {} }
const run = (action: string, input: object, more: object = {}) =>
  runAction(connector, action, { input: { repository: 'acme/shop', ...input }, auth, baseUrl: stub.url, ...more })
const last = () => stub.requests.at(-1)

describe('github actions', () => {
  it('creates an issue with the credentials and the version of the API that it was written for', async () => {
    expect(await run('createIssue', { title: 'Broken', labels: ['bug'] })).toMatchObject({ number: 1347 })
    expect(last()).toMatchObject({
      method: 'POST',
      headers: { authorization: 'Bearer test-token', 'x-github-api-version': '2022-11-28' },
    })
    expect(JSON.parse(last()?.body ?? '')).toEqual({ title: 'Broken', labels: ['bug'] })
  })

  it('changes only what is named', async () => {
    await run('updateIssue', { number: 1347, state: 'closed', stateReason: 'not_planned' })
    expect(JSON.parse(last()?.body ?? '')).toEqual({ state: 'closed', state_reason: 'not_planned' })
  })

  it('lists issues over pages, without pull requests, and no more than asked for', async () => {
    const pull = { ...sampleIssue, id: 9, pull_request: { url: 'https://api.github.com/pulls/9' } }
    answers['GET /repos/acme/shop/issues'] = {
      json: [sampleIssue, pull],
      headers: { link: `<${stub.url}/more?page=2>; rel="next", <${stub.url}/more?page=9>; rel="last"` },
    }
    answers['GET /more?page=2'] = {
      json: [
        { ...sampleIssue, id: 2 },
        { ...sampleIssue, id: 3 },
      ],
    }
    const output = await run('listIssues', { labels: ['bug', 'cart'], limit: 2 })
    expect(output).toMatchObject({ issues: [{ id: 1 }, { id: 2 }] })
    expect(stub.requests.at(-2)?.url).toContain('labels=bug%2Ccart')
    // The next page is on the service's own origin, and gets the credentials too.
    expect(last()?.headers.authorization).toBe('Bearer test-token')
  })

  it('searches', async () => {
    answers['GET /search/issues'] = { json: { total_count: 7, incomplete_results: false, items: [sampleIssue] } }
    const output = await runAction(connector, 'searchIssues', { input: { query: 'is:open' }, auth, baseUrl: stub.url })
    expect(output).toMatchObject({ total: 7, issues: [{ number: 1347 }] })
  })

  it('reads and writes files', async () => {
    const files = createTestFiles()
    const content = { type: 'file', encoding: 'base64', content: 'aGVs\nbG8=\n', name: 'a b.txt', sha: 'abc' }
    answers['GET /repos/acme/shop/contents/docs/a%20b.txt'] = { json: content }
    answers['PUT /repos/acme/shop/contents/copy.txt'] = {
      json: { content: { sha: 'def', html_url: 'https://github.com/acme/shop' }, commit: { sha: 'c1' } },
    }
    // The output fits the action's schema: `runAction` has checked it.
    const { file } = (await run('getFile', { path: '/docs/a b.txt' }, { files })) as { file: object }
    expect(file).toMatchObject({ name: 'a b.txt', size: 5 })
    expect(await run('putFile', { path: 'copy.txt', message: 'Copy', file }, { files })).toMatchObject({ sha: 'def' })
    expect(JSON.parse(last()?.body ?? '')).toEqual({ message: 'Copy', content: 'aGVsbG8=' })
    answers['GET /repos/acme/shop/contents/docs'] = { json: { type: 'dir', name: 'docs', sha: 'x' } }
    await expect(run('getFile', { path: 'docs' }, { files })).rejects.toMatchObject({ kind: 'validation' })
  })

  it('starts a workflow, which GitHub answers with nothing', async () => {
    answers['POST /repos/acme/shop/actions/workflows/deploy.yml/dispatches'] = { status: 204 }
    expect(await run('dispatchWorkflow', { workflow: 'deploy.yml', ref: 'main' })).toEqual({})
  })

  it.each<[string, StubAnswer, object]>([
    ['bad credentials', { status: 401, json: { message: 'Bad credentials' } }, { kind: 'authentication' }],
    ['a missing permission', { status: 403, json: { message: 'Must have admin rights' } }, { kind: 'authorization' }],
    [
      'its primary rate limit',
      { status: 403, headers: { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '1' }, json: {} },
      { kind: 'rate_limited', retryAfterMs: 0 },
    ],
    [
      'its secondary rate limit',
      { status: 403, headers: { 'retry-after': '60' }, json: {} },
      { kind: 'rate_limited', retryAfterMs: 60_000 },
    ],
    [
      'a validation error',
      { status: 422, json: { message: 'Validation Failed', errors: [{ field: 'title', code: 'missing_field' }] } },
      { kind: 'rejected', detail: expect.stringContaining('missing_field') },
    ],
    ['a web page', { text: '<html>down</html>' }, { kind: 'communication' }],
  ])('understands %s', async (_, answer, error) => {
    answers['GET /repos/acme/shop/issues/1347'] = answer
    await expect(run('getIssue', { number: 1347 })).rejects.toMatchObject(error)
  })
})

describe('github forms', () => {
  it('offers repositories page by page, and labels once a repository is chosen', async () => {
    answers['GET /user/repos'] = {
      json: [{ full_name: 'acme/shop', description: 'The shop' }],
      headers: { link: `<${stub.url}/user/repos?page=2>; rel="next"` },
    }
    answers['GET /user/repos?page=2'] = { json: [{ full_name: 'acme/site', description: null }] }
    answers['GET /repos/acme/shop/labels'] = { json: [{ name: 'bug' }] }
    const place = { of: 'createIssue', auth, baseUrl: stub.url }
    const first = await loadOptions(connector, { ...place, field: 'repository' })
    expect(first.options).toEqual([{ value: 'acme/shop', label: 'acme/shop', description: 'The shop' }])
    const rest = await loadOptions(connector, { ...place, field: 'repository', cursor: first.nextCursor ?? '' })
    expect(rest).toEqual({ options: [{ value: 'acme/site', label: 'acme/site' }] })
    const labels = await loadOptions(connector, { ...place, field: 'labels', input: { repository: 'acme/shop' } })
    expect(labels.options).toEqual([{ value: 'bug', label: 'bug' }])
  })

  it('tests a connection and tells whose it is', async () => {
    await expect(testConnection(connector, { auth, baseUrl: stub.url })).resolves.toBeUndefined()
    answers['GET /user'] = { status: 401, json: { message: 'Bad credentials' } }
    await expect(testConnection(connector, { auth, baseUrl: stub.url })).rejects.toMatchObject({
      kind: 'authentication',
    })
  })
})

describe('github triggers', () => {
  it('tells each new issue once, those of the same second too', async () => {
    const at = (id: number, created_at: string) => ({ ...sampleIssue, id, created_at })
    const poll = (more: { cursor?: JsonValue } = {}) =>
      pollTrigger(connector, 'newIssue', { input: { repository: 'acme/shop' }, auth, baseUrl: stub.url, ...more })
    answers['GET /repos/acme/shop/issues'] = { json: [at(2, '2026-04-02T00:00:00Z'), at(1, '2026-04-01T00:00:00Z')] }
    const first = await poll()
    expect(first.items.map(({ id }) => id)).toEqual(['1', '2'])
    answers['GET /repos/acme/shop/issues'] = { json: [at(3, '2026-04-02T00:00:00Z'), at(2, '2026-04-02T00:00:00Z')] }
    const second = await poll({ cursor: first.cursor })
    expect(second.items.map(({ id }) => id)).toEqual(['3'])
    expect(last()?.url).toContain('since=2026-04-01T23%3A59%3A00.000Z')
    expect((await poll({ cursor: second.cursor })).items).toEqual([])
  })

  const input = { repository: 'acme/shop', events: ['issues' as const], actions: ['opened'] }

  it('registers a webhook with a secret of its own, and removes it, twice if need be', async () => {
    answers['GET /repos/acme/shop/hooks'] = { json: [{ id: 1, config: { url: 'https://elsewhere.example' } }] }
    answers['POST /repos/acme/shop/hooks'] = { status: 201, json: { id: 12345678, active: true } }
    const options = { input, auth, baseUrl: stub.url }
    const registered = await registerTrigger(connector, 'repositoryEvent', options)
    expect(registered.registration).toEqual({ id: 12345678 })
    expect(JSON.parse(last()?.body ?? '')).toMatchObject({
      events: ['issues'],
      config: { url: registered.webhookUrl, secret: registered.secret, content_type: 'json' },
    })
    // GitHub refuses an address that it knows: what the first call made is brought up to date by the second.
    answers['GET /repos/acme/shop/hooks'] = { json: [{ id: 12345678, config: { url: registered.webhookUrl } }] }
    answers['PATCH /repos/acme/shop/hooks/12345678'] = { json: { id: 12345678 } }
    expect((await registerTrigger(connector, 'repositoryEvent', options)).registration).toEqual({ id: 12345678 })
    answers['DELETE /repos/acme/shop/hooks/12345678'] = { status: 204 }
    await unregisterTrigger(connector, 'repositoryEvent', { ...options, ...registered })
    delete answers['DELETE /repos/acme/shop/hooks/12345678']
    await unregisterTrigger(connector, 'repositoryEvent', { ...options, ...registered })
  })

  it('takes what GitHub signed, and nothing else', async () => {
    const rawBody = JSON.stringify({ action: 'opened', issue: { number: 1 } })
    const signature = `sha256=${createHmac('sha256', 'test-secret').update(rawBody).digest('hex')}`
    const deliver = (headers: Record<string, string>, body = rawBody) =>
      deliverWebhook(connector, 'repositoryEvent', {
        input,
        request: { rawBody: body, headers: { 'X-GitHub-Event': 'issues', 'X-GitHub-Delivery': 'd-1', ...headers } },
      })
    expect(await deliver({ 'X-Hub-Signature-256': signature })).toEqual({
      kind: 'items',
      items: [{ id: 'd-1', data: { event: 'issues', action: 'opened', payload: JSON.parse(rawBody) } }],
    })
    expect(await deliver({})).toEqual({ kind: 'refused' })
    expect(await deliver({ 'X-Hub-Signature-256': signature }, `${rawBody} `)).toEqual({ kind: 'refused' })
    const ping = await deliver({ 'X-Hub-Signature-256': signature, 'X-GitHub-Event': 'ping' })
    expect(ping).toEqual({ kind: 'items', items: [] })
  })
})

describeConnectorContract(connector, { describe, it, expect })
