import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { readFile, rm } from 'node:fs/promises'
import { createServer, request as httpRequest, type IncomingMessage, type Server } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { TenantId } from '@inlay/engine'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { hasServers, startTestServer, type TestServer } from './test-server.js'

const TOKEN = 'canary-token-of-the-customer'

interface Seen {
  readonly method: string
  readonly url: string
  readonly headers: IncomingMessage['headers']
  readonly body: Buffer
}

describe.skipIf(!hasServers())('the proxy API', () => {
  let server: TestServer
  let stub: Server
  let stubBase = ''
  let connection = ''
  let seen: Seen[] = []
  let hungUp = 0

  beforeAll(async () => {
    stub = createServer((request, response) => {
      const chunks: Buffer[] = []
      request.on('data', (chunk: Buffer) => chunks.push(chunk))
      request.on('end', () => {
        const { method = '', url = '', headers } = request
        seen.push({ method, url, headers, body: Buffer.concat(chunks) })
        const path = url.split('?')[0]?.slice('/api/v2'.length)
        if (path === '/slow') return void request.socket.once('close', () => hungUp++)
        if (path === '/echo') {
          response.setHeader('x-seen', headers.authorization ?? '')
          return void response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ headers }))
        }
        if (path === '/busy') return void response.writeHead(429, { 'retry-after': '120' }).end()
        if (path === '/cut') return void response.destroy()
        if (path === '/page') response.setHeader('set-cookie', 'sid=1')
        response.writeHead(path === '/missing' ? 404 : 200, {
          'content-type': path === '/page' ? 'text/html' : 'application/json; charset=utf-8',
          'x-accel-redirect': '/internal',
          'x-ratelimit-remaining': '41',
          etag: '"1"',
        })
        response.end(path === '/page' ? '<script>alert(1)</script>' : '{"ok":true}')
      })
    })
    await new Promise<void>((resolve) => stub.listen(0, '127.0.0.1', resolve))
    const address = stub.address()
    stubBase = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`
    server = await startTestServer({
      egressAllow: '127.0.0.1/32',
    })
    connection = await connect()
  })

  beforeEach(() => {
    seen = []
  })

  afterAll(async () => {
    stub?.closeAllConnections()
    stub?.close()
    await server?.close()
  })

  async function connect(): Promise<string> {
    const { customerId } = server.demo
    const values = { baseUrl: `${stubBase}/api/v2`, token: TOKEN }
    const made = await server.post('/v1/connections', {
      ...{ customerId, connector: 'http', method: 'bearer', name: 'Shop', values },
    })
    expect(made.status).toBe(201)
    return made.body.id
  }

  const at = (path: string, id = connection): string => `/v1/proxy/${id}${path}`

  /** As it is: `fetch` tidies addresses before it sends them. */
  function raw(path: string, headers: Record<string, string> = {}): Promise<{ status: number; body: string }> {
    const authorization = `Bearer ${server.demo.apiKey}`
    return new Promise((resolve, reject) => {
      const { hostname, port } = new URL(server.base)
      const request = httpRequest({ hostname, port, path, headers: { authorization, ...headers } }, (response) => {
        let body = ''
        response.on('data', (chunk) => {
          body += chunk
        })
        response.on('end', () => resolve({ status: response.statusCode ?? 0, body }))
      })
      request.on('error', reject)
      request.end()
    })
  }

  it('sends a request to the service with the credentials of the connection, and gives its answer', async () => {
    const headers = {
      authorization: `Bearer ${server.demo.apiKey}`,
      'content-type': 'application/vnd.shop+json',
      'idempotency-key': 'k1',
      'x-shop-version': '7',
      'x-forwarded-for': '1.2.3.4',
      cookie: 'a=b',
    }
    const path = at('/orders/a%2Fb?status=open&tag=x&tag=y%20z')
    const answer = await server.call(path, { method: 'PATCH', body: '{"n":1}', headers })
    expect([answer.status, answer.body]).toEqual([200, { ok: true }])
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-type': 'application/json; charset=utf-8',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'x-proxied': '1',
      'x-ratelimit-remaining': '41',
      etag: '"1"',
    })
    expect(answer.headers.has('x-accel-redirect')).toBe(false)
    const [{ method, url, body, headers: got } = expect.fail()] = seen
    expect([method, url, body.toString()]).toEqual([
      'PATCH',
      '/api/v2/orders/a%2Fb?status=open&tag=x&tag=y%20z',
      '{"n":1}',
    ])
    expect(got).toMatchObject({
      authorization: `Bearer ${TOKEN}`,
      'content-type': 'application/vnd.shop+json',
      'idempotency-key': 'k1',
      'x-shop-version': '7',
      host: new URL(stubBase).host,
    })
    expect(JSON.stringify(got)).not.toMatch(/ink_live|1\.2\.3\.4|a=b/)
  })

  it('passes bytes as they are, up to a limit', async () => {
    const authorization = `Bearer ${server.demo.apiKey}`
    const body = randomBytes(3_000_000)
    const url = server.base + at('/files')
    const sent = await fetch(url, { method: 'PUT', body, headers: { authorization, 'content-type': 'image/png' } })
    expect(sent.status).toBe(200)
    expect(seen[0]?.body.equals(body)).toBe(true)
    const tooLarge = await fetch(url, { method: 'PUT', body: Buffer.alloc(11_000_000), headers: { authorization } })
    expect([tooLarge.status, (await tooLarge.json()).code]).toEqual([413, 'request.too_large'])
    expect(seen).toHaveLength(1)
  })

  it('gives statuses of the service as they are, and its cookies and pages to nobody', async () => {
    const missing = await server.get(at('/missing'))
    expect([missing.status, missing.headers.get('x-proxied')]).toEqual([404, '1'])
    const page = await server.get(at('/page'))
    expect(page.headers.get('set-cookie')).toBeNull()
    expect(page.headers.get('content-security-policy')).toContain('sandbox')
  })

  it('takes the credentials out of what the service repeats', async () => {
    const { body, headers } = await server.get(at('/echo'))
    expect(body.headers.authorization).toBe('Bearer [redacted]')
    expect(headers.get('x-seen')).toBe('Bearer [redacted]')
  })

  it.each([
    '/../admin',
    '/%2e%2e/admin',
    '/..%2f..%2fadmin',
    '/%252e%252e/admin',
    '/a/..\\..\\admin',
    '/..;/admin',
    '//evil.example/a',
    '/\\evil.example/a',
  ])('lets no path lead out of the API: %s', async (path) => {
    const { status, body } = await raw(at(path))
    expect([status, JSON.parse(body).code]).toEqual([400, 'proxy.path'])
    expect(seen).toEqual([])
  })

  it('calls no other address than those of the connector', async () => {
    const own = await raw(at('/orders'), { 'x-proxy-base': stubBase })
    expect(own.status).toBe(200)
    for (const base of ['https://evil.example', `${stubBase}/other`, 'evil', `${stubBase}@evil.example`, 'null']) {
      const { status, body } = await raw(at('/orders'), { 'x-proxy-base': base })
      expect([status, JSON.parse(body).code]).toEqual([403, 'proxy.base'])
    }
    expect(seen).toHaveLength(1)
  })

  it('tells of failed calls as problems with codes', async () => {
    const cut = await server.get(at('/cut'))
    expect(cut.headers.get('content-type')).toContain('application/problem+json')
    expect(cut.body).toMatchObject({
      status: 502,
      code: 'proxy.unreachable',
      type: expect.stringMatching(/\/docs\/errors\/proxy\.unreachable$/),
    })
    const unknown = await server.get(at('/orders', 'con_00000000000000000000000000000000'))
    expect([unknown.status, unknown.body.code]).toEqual([404, 'connection.not_found'])
    const brew = await server.call(at('/orders'), {
      method: 'PROPFIND',
      headers: { authorization: `Bearer ${server.demo.apiKey}` },
    })
    expect([brew.status, brew.body.code]).toEqual([400, 'proxy.method'])
  })

  it('holds a connection back whose service asks for a pause, and no other', async () => {
    const busy = await connect()
    expect((await server.get(at('/busy', busy))).status).toBe(429)
    const held = await server.get(at('/orders', busy))
    expect([held.status, held.body.code]).toEqual([429, 'proxy.held_back'])
    expect(Number(held.headers.get('retry-after'))).toBeGreaterThan(100)
    expect((await server.get(at('/orders'))).status).toBe(200)
  })

  it('has a bound on calls in progress, and ends those whose caller has hung up', async () => {
    const caller = new AbortController()
    const headers = { authorization: `Bearer ${server.demo.apiKey}` }
    const open = Array.from({ length: 20 }, () =>
      fetch(server.base + at('/slow'), { headers, signal: caller.signal }).catch((error: Error) => error.name),
    )
    await expect.poll(() => seen).toHaveLength(20)
    const refused = await server.get(at('/orders'))
    expect([refused.status, refused.body.code]).toEqual([429, 'proxy.too_many'])
    caller.abort()
    expect(new Set(await Promise.all(open))).toEqual(new Set(['AbortError']))
    await expect.poll(() => hungUp).toBe(20)
    await expect.poll(async () => (await server.get(at('/orders'))).status).toBe(200)
  })

  it('opens to API keys with the permission alone', async () => {
    const { identity, tenancy } = server.plane.services
    const scope = { tenantId: server.demo.tenantId as TenantId }
    const keyOf = async (scopes: string[], of = scope) =>
      `Bearer ${(await identity.createApiKey(of, { name: 'Test', scopes })).secret}`
    const status = async (headers: Record<string, string>) => (await server.call(at('/orders'), { headers })).status
    expect(await status({})).toBe(401)
    expect(await status({ authorization: await keyOf(['connections:write', 'connections:read']) })).toBe(403)
    expect(await status({ authorization: await keyOf(['connections:proxy']) })).toBe(200)
    for (const role of ['viewer', 'owner'] as const) {
      const email = `${role}@proxy.example`
      await identity.createMember(scope, { email, name: role, role, password: 'correct horse battery' })
      const signedIn = await server.call('/trpc/auth.signIn', {
        method: 'POST',
        body: { email, password: 'correct horse battery' },
        headers: { origin: server.base },
      })
      const cookie = signedIn.headers.get('set-cookie')?.split(';')[0] ?? ''
      expect(cookie).not.toBe('')
      expect(await status({ cookie })).toBe(403)
    }
    const tenantId = await tenancy.createTenant({
      name: 'Other',
      slug: `other-${randomBytes(4).toString('hex')}`,
      allowedOrigins: [],
    })
    expect(await status({ authorization: await keyOf(['*'], { tenantId }) })).toBe(404)
    expect(seen).toHaveLength(1)
  })

  it('is in the audit log, without what the query held', async () => {
    await server.get(at('/orders?key=canary-query'))
    const { body } = await server.get(`/v1/audit-log?action=connection.proxied&targetId=${connection}&limit=1`)
    expect(body.data).toMatchObject([
      {
        action: 'connection.proxied',
        actor: { kind: 'apiKey' },
        customerId: server.demo.customerId,
        target: { kind: 'connection', id: connection },
        details: { method: 'GET', path: '/api/v2/orders', host: new URL(stubBase).host },
      },
    ])
    expect(JSON.stringify(body)).not.toContain('canary')
  })

  it('does what its documentation shows', async () => {
    const guide = await readFile(new URL('../../../../docs/how-to/proxy-api.md', import.meta.url), 'utf8')
    const commands = [...guide.matchAll(/```sh\n(curl.*?)```/gs)].map(([, command = '']) => command)
    expect(commands.length).toBeGreaterThanOrEqual(4)
    const env = { PATH: process.env['PATH'], INLAY: server.base, API_KEY: server.demo.apiKey, CONNECTION: connection }
    const cwd = tmpdir()
    for (const command of commands) await promisify(execFile)('sh', ['-ec', command], { env, cwd })
    await rm(join(cwd, 'part.pdf'), { force: true })
    expect(seen.map(({ method, url }) => `${method} ${url}`)).toEqual([
      'GET /api/v2/orders?status=open&limit=2',
      'POST /api/v2/orders',
      'GET /api/v2/files/invoice.pdf',
    ])
  })
})
