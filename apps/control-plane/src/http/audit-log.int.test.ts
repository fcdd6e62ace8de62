import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hasServers, startTestServer, type TestServer } from './test-server.js'

describe.skipIf(!hasServers())('the audit log over HTTP', () => {
  let server: TestServer

  beforeAll(async () => {
    server = await startTestServer()
  })

  afterAll(() => server?.close())

  async function recordsOf(query: string) {
    const { status, body } = await server.get(`/v1/audit-log?${query}`)
    expect(status).toBe(200)
    return body.data
  }

  it('tells who connected an account, and who replaced the key of its secrets', async () => {
    const { customerId } = server.demo
    const given = {
      customerId,
      connector: 'http',
      method: 'bearer',
      name: 'API',
      values: { token: 'test-canary-token', baseUrl: 'https://api.example.com' },
    }
    const { data: connectors } = (await server.get('/v1/connectors?search=http')).body
    expect(connectors.map(({ id }: { id: string }) => id)).toContain('http')
    const made = await server.post('/v1/connections', given)
    expect([made.status, made.body]).toMatchObject([201, { method: 'bearer', status: 'unverified' }])
    const rotated = await server.post(`/v1/customers/${customerId}/rotate-key`)
    expect([rotated.status, rotated.body]).toEqual([200, { secrets: 1 }])
    const again = await server.post(`/v1/customers/${customerId}/rotate-key`)
    expect([again.status, again.body.code]).toEqual([409, 'key.recently_rotated'])

    const [created] = await recordsOf(`action=connection.created&targetId=${made.body.id}`)
    expect(created).toMatchObject({
      actor: { kind: 'apiKey' },
      customerId,
      details: { connector: 'http', method: 'bearer' },
      requestId: made.headers.get('x-request-id'),
    })
    expect(created.ip).toMatch(/127\.0\.0\.1|::1/)
    expect(await recordsOf('action=key.rotated')).toMatchObject([{ target: { kind: 'customer', id: customerId } }])
    const all = await recordsOf(`since=${new Date(Date.now() - 60_000).toISOString()}&limit=100`)
    expect(JSON.stringify(all)).not.toContain('test-canary-token')
    expect((await recordsOf('since=2020-01-01T00:00:00Z&until=2020-01-02T00:00:00Z')).length).toBe(0)
  })

  it('tells of sign-ins and keys, and keeps no new key where it could be read', async () => {
    const { portalEmail: email, portalPassword: password } = server.demo
    const body = { email, password }
    const signedIn = await server.call('/trpc/auth.signIn', { method: 'POST', body, headers: { origin: server.base } })
    expect(signedIn.status).toBe(200)
    expect(await recordsOf('action=member.signed_in')).toMatchObject([{ actor: { kind: 'member' } }])
    const keyed = { 'idempotency-key': 'audit-1' }
    const made = await server.post('/v1/api-keys', { name: 'CI', scopes: ['runs:read'] }, keyed)
    expect(made.status).toBe(201)
    const rows = await server.test.admin`SELECT to_jsonb(k)::text AS row FROM inlay.idempotency_keys k`
    expect(rows).toHaveLength(1)
    expect(JSON.stringify(rows)).not.toContain(made.body.secret)
    const repeated = await server.post('/v1/api-keys', { name: 'CI', scopes: ['runs:read'] }, keyed)
    expect(repeated.body).toEqual(made.body)
    const target = { kind: 'apiKey', id: made.body.apiKey.id }
    expect(await recordsOf(`action=api_key.created&targetId=${target.id}`)).toMatchObject([
      { target, details: { scopes: ['runs:read'] } },
    ])
    const narrow = { headers: { authorization: `Bearer ${made.body.secret}` } }
    expect((await server.call('/v1/audit-log', narrow)).status).toBe(403)
  })
})
