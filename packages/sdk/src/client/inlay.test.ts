import { afterEach, describe, expect, it } from 'vitest'
import { type StubAnswer, type StubRequest, type StubServer, startStubServer } from '../testing/index.js'
import {
  type ApiError,
  AuthenticationError,
  ConflictError,
  ConnectionError,
  createApiClient,
  Inlay,
  type InlayOptions,
  isApiError,
  NotFoundError,
  PermissionError,
  RateLimitError,
  ServerError,
  TimeoutError,
  toApiError,
  ValidationError,
} from './index.js'

let stub: StubServer | undefined

afterEach(async () => {
  await stub?.close()
  stub = undefined
})

/** A client of a stub that gives these answers one after the other, and the last one from then on. */
async function clientOf(
  answers: readonly ((request: StubRequest) => StubAnswer | 'hang')[],
  options: Partial<InlayOptions> = {},
): Promise<Inlay> {
  let sent = 0
  stub = await startStubServer((request) => {
    const answer = answers[Math.min(sent++, answers.length - 1)]
    return answer?.(request) ?? { status: 500 }
  })
  return new Inlay({ apiKey: 'ink_live_k', baseUrl: `${stub.url}/`, ...options })
}

const PAGE = 'https://plane.example/docs/errors/x'
const data = (value: object) => (): StubAnswer => ({ json: { result: { data: { ...value } } } })
const rest = (value: object) => (): StubAnswer => ({ status: 202, json: { ...value } })
const refusal =
  (httpStatus: number, more: object = {}, headers = {}) =>
  (): StubAnswer => ({
    status: httpStatus,
    headers,
    json: {
      error: {
        message: 'No.',
        code: -32600,
        data: { code: 'x.y', type: PAGE, httpStatus, requestId: 'req_1', ...more },
      },
    },
  })
const problem =
  (status: number, headers = {}) =>
  (): StubAnswer => ({
    status,
    headers: { 'content-type': 'application/problem+json', ...headers },
    text: JSON.stringify({ type: PAGE, title: 'Busy.', status, code: 'x.busy', detail: 'Wait.', requestId: 'req_2' }),
  })
const now = { 'retry-after': '0' }
const failureOf = (call: Promise<unknown>): Promise<ApiError> =>
  call.then(() => expect.fail('it succeeded'), toApiError)
const keys = (): unknown[] => (stub?.requests ?? []).map(({ headers }) => headers['idempotency-key'])

describe('calls', () => {
  it('read over tRPC with the key of the caller, and no key for repetitions', async () => {
    const inlay = await clientOf([data({ id: 'run_1' })])
    expect(await inlay.runs.get('run_1')).toEqual({ id: 'run_1' })
    expect(stub?.requests[0]).toMatchObject({ method: 'GET', headers: { authorization: 'Bearer ink_live_k' } })
    expect(decodeURIComponent(stub?.requests[0]?.url ?? '')).toBe('/trpc/runs.get?input={"id":"run_1"}')
    expect(keys()).toEqual([undefined])
  })

  it('make new things over REST, where the server knows a key again', async () => {
    const inlay = await clientOf([rest({ id: 'run_1' })])
    const input = { order: { id: 1 } }
    expect(await inlay.workflows.start('wf_1/..', input, { waitSeconds: 5, idempotencyKey: 'order-1' })).toEqual({
      id: 'run_1',
    })
    expect(stub?.requests[0]).toMatchObject({ method: 'POST', url: '/v1/workflows/wf_1%2F../runs' })
    expect(JSON.parse(stub?.requests[0]?.body ?? '')).toEqual({ input, wait: 5 })
    expect(keys()).toEqual(['order-1'])
  })

  it('change things over tRPC, with a key of their own', async () => {
    const inlay = await clientOf([data({})])
    await inlay.workflows.update('wf_1', { enabled: false })
    expect(stub?.requests[0]).toMatchObject({ method: 'POST', url: '/trpc/workflows.update' })
    expect(JSON.parse(stub?.requests[0]?.body ?? '')).toEqual({ id: 'wf_1', enabled: false })
    expect(keys()).toEqual([expect.stringMatching(/^[0-9a-f]{32}$/)])
  })

  it('give a list as a page when awaited, and as all of its items when iterated', async () => {
    const inlay = await clientOf([
      ({ url }) => {
        const isSecond = decodeURIComponent(url).includes('"cursor":"run_2"')
        return isSecond
          ? { json: { result: { data: { data: [{ id: 'run_3' }], nextCursor: null } } } }
          : { json: { result: { data: { data: [{ id: 'run_1' }, { id: 'run_2' }], nextCursor: 'run_2' } } } }
      },
    ])
    const page = await inlay.runs.list({ status: 'failed', limit: 2 })
    expect([page.data.length, page.nextCursor]).toEqual([2, 'run_2'])
    const ids: string[] = []
    for await (const run of inlay.runs.list({ limit: 2 })) ids.push(run.id)
    expect(ids).toEqual(['run_1', 'run_2', 'run_3'])
    expect(stub?.requests.length).toBe(3)
  })
})

