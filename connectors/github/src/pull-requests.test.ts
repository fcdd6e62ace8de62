/** Pull requests, commits and releases, as GitHub's documentation of each request shows them. */
import type { JsonValue } from '@inlay/sdk/connector'
import {
  loadOptions,
  pollTrigger,
  runAction,
  type StubAnswer,
  type StubServer,
  startStubServer,
} from '@inlay/sdk/testing'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { sampleComment } from './comment.js'
import { connector } from './index.js'
import { sampleIssue } from './issue.js'
import { samplePullRequest } from './pull-request.js'
import { sampleRelease } from './release.js'

const REPOSITORY = '/repos/acme/shop'
const PULLS = `${REPOSITORY}/pulls`

let stub: StubServer
let answers: Record<string, StubAnswer>

beforeAll(async () => {
  stub = await startStubServer(({ method, url }) => {
    const route = `${method} ${url.split('?')[0]}`
    return answers[`${method} ${url}`] ?? answers[route] ?? { status: 404, json: { message: 'Not Found' } }
  })
})
afterAll(() => stub.close())
beforeEach(() => {
  answers = {}
})

const auth = { kind: 'bearer' as const, token: 'test-token', fields: {} }
const run = (action: string, input: object) =>
  runAction(connector, action, { input: { repository: 'acme/shop', ...input }, auth, baseUrl: stub.url })
const poll = (trigger: string, input: object, cursor?: JsonValue) =>
  pollTrigger(connector, trigger, {
    ...{ input: { repository: 'acme/shop', ...input }, auth, baseUrl: stub.url },
    ...(cursor === undefined ? {} : { cursor }),
  })
const last = () => stub.requests.at(-1)
const page = (json: JsonValue[], next?: string): StubAnswer => ({
  json,
  ...(next === undefined ? {} : { headers: { link: `<${stub.url}${next}>; rel="next"` } }),
})
const commit = (sha: string) => ({
  ...{ sha, html_url: `https://github.com/acme/shop/commit/${sha}`, author: { login: 'octocat' } },
  commit: { message: `Do ${sha}`, author: { name: 'Kim' }, committer: { date: '2026-04-11T19:09:31Z' } },
})

describe('github pull requests', () => {
  it('are opened, read, given to reviewers and merged', async () => {
    answers[`POST ${PULLS}`] = { status: 201, json: { ...samplePullRequest, node_id: 'x' } }
    const input = { title: 'Keep', head: 'keep-items', base: 'main' }
    expect(await run('createPullRequest', input)).toMatchObject({ number: 1348, head: { ref: 'keep-items' } })
    expect(last()?.json()).toEqual({ ...input, draft: false })
    const size = { commits: 1, additions: 2, deletions: 3, changed_files: 4 }
    answers[`GET ${PULLS}/1348`] = {
      json: { ...samplePullRequest, ...size, merged: false, mergeable: null, mergeable_state: 'unknown' },
    }
    expect(await run('getPullRequest', { number: 1348 })).toMatchObject({ mergeable: null, commits: 1 })
    answers[`POST ${PULLS}/1348/requested_reviewers`] = { status: 201, json: samplePullRequest }
    await run('requestReview', { number: 1348, reviewers: ['octocat'], teams: ['core'] })
    expect(last()?.json()).toEqual({ reviewers: ['octocat'], team_reviewers: ['core'] })
    await expect(run('requestReview', { number: 1348 })).rejects.toMatchObject({ kind: 'validation' })
    answers[`PUT ${PULLS}/1348/merge`] = { json: { sha: 'c1', merged: true, message: 'Merged' } }
    expect(await run('mergePullRequest', { number: 1348, method: 'squash', sha: 'c0' })).toMatchObject({ sha: 'c1' })
    expect(last()?.json()).toEqual({ merge_method: 'squash', sha: 'c0' })
    answers[`PUT ${PULLS}/1348/merge`] = { status: 405, json: { message: 'Pull Request is not mergeable' } }
    await expect(run('mergePullRequest', { number: 1348 })).rejects.toMatchObject({ kind: 'rejected' })
  })

  it('are listed over pages, and no more than asked for', async () => {
    answers[`GET ${PULLS}`] = page([samplePullRequest], '/more')
    answers['GET /more'] = page([
      { ...samplePullRequest, id: 2 },
      { ...samplePullRequest, id: 3 },
    ])
    const output = await run('listPullRequests', { base: 'main', limit: 2 })
    expect(output).toMatchObject({ pullRequests: [{ id: 1 }, { id: 2 }] })
    expect(stub.requests.at(-2)?.url).toBe(`${PULLS}?per_page=2&state=open&base=main`)
  })

  it('start a workflow once, however many are opened between two polls', async () => {
    const at = (id: number, more: object = {}) => ({
      ...{ ...samplePullRequest, id, created_at: `2026-04-${String(10 + id).padStart(2, '0')}T00:00:00Z` },
      ...more,
    })
    answers[`GET ${PULLS}`] = page([at(1)], '/unread')
    const { cursor } = await poll('newPullRequest', {})
    answers[`GET ${PULLS}`] = page([at(5), at(4, { draft: true })], '/older')
    answers['GET /older'] = page([at(3), at(2), at(1), at(0)], '/unread')
    const second = await poll('newPullRequest', { drafts: false }, cursor)
    expect(second.items.map(({ id }) => id)).toEqual(['2', '3', '5'])
    expect(stub.requests.map(({ url }) => url)).not.toContain('/unread')
  })
})

