/** Guardrails as the people of a customer meet them over HTTP. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hasServers, startTestServer, type TestServer } from './test-server.js'

describe.skipIf(!hasServers())('guardrails over HTTP', () => {
  let server: TestServer
  let headers: Record<string, string>
  let customerId: string

  beforeAll(async () => {
    server = await startTestServer()
    const token = await server.embedToken({ customer: { externalId: 'guarded' }, role: 'admin' })
    const { body } = await server.call('/v1/embed/session', { method: 'POST', body: { token } })
    headers = { authorization: `Bearer ${body.sessionToken}` }
    customerId = body.me.customer.id
  })

  afterAll(() => server?.close())

  it('are told to the widget, which cannot change them', async () => {
    expect((await server.put('/v1/guardrails', { allowCode: false, maxWorkflows: 1 })).status).toBe(200)
    expect((await server.put(`/v1/customers/${customerId}/guardrails`, { own: { maxSteps: 3 } })).body).toMatchObject({
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

  it('keep apps, and templates that need them, from lists, from search and from who knows their names', async () => {
    const definition = (steps: object[]) => ({
      schema: 'inlay/workflow@1',
      name: 'T',
      trigger: { type: 'manual' },
      steps,
    })
    const say = { id: 'say', type: 'action', connector: 'slack', action: 'post-message', input: {} }
    const add = async (name: string, steps: object[], settings?: object) =>
      (await server.post('/v1/templates', { name, definition: definition(steps), settings })).body.id as string
    const chat = await add('To the chat', [say], { type: 'object', properties: {} })
    const quiet = await add('Quiet', [])
    await server.put('/v1/guardrails', { connectors: { deny: ['slack'] } })
    const read = async (path: string) => (await server.call(path, { headers })).body
    const found = (await read('/v1/connectors?search=slack')).data as { id: string }[]
    expect(found.map(({ id }) => id)).not.toContain('slack')
    expect(await read('/v1/connectors/slack')).toMatchObject({ status: 404, code: 'connector.not_found' })
    const form = { action: 'post-message', field: 'channel' }
    const options = await server.call('/v1/connectors/slack/options', { method: 'POST', body: form, headers })
    expect(options).toMatchObject({ status: 403, body: { code: 'connector.not_offered' } })
    const templates: string[] = []
    for (let cursor = ''; ; ) {
      const { data, nextCursor } = await read(`/v1/templates?limit=1${cursor}`)
      templates.push(...data.map(({ id }: { id: string }) => id))
      if (nextCursor === null) break
      cursor = `&cursor=${nextCursor}`
    }
    expect(templates).toContain(quiet)
    expect(templates).not.toContain(chat)
    expect(await read(`/v1/templates/${chat}`)).toMatchObject({ code: 'template.not_found' })
    const use = await server.call(`/v1/templates/${chat}/use`, { method: 'POST', body: { customerId }, headers })
    expect(use.body.code).toBe('template.not_found')
    const automations = (await read(`/v1/automations?customerId=${customerId}`)).data as { id: string }[]
    expect(automations.map(({ id }) => id)).not.toContain(chat)
    // The tenant's own people see all of it.
    expect((await server.get('/v1/connectors/slack')).status).toBe(200)
    expect((await server.get(`/v1/templates/${chat}`)).status).toBe(200)
  })

  it('of one customer are found in its part of the audit log; of nobody they leave no record', async () => {
    const changes = async (query: string) =>
      (await server.get(`/v1/audit-log?action=guardrails.changed&${query}`)).body.data
    await server.put(`/v1/customers/${customerId}/guardrails`, { own: { maxSteps: 4 } })
    expect((await changes(`customerId=${customerId}`))[0]).toMatchObject({ customerId, target: { id: customerId } })
    expect((await server.put('/v1/customers/cus_nobody/guardrails', { own: {} })).status).toBe(404)
    expect(await changes('targetId=cus_nobody')).toEqual([])
  })

  it('refuse rules that there are not', async () => {
    expect((await server.put('/v1/guardrails', { allowEverything: true })).status).toBe(400)
    expect((await server.put('/v1/guardrails', { stepTypes: ['teleport'] })).status).toBe(400)
  })
})