describe('steering runs', () => {
  it.each<[string, (inlay: Inlay) => Promise<unknown>, string, object]>([
    ['suspends', (inlay) => inlay.runs.suspend('run_1'), '/v1/runs/run_1/suspend', {}],
    ['resumes', (inlay) => inlay.runs.resume('run_1'), '/v1/runs/run_1/resume', {}],
    ['redrives', (inlay) => inlay.runs.redrive('run_1'), '/v1/runs/run_1/redrive', {}],
    ['redrives many', (inlay) => inlay.runs.redriveMany({ dead: true }), '/v1/runs/redrive', { dead: true }],
    [
      'reruns on the latest version',
      (inlay) => inlay.runs.rerun('run_1', { version: 'latest', trigger: { n: 2 } }),
      '/v1/runs/run_1/rerun',
      { version: 'latest', trigger: { n: 2 } },
    ],
    [
      'forks with other outputs',
      (inlay) => inlay.runs.fork('run_1', { fromStep: 'send', outputs: { order: { id: 7 } } }),
      '/v1/runs/run_1/fork',
      { fromStep: 'send', outputs: { order: { id: 7 } } },
    ],
    [
      'sends events',
      (inlay) => inlay.events.publish({ id: 'e1', name: 'order.paid', customerId: 'cus_1', payload: { total: 9 } }),
      '/v1/events',
      { id: 'e1', name: 'order.paid', customerId: 'cus_1', payload: { total: 9 } },
    ],
    [
      'decides',
      (inlay) => inlay.approvals.decide('apr_1', { decision: 'reject', comment: 'Too much.' }),
      '/v1/approvals/apr_1/decide',
      { decision: 'reject', comment: 'Too much.' },
    ],
  ])('%s over REST, where a repetition is known', async (_what, send, url, body) => {
    const inlay = await clientOf([rest({ id: 'x' })])
    await send(inlay)
    expect(stub?.requests[0]).toMatchObject({ method: 'POST', url })
    expect(JSON.parse(stub?.requests[0]?.body ?? '')).toEqual(body)
    expect(keys()).toEqual([expect.stringMatching(/^[0-9a-f]{32}$/)])
  })

  it('reads what happened to a run, and all open approvals', async () => {
    const page = (items: object[], nextCursor: string | null) => data({ data: items, nextCursor })
    const inlay = await clientOf([
      page([{ at: '2026-01-05T08:00:00.000Z', what: 'created', step: null, detail: null }], null),
      page([{ id: 'apr_1' }], 'next'),
      page([{ id: 'apr_2' }], null),
    ])
    expect((await inlay.runs.history('run_1')).map(({ what }) => what)).toEqual(['created'])
    const ids: string[] = []
    for await (const approval of inlay.approvals.list({ limit: 1 })) ids.push(approval.id)
    expect(ids).toEqual(['apr_1', 'apr_2'])
    expect(decodeURIComponent(stub?.requests[2]?.url ?? '')).toContain('"cursor":"next"')
  })
})

