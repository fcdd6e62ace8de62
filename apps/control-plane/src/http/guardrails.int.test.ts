/** Guardrails as the people of a customer meet them over HTTP. */
import { signEmbedToken } from '@inlay/sdk/embed'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestServer, type TestServer } from './test-server.js'

const serverUrl = process.env['INLAY_TEST_DATABASE_URL']
const redisUrl = process.env['INLAY_TEST_REDIS_URL']

describe.skipIf(serverUrl === undefined || redisUrl === undefined)('guardrails over HTTP', () => {
  let server: TestServer
  let headers: Record<string, string>
  let customerId: string

  beforeAll(async () => {
    server = await startTestServer({ serverUrl: serverUrl ?? '', redisUrl: redisUrl ?? '' })
    const { demo, base } = server
    const token = await signEmbedToken({
      signingKey: demo.embedSigningKey,
      keyId: demo.embedKeyId,
      tenantId: demo.tenantId,
      audience: base,
      user: { sub: 'u1' },
      customer: { externalId: 'guarded' },
      role: 'admin',
    })
    const { body } = await server.call('/v1/embed/session', { method: 'POST', body: { token } })
    headers = { authorization: `Bearer ${body.sessionToken}` }
    customerId = body.me.customer.id
  })

  afterAll(() => server?.close())

  const put = (path: string, body: object) =>
    server.call(path, { method: 'PUT', body, headers: { authorization: `Bearer ${server.demo.apiKey}` } })

  it('are told to the widget, which cannot change them', async () => {
    expect((await put('/v1/guardrails', { allowCode: false, maxWorkflows: 1 })).status).toBe(200)
    expect((await put(`/v1/customers/${customerId}/guardrails`, { own: { maxSteps: 3 } })).body).toMatchObject({
      own: { maxSteps: 3 },
      effective: { maxSteps: 3, allowCode: false },
    })
    const me = await server.call('/v1/me', { headers })
    expect(me.body.guardrails).toMatchObject({ maxSteps: 3, allowCode: false, maxWorkflows: 1 })
    expect((await server.get('/v1/me')).body.guardrails).toBeNull()
    for (const path of ['/v1/guardrails', `/v1/customers/${customerId}/guardrails`]) {
      const refused = await server.call(path, { method: 'PUT', body: { own: {}, allowCode: true }, headers })
      expect([path, refused.status]).toEqual([path, 403])
    }
  })

  it('refuse a workflow too many with a code that stays', async () => {
    const make = () => server.call('/v1/workflows', { method: 'POST', body: { customerId, name: 'Orders' }, headers })
    expect((await make()).status).toBe(201)
    expect(await make()).toMatchObject({ status: 409, body: { code: 'workflow.limit_reached' } })
  })

  it('refuse rules that there are not', async () => {
    expect((await put('/v1/guardrails', { allowEverything: true })).status).toBe(400)
    expect((await put('/v1/guardrails', { stepTypes: ['teleport'] })).status).toBe(400)
  })
})
