/** What keeps guessing and floods within bounds, and what is remembered of them, over HTTP. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hasServers, startTestServer, type TestServer } from './test-server.js'

describe.skipIf(!hasServers())('limits over HTTP', () => {
  let server: TestServer
  /** Counts in Redis outlive a test: each run comes from addresses of its own. */
  const network = `198.18.${Math.floor(Math.random() * 255)}`
  const from = (host: number) => ({ 'x-forwarded-for': `${network}.${host}` })

  beforeAll(async () => {
    server = await startTestServer({ trustedProxies: 1 })
  })

  afterAll(() => server?.close())

  const recordsOf = async (action: string) => (await server.get(`/v1/audit-log?action=${action}`)).body.data
  const tokenFor = (tenantId: string) =>
    server.embedToken({
      tenantId,
      user: { sub: `u-${network}` },
      customer: { externalId: 'limited' },
      role: 'editor',
    })
  const exchange = (token: string, host: number) =>
    server.call('/v1/embed/session', { method: 'POST', body: { token }, headers: from(host) })

  it('slow down tests of steps, in the answer and in its header', async () => {
    const { body } = await exchange(await tokenFor(server.demo.tenantId), 1)
    const headers = { authorization: `Bearer ${body.sessionToken}` }
    const draft = { customerId: body.me.customer.id, name: 'Orders' }
    const { id } = (await server.call('/v1/workflows', { method: 'POST', body: draft, headers })).body
    const test = () => server.call(`/v1/workflows/${id}/steps/none/test`, { method: 'POST', body: {}, headers })
    for (let count = 0; count < 30; count++) expect((await test()).body.code).toBe('workflow.unknown_step')
    const refused = await test()
    expect(refused).toMatchObject({ status: 429, body: { code: 'limit.too_many_calls' } })
    expect(refused.body.retryAfterSeconds).toBeGreaterThan(0)
    expect(refused.headers.get('retry-after')).toBe(String(refused.body.retryAfterSeconds))
    const overTrpc = await server.call('/trpc/workflows.testStep', {
      method: 'POST',
      body: { id, stepId: 'none' },
      headers,
    })
    expect([overTrpc.status, overTrpc.body.error.data.code]).toEqual([429, 'limit.too_many_calls'])
    expect(Number(overTrpc.headers.get('retry-after'))).toBeGreaterThan(0)
  })

  it('tell the tenant who was not let in, by password and by embed token', async () => {
    const signIn = (email: string) =>
      server.call('/trpc/auth.signIn', {
        method: 'POST',
        body: { email, password: 'wrong' },
        headers: { origin: server.base, ...from(2) },
      })
    const { portalEmail } = server.demo
    expect((await signIn('nobody@elsewhere.example')).status).toBe(401)
    for (let count = 0; count < 5; count++) expect((await signIn(portalEmail)).status).toBe(401)
    expect((await signIn(portalEmail)).status).toBe(429)
    expect((await signIn(portalEmail)).headers.get('retry-after')).toMatch(/^\d+$/)
    const failed = await recordsOf('member.sign_in_failed')
    expect(failed).toHaveLength(5)
    expect(failed[0]).toMatchObject({
      actor: { kind: 'anonymous' },
      target: { kind: 'member' },
      ip: from(2)['x-forwarded-for'],
    })
    expect(await recordsOf('member.sign_in_locked')).toHaveLength(1)
    // Others of the test's runs wait for nothing.
    await server.plane.services.signInLimit.reward({ email: portalEmail, address: from(2)['x-forwarded-for'] })
    const used = await tokenFor(server.demo.tenantId)
    expect((await exchange(used, 3)).status).toBe(200)
    expect((await exchange(used, 3)).body.code).toBe('embed.token_used')
    expect((await exchange(`${used}x`, 3)).body.code).toBe('embed.token_invalid')
    expect((await recordsOf('embed.refused')).map(({ details }: { details: object }) => details)).toEqual([
      { code: 'embed.token_invalid', why: 'signature verification failed' },
      { code: 'embed.token_used' },
    ])
  })

  it('stop an address whose embed tokens are refused again and again', async () => {
    for (let count = 0; count < 60; count++) expect((await exchange('no token', 4)).status).toBe(401)
    const refused = await exchange(await tokenFor(server.demo.tenantId), 4)
    expect(refused).toMatchObject({ status: 429, body: { code: 'limit.too_many_failures' } })
    expect((await exchange(await tokenFor(server.demo.tenantId), 5)).status).toBe(200)
  })

  it('stop an address that tries links which are none', async () => {
    const open = (host: number) =>
      server.call('/approvals/guessed', { headers: { ...from(host), accept: 'text/html' } })
    for (let count = 0; count < 30; count++) expect((await open(6)).status).toBe(404)
    const page = await open(6)
    expect(page.status).toBe(429)
    expect(page.body).toContain('Try again in')
    expect(page.headers.get('retry-after')).toMatch(/^\d+$/)
    const callback = await server.call('/callbacks/guessed', { method: 'POST', body: {}, headers: from(6) })
    expect(callback.body.code).toBe('limit.too_many_failures')
    expect((await open(7)).status).toBe(404)
  })
})