describe('refusals', () => {
  it.each([
    [400, ValidationError],
    [401, AuthenticationError],
    [403, PermissionError],
    [404, NotFoundError],
    [409, ConflictError],
    [413, ValidationError],
    [422, ValidationError],
    [429, RateLimitError],
    [500, ServerError],
  ])('with status %i are errors of their class', async (status, Class) => {
    const issues = [{ pointer: '/name', message: 'is missing' }]
    const inlay = await clientOf([refusal(status, { detail: 'Do it.', issues })], { maxRetries: 0 })
    const error = await failureOf(inlay.runs.get('run_1'))
    expect(error).toBeInstanceOf(Class)
    expect(error).toMatchObject({ code: 'x.y', status, detail: 'Do it.', issues, requestId: 'req_1', message: 'No.' })
    expect(error.docsUrl).toBe(PAGE)
    expect(isApiError(error, 'x.y')).toBe(true)
  })

  it('come from REST as the same classes', async () => {
    const inlay = await clientOf([problem(409)])
    const error = await failureOf(inlay.customers.create({ externalId: 'a', name: 'A' }))
    expect(error).toBeInstanceOf(ConflictError)
    expect(error).toMatchObject({ code: 'x.busy', status: 409, detail: 'Wait.', message: 'Busy.', requestId: 'req_2' })
    expect(error.docsUrl).toBe(PAGE)
  })

  it('of something in between say that they are not of the API', async () => {
    const inlay = await clientOf([() => ({ status: 502, text: '<html>Bad gateway</html>' })], { maxRetries: 0 })
    for (const call of [() => inlay.runs.get('run_1'), () => inlay.runs.rerun('run_1')]) {
      const error = await failureOf(call())
      expect(error).toBeInstanceOf(ServerError)
      expect(error).toMatchObject({ code: 'unexpected_answer', status: 502, message: expect.stringContaining('proxy') })
    }
  })

  it('tell a missing answer from a late one and from a cancelled call', async () => {
    const inlay = await clientOf([() => 'hang'], { maxRetries: 0 })
    expect(await failureOf(inlay.runs.get('run_1', { timeoutMs: 30 }))).toBeInstanceOf(TimeoutError)
    expect(await failureOf(inlay.runs.rerun('run_1', {}, { timeoutMs: 30 }))).toBeInstanceOf(TimeoutError)
    const cancelled = await failureOf(inlay.runs.get('run_1', { signal: AbortSignal.abort() }))
    expect(cancelled).toMatchObject({ code: 'cancelled', status: 0 })
    const nobody = new Inlay({ apiKey: 'ink_live_k', baseUrl: 'http://127.0.0.1:1', maxRetries: 0 })
    expect(await failureOf(nobody.me())).toBeInstanceOf(ConnectionError)
  })

  it('meet wrong options at once', () => {
    expect(() => new Inlay({ apiKey: '', baseUrl: 'https://a.example' })).toThrow(/apiKey must be/)
    expect(() => new Inlay({ apiKey: 'ink_live_k', baseUrl: 'a.example' })).toThrow(/baseUrl must be/)
  })
})

