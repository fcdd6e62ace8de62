/** What the widgets of a customer ask for, as one of its people. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Answer, hasServers, startTestServer, type TestServer } from './test-server.js'

const SETTINGS = {
  type: 'object',
  properties: { channel: { type: 'string', minLength: 1 }, above: { type: 'number', default: 50 } },
  required: ['channel'],
}

describe.skipIf(!hasServers())('the widgets of a customer', () => {
  let server: TestServer
  let templateId: string

  beforeAll(async () => {
    server = await startTestServer()
    const tell = {
      id: 'tell',
      type: 'action',
      connector: 'slack',
      action: 'postMessage',
      input: { channel: '{{ vars.channel }}', text: 'Big order above {{ vars.above }}' },
    }
    const definition = { schema: 'inlay/workflow@1', name: 'Tell', trigger: { type: 'manual' }, steps: [tell] }
    const made = await server.post('/v1/templates', { name: 'Tell the chat', definition, settings: SETTINGS })
    expect(made.status).toBe(201)
    templateId = made.body.id
  })

  afterAll(() => server?.close())

  /** Calls as somebody of a customer. */
  async function person(externalId: string, role: 'viewer' | 'admin' = 'admin') {
    const token = await server.embedToken({ customer: { externalId }, role })
    const { body } = await server.call('/v1/embed/session', { method: 'POST', body: { token } })
    const headers = { authorization: `Bearer ${body.sessionToken}` }
    const customerId: string = body.me.customer.id
    return {
      customerId,
      get: (path: string) => server.call(path, { headers }),
      send: (method: string, path: string, given: object): Promise<Answer> =>
        server.call(path, { method, body: given, headers }),
      configure: (change: object) =>
        server.call(`/v1/automations/${templateId}`, { method: 'PUT', body: { customerId, ...change }, headers }),
    }
  }

  async function slackAccount(customerId: string, name: string): Promise<string> {
    // What the service thinks of the account is asked of the service: here it is put where it lies.
    const [row] = await server.test.admin<{ id: string }[]>`
      INSERT INTO inlay.connections (tenant_id, id, customer_id, connector, name, status, fields, secret)
      SELECT tenant_id, ${`con_${customerId.slice(4)}`}, id, 'slack', ${name}, 'ok', '{}', '\\x00'
      FROM inlay.customers WHERE id = ${customerId} RETURNING id`
    return row?.id ?? ''
  }

  it('offers templates with settings as automations, which are switched on once account and settings are there', async () => {
    const { customerId, get, configure } = await person('acme-books')
    const offered = (await get(`/v1/automations?customerId=${customerId}`)).body.data
    expect(offered.find(({ id }: { id: string }) => id === templateId)).toMatchObject({
      enabled: false,
      workflowId: null,
      values: { above: 50 },
      accounts: [{ connector: 'slack', isRequired: true, connectionId: null }],
    })
    expect(await configure({ enabled: true })).toMatchObject({ body: { code: 'automation.settings_invalid' } })
    const values = { channel: 'C1', above: 75 }
    expect(await configure({ enabled: true, values })).toMatchObject({
      status: 422,
      body: { code: 'automation.account_missing' },
    })
    const slack = await slackAccount(customerId, 'Sales')
    const on = await configure({ enabled: true, values, connections: { slack } })
    expect(on).toMatchObject({ status: 200, body: { enabled: true, values } })
    const workflow = (await get(`/v1/workflows/${on.body.workflowId}`)).body
    expect(workflow).toMatchObject({ enabled: true, publishedVersion: 1, draft: { definition: { vars: values } } })
    expect((await get(`/v1/connections/usage?customerId=${customerId}`)).body.data).toEqual([
      { connectionId: slack, workflows: [{ id: workflow.id, name: 'Tell the chat', enabled: true }] },
    ])
  })

  it('keep settings and accounts when an automation is switched off', async () => {
    const { configure, get } = await person('acme-books')
    const off = (await configure({ enabled: false })).body
    expect(off).toMatchObject({ enabled: false, values: { channel: 'C1', above: 75 } })
    expect(off.accounts[0].connectionId).toMatch(/^con_/)
    const again = (await configure({ enabled: true, values: { channel: 'C2', above: 75 } })).body
    expect(again).toMatchObject({ enabled: true, workflowId: off.workflowId })
    expect((await get(`/v1/workflows/${off.workflowId}`)).body).toMatchObject({ enabled: true, publishedVersion: 2 })
  })

  it('run with the settings of the customer when the event comes', async () => {
    const { customerId, get, send } = await person('acme-books')
    const { data } = (await get(`/v1/automations?customerId=${customerId}`)).body
    const demo = data.find(({ name }: { name: string }) => name.startsWith('Tell the sales chat'))
    const values = { above: 10, greeting: 'Look:' }
    const on = await send('PUT', `/v1/automations/${demo.id}`, { customerId, values, enabled: true })
    expect(on.body).toMatchObject({ enabled: true, accounts: [] })
    const payload = { id: 'A-1', total: 20, customer: 'Kim' }
    await server.post('/v1/events', { name: 'order.placed', customerId, payload })
    const runs = (await get(`/v1/runs?workflowId=${on.body.workflowId}`)).body.data
    await server.plane.engine.execute([runs[0].id])
    const steps = (await get(`/v1/runs/${runs[0].id}/steps`)).body.data
    expect(steps[0].input.body.text).toBe('Look: Order A-1 of 20 € from Kim')
    const since = (at: number) => get(`/v1/runs?createdSince=${encodeURIComponent(new Date(at).toISOString())}`)
    expect((await since(Date.now() - 60_000)).body.data).toHaveLength(1)
    expect((await since(Date.now() + 60_000)).body.data).toEqual([])
  })

  it('are confined to the customer, and to what the role may', async () => {
    const other = await person('blue-bikes')
    const acme = await person('acme-books')
    for (const customerId of [other.customerId, acme.customerId]) {
      const { data } = (await other.get(`/v1/automations?customerId=${customerId}`)).body
      expect(data.every(({ workflowId }: { workflowId: string | null }) => workflowId === null)).toBe(true)
    }
    expect((await other.configure({ customerId: acme.customerId, values: { channel: 'X' } })).status).toBe(404)
    const viewer = await person('blue-bikes', 'viewer')
    expect((await viewer.get(`/v1/templates/${templateId}`)).status).toBe(200)
    expect((await viewer.configure({ enabled: true })).status).toBe(403)
    expect((await other.send('DELETE', `/v1/templates/${templateId}`, {})).status).toBe(403)
  })

  it('tell which page may not show the widget, when the frame says who is around it', async () => {
    const token = await server.embedToken({ customer: { externalId: 'acme-books' }, role: 'viewer' })
    const body = { token, parentOrigin: 'http://evil.example' }
    const refused = await server.call('/v1/embed/session', { method: 'POST', body })
    expect(refused).toMatchObject({ status: 403, body: { code: 'embed.origin_denied' } })
  })
})
