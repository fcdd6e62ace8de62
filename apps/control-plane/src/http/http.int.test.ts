import { randomBytes } from 'node:crypto'
import type { TestDatabase } from '@inlay/platform/database/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import type { ControlPlane } from '../compose.js'
import type { Demo } from '../demo/demo.js'
import { frameAncestors } from './frame-ancestors.js'
import { type Answer, type Call, hasServers, startTestServer, type TestServer } from './test-server.js'

const HOST_PAGE = 'http://host.example'

describe.skipIf(!hasServers())('the control plane over HTTP', () => {
  let server: TestServer
  let test: TestDatabase
  let plane: ControlPlane
  let base: string
  let demo: Demo
  let call: TestServer['call']

  beforeAll(async () => {
    server = await startTestServer({
      allowedOrigins: [HOST_PAGE],
    })
    ;({ test, plane, base, demo, call } = server)
  })

  afterAll(() => server?.close())

  const asKey = (): Record<string, string> => ({ authorization: `Bearer ${demo.apiKey}` })

  function post(path: string, body: unknown, headers: Record<string, string> = {}): Promise<Answer> {
    return call(path, { method: 'POST', body, headers: { ...asKey(), ...headers } })
  }

  async function embedToken(externalId: string, role: 'viewer' | 'admin' = 'admin'): Promise<string> {
    return server.embedToken({ customer: { externalId }, role })
  }

  describe('bad input', () => {
    const cases: readonly [string, string, Call, number, string][] = [
      ['an unknown address', '/v1/nothing', {}, 404, 'not_found'],
      ['an unknown file', '/nothing.js', {}, 404, 'not_found'],
      ['an unknown webhook', '/hooks/nothing', { method: 'POST', body: {} }, 404, 'hook.not_found'],
      ['no credentials', '/v1/me', {}, 401, 'auth.required'],
      ['an unknown key', '/v1/me', { headers: { authorization: 'Bearer ink_live_x' } }, 401, 'auth.required'],
      [
        'JSON that does not parse',
        '/v1/workflows/validate',
        { method: 'POST', body: '{"a":}' },
        400,
        'request.malformed',
      ],
      [
        'a body of more than 1 MiB',
        '/v1/workflows/validate',
        { method: 'POST', body: `"${'x'.repeat(1_048_577)}"` },
        413,
        'request.too_large',
      ],
      [
        'JSON nested too deeply',
        '/v1/workflows/validate',
        { method: 'POST', body: '['.repeat(500_000) },
        400,
        'request.too_deep',
      ],
      [
        'a form',
        '/v1/customers',
        { method: 'POST', body: 'a=b', headers: { 'content-type': 'application/x-www-form-urlencoded' } },
        400,
        'request.media_type',
      ],
      [
        'a field that is not known',
        '/v1/customers',
        { method: 'POST', body: { externalId: 'x', name: 'X', tenantId: 'ten_2' } },
        400,
        'request.invalid',
      ],
      ['a zero character in an address', '/v1/customers/%00', {}, 400, 'request.malformed'],
      ['an address that cannot be decoded', '/v1/customers/%E0%A4%A', {}, 400, 'request.malformed'],
      ['a limit out of range', '/v1/customers?limit=1000', {}, 400, 'request.invalid'],
      ['a customer that does not exist', '/v1/customers/cus_0', {}, 404, 'customer.not_found'],
    ]
    it.each(cases)('ends %s in a problem document', async (_what, path, options, status, code) => {
      const needsKey = code !== 'auth.required'
      const answer = await call(path, { ...options, headers: { ...(needsKey ? asKey() : {}), ...options.headers } })
      expect([answer.status, answer.body.code]).toEqual([status, code])
      expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/)
      expect(answer.body).toMatchObject({
        status,
        title: expect.any(String),
        requestId: expect.stringMatching(/^req_/),
      })
      expect(JSON.stringify(answer.body)).not.toMatch(/node_modules|\.ts:|at \w+ \(/)
    })

    it('names each wrong field of a body', async () => {
      const { body } = await post('/v1/customers', { externalId: 7 })
      expect(body.issues.map(({ pointer }: { pointer: string }) => pointer)).toEqual(['/externalId', '/name'])
    })

    it('says the same over tRPC', async () => {
      const { status, body } = await call('/trpc/customers.get?input=%7B%22id%22%3A%22cus_0%22%7D', {
        headers: asKey(),
      })
      expect([status, body.error.data]).toEqual([
        404,
        expect.objectContaining({ code: 'customer.not_found', title: 'There is no customer cus_0.', httpStatus: 404 }),
      ])
      expect(body.error.data).not.toHaveProperty('stack')
    })
  })

  describe('a member', () => {
    async function signIn(headers: Record<string, string>): Promise<Answer> {
      const body = { email: demo.portalEmail, password: demo.portalPassword }
      return call('/trpc/auth.signIn', { method: 'POST', body, headers })
    }

    async function cookie(): Promise<string> {
      return (await signIn({ origin: base })).headers.get('set-cookie')?.split(';')[0] ?? ''
    }

    const rename = (headers: Record<string, string>): Promise<Answer> =>
      call('/trpc/tenant.update', { method: 'POST', body: { name: 'Northwind' }, headers })

    it('gets a cookie that scripts cannot read and other sites cannot use', async () => {
      const { headers, body } = await signIn({ origin: base })
      expect(headers.get('set-cookie')).toMatch(
        /^portal_session=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax; Max-Age=604800$/,
      )
      expect(body.result.data.me.member.email).toBe(demo.portalEmail)
    })

    it('changes things from our own pages only', async () => {
      const session = await cookie()
      expect((await rename({ cookie: session, origin: base })).status).toBe(200)
      expect((await rename({ cookie: session, 'sec-fetch-site': 'same-origin' })).status).toBe(200)
      for (const headers of [
        { origin: 'http://evil.example' },
        { origin: 'null' },
        { origin: base.replace('http:', 'https:') },
        { origin: HOST_PAGE },
        { 'sec-fetch-site': 'same-site' },
        { origin: base, 'sec-fetch-site': 'cross-site' },
        {},
      ]) {
        const { status } = await rename({ cookie: session, ...(headers as Record<string, string>) })
        expect([headers, status === 401 || status === 403]).toEqual([headers, true])
      }
    })

    it('cannot be signed in by another site', async () => {
      const { status, headers } = await signIn({ origin: 'http://evil.example' })
      expect([status, headers.get('set-cookie')]).toEqual([403, null])
    })

    it('is not taken from a doubled or broken cookie', async () => {
      const session = await cookie()
      for (const header of [`${session}; ${session}`, 'portal_session=%', `a=%; portal_session=${'x'.repeat(9000)}`]) {
        expect((await call('/trpc/auth.me', { headers: { cookie: header } })).status).toBe(401)
      }
      expect((await call('/trpc/auth.me', { headers: { cookie: `a=%; ${session}` } })).status).toBe(200)
    })

    it('leaves nothing usable behind after signing out', async () => {
      const session = await cookie()
      await call('/trpc/auth.signOut', { method: 'POST', body: {}, headers: { cookie: session, origin: base } })
      expect((await call('/trpc/auth.me', { headers: { cookie: session } })).status).toBe(401)
    })
  })

  describe('the widget', () => {
    async function open(externalId: string, role: 'viewer' | 'admin' = 'admin'): Promise<Record<string, string>> {
      const token = await embedToken(externalId, role)
      const { body } = await call('/v1/embed/session', {
        method: 'POST',
        body: { token },
        headers: { origin: HOST_PAGE },
      })
      return { authorization: `Bearer ${body.sessionToken}` }
    }

    it('is confined to its customer', async () => {
      const headers = await open('blue-bikes')
      const me = (await call('/v1/me', { headers })).body
      expect(me).toMatchObject({ caller: 'embed', customer: { externalId: 'blue-bikes' }, endUser: { role: 'admin' } })
      const { body: all } = await call('/v1/workflows', { headers: asKey() })
      expect(all.data.length).toBeGreaterThan(0)
      expect((await call('/v1/workflows', { headers })).body.data).toEqual([])
      expect((await call(`/v1/workflows?customerId=${demo.customerId}`, { headers })).body.data).toEqual([])
      expect((await call(`/v1/workflows/${all.data[0].id}`, { headers })).status).toBe(404)
      const foreign = { customerId: demo.customerId, name: 'Not mine' }
      expect((await call('/v1/workflows', { method: 'POST', body: foreign, headers })).status).toBe(404)
      const own = { customerId: me.customer.id, name: 'Mine' }
      expect((await call('/v1/workflows', { method: 'POST', body: own, headers })).status).toBe(201)
    })

    it('does what its role may, and nothing of the tenant', async () => {
      const headers = await open('acme-books', 'viewer')
      expect((await call('/v1/workflows', { headers })).status).toBe(200)
      for (const path of ['/v1/customers', '/v1/members', '/v1/api-keys', '/v1/tenant']) {
        expect([path, (await call(path, { headers })).status]).toEqual([path, 403])
      }
      const draft = { customerId: demo.customerId, name: 'x' }
      expect((await call('/v1/workflows', { method: 'POST', body: draft, headers })).status).toBe(403)
    })

    it('calls from pages that a tenant allows, without cookies', async () => {
      const preflight = { origin: HOST_PAGE, 'access-control-request-method': 'POST' }
      const allowed = await call('/trpc/workflows.list', { method: 'OPTIONS', headers: preflight })
      expect([allowed.status, allowed.headers.get('access-control-allow-origin')]).toEqual([204, HOST_PAGE])
      expect(allowed.headers.get('access-control-allow-credentials')).toBeNull()
      const denied = await call('/v1/workflows', {
        method: 'OPTIONS',
        headers: { ...preflight, origin: 'http://evil.example' },
      })
      expect(denied.headers.get('access-control-allow-origin')).toBeNull()
    })

    it('may not be opened by a page that the tenant does not allow', async () => {
      const body = { token: await embedToken('acme-books') }
      const answer = await call('/v1/embed/session', {
        method: 'POST',
        body,
        headers: { origin: 'http://evil.example' },
      })
      expect([answer.status, answer.body.code]).toEqual([403, 'embed.origin_denied'])
    })
  })

  it('lets the embed page be framed by the tenant that the address names, or by the page it comes from', async () => {
    const rules = {
      tenancy: plane.services.tenancy,
      isAllowed: (origin: string) => plane.services.tenancy.isAllowedOrigin(origin),
    }
    expect(await frameAncestors({ tenantId: demo.tenantId }, rules)).toBe(`'self' ${HOST_PAGE}`)
    expect(await frameAncestors({ referer: `${HOST_PAGE}/settings?x=1` }, rules)).toBe(`'self' ${HOST_PAGE}`)
    const others = [{}, { tenantId: 'ten_0' }, { referer: 'http://evil.example/' }, { referer: 'nonsense' }]
    for (const request of others) expect(await frameAncestors(request, rules)).toBe("'self'")
  })

  describe('Idempotency-Key', () => {
    it('does the work once and repeats the answer', async () => {
      const key = { 'idempotency-key': randomBytes(8).toString('hex') }
      const body = { externalId: 'once', name: 'Once' }
      const answers = await Promise.all(Array.from({ length: 20 }, () => post('/v1/customers', body, key)))
      const made = answers.filter(({ status }) => status === 201)
      const others = answers.filter(({ status }) => status !== 201).map(({ body: problem }) => problem.code)
      expect(new Set(made.map(({ body: customer }) => customer.id)).size).toBe(1)
      expect(others.filter((code) => code !== 'idempotency.in_flight')).toEqual([])
      expect(await post('/v1/customers', body, key)).toMatchObject({ status: 201, body: { id: made[0]?.body.id } })
      const other = await post('/v1/customers', { ...body, name: 'Twice' }, key)
      expect([other.status, other.body.code]).toEqual([422, 'idempotency.mismatch'])
    })

    it('is free again after a refusal', async () => {
      const key = { 'idempotency-key': randomBytes(8).toString('hex') }
      expect((await post('/v1/customers', { externalId: 'late' }, key)).status).toBe(400)
      expect((await post('/v1/customers', { externalId: 'late', name: 'Late' }, key)).status).toBe(201)
    })
  })

  it('says that it is unavailable, and nothing worse, while its connections are cut', async () => {
    const statuses = new Set<number>()
    for (let round = 0; round < 5; round++) {
      const calls = Array.from({ length: 10 }, () => call('/v1/customers', { headers: asKey() }))
      await test.admin`SELECT pg_terminate_backend(pid) FROM pg_stat_activity
        WHERE datname = current_database() AND usename IN ('inlay_app', 'inlay_engine')`
      for (const { status, body } of await Promise.all(calls)) {
        statuses.add(status)
        if (status !== 200) expect([status, body.code]).toEqual([503, 'unavailable'])
      }
    }
    expect(statuses).toContain(200)
    expect((await call('/readyz')).status).toBe(200)
  })

  it('accepts a webhook with the id of the run it recorded', async () => {
    const hook = new URL(demo.webhookUrl).pathname
    const answer = await call(hook, { method: 'POST', body: { order: { id: 'A1', total: 99 } } })
    expect([answer.status, answer.body]).toEqual([202, { id: expect.stringMatching(/^run_/) }])
    const run = await call(`/v1/runs/${answer.body.id}`, { headers: asKey() })
    expect(run.body).toMatchObject({ status: 'pending', trigger: { body: { order: { id: 'A1', total: 99 } } } })
  })

  it('describes every route in its OpenAPI document', async () => {
    const { body } = await call('/v1/openapi.json')
    expect(body.openapi).toBe('3.1.0')
    expect(Object.keys(body.paths)).toEqual(
      expect.arrayContaining(['/customers/{id}', '/workflows/{id}/publish', '/runs/{id}']),
    )
    expect(body.paths['/workflows/{workflowId}/runs'].post.responses).toHaveProperty('202')
  })

  it('serves the API reference with its script from here', async () => {
    const page = await call('/docs')
    const script = /src="(\/docs\/[^"]+)"/.exec(page.body)?.[1] ?? ''
    expect((await call(script)).status).toBe(200)
    expect(page.body).not.toMatch(/https?:\/\//)
  })

  it('says that it is alive and ready, and counts', async () => {
    expect((await call('/healthz')).status).toBe(200)
    expect((await call('/readyz')).status).toBe(200)
    expect((await call('/metrics')).body).toMatch(
      /inlay_http_request_duration_seconds_count\{.*route="\/v1\/customers"/,
    )
  })

  describe('a WebSocket', () => {
    function connect(headers: Record<string, string>): Promise<'open' | number> {
      return new Promise((resolve, reject) => {
        const socket = new WebSocket(`${base.replace('http', 'ws')}/trpc?connectionParams=1`, { headers })
        socket.once('open', () => {
          socket.close()
          resolve('open')
        })
        socket.once('unexpected-response', (_request, response) => resolve(response.statusCode ?? 0))
        socket.once('error', reject)
      })
    }

    it('opens for our pages, for pages that a tenant allows, and for programs', async () => {
      expect(await connect({ origin: base })).toBe('open')
      expect(await connect({ origin: HOST_PAGE })).toBe('open')
      expect(await connect({})).toBe('open')
      expect(await connect({ origin: 'http://evil.example' })).toBe(403)
    })

    it('streams a run to who may see it', async () => {
      const { body } = await call(new URL(demo.webhookUrl).pathname, { method: 'POST', body: { order: {} } })
      const first = await subscribe(body.id, await sessionToken('acme-books'))
      expect(first).toMatchObject({
        result: { type: 'data', data: { type: 'run', runId: body.id, status: 'pending' } },
      })
      const stranger = await subscribe(body.id, await sessionToken('blue-bikes'))
      expect(stranger).toMatchObject({ error: { data: { code: 'run.not_found' } } })
      expect(await subscribe(body.id, 'ink_embed_none')).toMatchObject({ error: { data: { code: 'auth.required' } } })
    })

    async function sessionToken(externalId: string): Promise<string> {
      const token = await embedToken(externalId)
      return (await call('/v1/embed/session', { method: 'POST', body: { token } })).body.sessionToken
    }

    /** The first thing that a subscription to a run brings. */
    function subscribe(runId: string, token: string): Promise<unknown> {
      return new Promise((resolve, reject) => {
        const socket = new WebSocket(`${base.replace('http', 'ws')}/trpc?connectionParams=1`)
        socket.once('error', reject)
        socket.once('open', () => {
          socket.send(JSON.stringify({ method: 'connectionParams', data: { token } }))
          const params = { path: 'runs.watch', input: { runId } }
          socket.send(JSON.stringify({ id: 1, jsonrpc: '2.0', method: 'subscription', params }))
        })
        socket.on('message', (data) => {
          const message = JSON.parse(String(data))
          if (message.result?.type === 'started') return
          socket.close()
          resolve(message)
        })
      })
    }
  })
})