describe('repetitions', () => {
  it('of a call that makes something new carry the same key', async () => {
    const inlay = await clientOf([problem(503, now), problem(500, now), rest({ id: 'run_1' })])
    expect(await inlay.workflows.start('wf_1', {})).toEqual({ id: 'run_1' })
    expect(keys().length).toBe(3)
    expect(new Set(keys()).size).toBe(1)
  })

  it('end after as many as are allowed, with the last error', async () => {
    const inlay = await clientOf([refusal(503, {}, now)], { maxRetries: 1 })
    expect(await failureOf(inlay.runs.get('run_1'))).toMatchObject({ status: 503, retryAfterMs: 0 })
    expect(stub?.requests.length).toBe(2)
  })

  it('are not made of what may not be made twice, and the server would not notice', async () => {
    const inlay = await clientOf([refusal(500)])
    expect(await failureOf(inlay.workflows.saveDraft('wf_1', { definition: {}, baseRevision: 1 }))).toBeInstanceOf(
      ServerError,
    )
    expect(stub?.requests.length).toBe(1)
  })

  it('are not made of what will be refused again', async () => {
    const inlay = await clientOf([refusal(404)])
    await failureOf(inlay.runs.get('run_1'))
    expect(stub?.requests.length).toBe(1)
  })

  it('stop when the call is cancelled while it waits', async () => {
    const inlay = await clientOf([refusal(503, {}, { 'retry-after': '50' })])
    const controller = new AbortController()
    const failure = failureOf(inlay.runs.get('run_1', { signal: controller.signal }))
    while (stub?.requests.length === 0) await new Promise(setImmediate)
    setTimeout(() => controller.abort(), 20)
    expect(await failure).toMatchObject({ status: 0, code: 'cancelled' })
  })
})

describe('the low-level client', () => {
  it('asks for a token before each call, sends cookies nowhere else, and gives mutations a key', async () => {
    stub = await startStubServer(() => ({ json: { result: { data: {} } } }))
    let issued = 0
    const api = createApiClient({ baseUrl: stub.url, getToken: async () => `t${issued++}`, headers: { 'x-page': 'p' } })
    await api.auth.me.query({})
    await api.workflows.delete.mutate({ id: 'wf_1' })
    expect(stub.requests.map(({ headers }) => headers.authorization)).toEqual(['Bearer t0', 'Bearer t1'])
    expect(stub.requests[1]?.headers['x-page']).toBe('p')
    expect(keys()).toEqual([undefined, expect.any(String)])
  })
})

describe('a file', () => {
  const FILE = { $file: 'file_1', name: 'März.pdf', contentType: 'application/pdf', size: 4 }

  it('is sent as it is, with what it is called and whose it is', async () => {
    const inlay = await clientOf([() => ({ status: 201, json: FILE })])
    const options = { name: 'März.pdf', contentType: 'application/pdf', customerId: 'cus_1' }
    expect(await inlay.files.upload(Buffer.from('%PDF'), options)).toEqual(FILE)
    const [{ url, method, headers, body } = expect.fail()] = stub?.requests ?? []
    expect([method, new URL(url, 'http://local').pathname]).toEqual(['POST', '/v1/files'])
    expect(Object.fromEntries(new URL(url, 'http://local').searchParams)).toEqual({
      name: 'März.pdf',
      customerId: 'cus_1',
    })
    expect(headers).toMatchObject({
      authorization: 'Bearer ink_live_k',
      'content-type': 'application/pdf',
      'idempotency-key': expect.any(String),
    })
    expect(body.toString()).toBe('%PDF')
  })

  it('that is refused is refused with the code and the words of the server', async () => {
    const inlay = await clientOf([
      () => ({ status: 413, json: { title: 'The file is too large.', status: 413, code: 'file.too_large' } }),
    ])
    const failure = await failureOf(inlay.files.upload(new Blob(['x']), { name: 'a' }))
    expect(failure).toBeInstanceOf(ValidationError)
    expect(failure).toMatchObject({ code: 'file.too_large', status: 413 })
  })

  it('is there in the low-level client, beside the procedures', async () => {
    stub = await startStubServer((request) =>
      request.url.startsWith('/v1/files') ? { status: 201, json: FILE } : { json: { result: { data: {} } } },
    )
    const api = createApiClient({ baseUrl: stub.url })
    expect(await api.files.upload(new Blob(['%PDF'], { type: 'application/pdf' }), { name: 'a' })).toEqual(FILE)
    await api.auth.me.query({})
    expect(stub.requests.map(({ headers }) => headers['content-type'])).toEqual(['application/pdf', undefined])
  })
})