describe('github branches and commits', () => {
  it('are made, offered and listed', async () => {
    const reference = { ref: 'refs/heads/main', object: { sha: 'c0', type: 'commit' } }
    answers[`GET ${REPOSITORY}/git/ref/heads/release/1.0`] = { json: reference }
    answers[`POST ${REPOSITORY}/git/refs`] = { status: 201, json: { ...reference, ref: 'refs/heads/new' } }
    const made = await run('createBranch', { name: 'new', from: 'release/1.0' })
    expect(made).toEqual({ ref: 'refs/heads/new', sha: 'c0' })
    expect(last()?.json()).toEqual({ ref: 'refs/heads/new', sha: 'c0' })
    answers[`GET ${REPOSITORY}/branches`] = { json: [{ name: 'main' }, { name: 'new' }] }
    const input = { repository: 'acme/shop' }
    const offered = await loadOptions(connector, {
      ...{ of: 'createPullRequest', field: 'base', input, auth, baseUrl: stub.url },
    })
    expect(offered.options.map(({ value }) => value)).toEqual(['main', 'new'])
    answers[`GET ${REPOSITORY}/commits`] = page([commit('c1')])
    expect(await run('listCommits', { branch: 'main', path: 'src' })).toMatchObject({
      commits: [{ sha: 'c1', message: 'Do c1', author: 'Kim', login: 'octocat', email: null }],
    })
    expect(last()?.url).toBe(`${REPOSITORY}/commits?per_page=100&path=src&sha=main`)
  })

  it('start a workflow for each commit that comes to a branch, but not for those that move up', async () => {
    const list = (...shas: string[]) => {
      answers[`GET ${REPOSITORY}/commits`] = page(shas.map(commit))
    }
    list('c3', 'c2', 'c1')
    const first = await poll('newCommit', { branch: 'main' })
    list('c5', 'merged', 'c3', 'older', 'c2', 'c1')
    const second = await poll('newCommit', { branch: 'main' }, first.cursor)
    expect(second.items.map(({ id }) => id)).toEqual(['older', 'merged', 'c5'])
    // A push by force has taken two away.
    list('c3', 'older', 'c2', 'c1', 'c0')
    expect((await poll('newCommit', { branch: 'main' }, second.cursor)).items).toEqual([])
    answers[`GET ${REPOSITORY}/commits`] = { status: 409, json: { message: 'Git Repository is empty.' } }
    expect((await poll('newCommit', {})).items).toEqual([])
  })
})

describe('github comments, releases and issues', () => {
  it('lists comments', async () => {
    answers[`GET ${REPOSITORY}/issues/1347/comments`] = page([sampleComment])
    expect(await run('listComments', { number: 1347 })).toMatchObject({ comments: [{ body: 'Fixed in 2.4.' }] })
  })

  it('tells of a release once it is published', async () => {
    const release = (id: number, more: object = {}) => ({ ...sampleRelease, id, ...more })
    answers[`GET ${REPOSITORY}/releases`] = page([release(2, { draft: true, published_at: null }), release(1)])
    const first = await poll('newRelease', {})
    expect(first.items.map(({ id }) => id)).toEqual(['1'])
    const later = { published_at: '2026-05-01T00:00:00Z' }
    answers[`GET ${REPOSITORY}/releases`] = page([
      ...[release(3, { ...later, prerelease: true }), release(2, later), release(1)],
    ])
    const second = await poll('newRelease', { prereleases: false }, first.cursor)
    expect(second.items.map(({ id }) => id)).toEqual(['2'])
  })

  it('loses no issue when there are more between two polls than fit on a page', async () => {
    const at = (id: number) => ({
      ...sampleIssue,
      id,
      created_at: `2026-04-${String(10 + id).padStart(2, '0')}T00:00:00Z`,
    })
    answers[`GET ${REPOSITORY}/issues`] = page([at(1)], '/unread')
    const first = await poll('newIssue', {})
    answers[`GET ${REPOSITORY}/issues`] = page([at(4), at(3)], '/rest')
    answers['GET /rest'] = page([at(2), at(1), at(0)], '/unread')
    const second = await poll('newIssue', {}, first.cursor)
    expect(second.items.map(({ id }) => id)).toEqual(['2', '3', '4'])
  })
})
