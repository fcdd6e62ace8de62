import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { CustomerId, JsonObject, JsonValue, TenantId } from '@inlay/engine'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createTestPlatform, type TestPlatform } from '../../runs/test-platform.js'
import { createLogger } from '../../telemetry/index.js'
import { createHookHandler } from '../hook-handler.js'
import { createWebhookDeliveries } from './deliveries.js'
import { type ConnectorTriggerDeps, createConnectorTriggerRunner } from './loop.js'
import { type Acme, acmeConnector, addressSignature, signature, startAcme } from './test-acme.js'

const serverUrl = process.env['INLAY_TEST_DATABASE_URL']

describe.skipIf(serverUrl === undefined)('a webhook trigger of a connector', () => {
  let platform: TestPlatform
  let server: Server
  let base: string
  let acme: Acme
  let scope: { tenantId: TenantId; customerId: CustomerId }
  let connection: string

  beforeAll(async () => {
    const options = { connectors: [acmeConnector], egressAllow: ['127.0.0.0/8'] }
    platform = await createTestPlatform({ serverUrl: serverUrl ?? '', ...options })
    scope = await platform.addTenant()
    const log = createLogger({ level: 'silent', service: 'test' })
    const webhooks = createWebhookDeliveries({
      ...platform.triggerDeps,
      catalogs: platform.catalogs,
      deliveryTimeoutMs: 200,
    })
    const handle = createHookHandler({ ...platform, ...platform.reception, webhooks, log })
    server = createServer((request, response) => void handle(request, response))
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    // A server that listens on TCP has an AddressInfo.
    base = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hooks/`
  })

  afterAll(async () => {
    server?.closeAllConnections()
    server?.close()
    await platform?.close()
  })

  beforeEach(async () => {
    acme = await startAcme()
    const values = { apiKey: 'test-key', url: acme.url }
    const given = { customerId: scope.customerId, connector: 'acme', name: 'Acme', values }
    connection = (await platform.connections.create(scope, given)).id
  })

  afterEach(async () => {
    await platform.test.admin`DELETE FROM inlay.connector_triggers`
    await platform.test.admin`DELETE FROM inlay.workflows`
    await acme.close()
  })

  async function publish(trigger: JsonObject = {}, within = scope): Promise<string> {
    const start = { type: 'connector', connector: 'acme', trigger: 'hook', connection, input: {}, ...trigger }
    const definition = { schema: 'inlay/workflow@1', name: 'Hook', trigger: start, steps: [] }
    const { id } = await platform.workflows.create(within, { customerId: within.customerId, name: 'Hook', definition })
    await platform.workflows.publish(within, id, { publishedBy: 'test' })
    return id
  }

  async function republish(id: string, trigger: JsonObject): Promise<void> {
    const { draft } = await platform.workflows.get(scope, id)
    const definition = { ...(draft.definition as JsonObject), trigger }
    await platform.workflows.saveDraft(scope, id, { definition, baseRevision: draft.revision })
    await platform.workflows.publish(scope, id, { publishedBy: 'test' })
  }

  async function work(changes: Partial<ConnectorTriggerDeps> = {}): Promise<void> {
    const runner = createConnectorTriggerRunner({ ...platform.triggerDeps, ...changes })
    while ((await runner.take()) > 0) await runner.idle()
    await runner.close()
  }

  async function workLater(changes: Partial<ConnectorTriggerDeps> = {}): Promise<void> {
    await platform.test.admin`UPDATE inlay.connector_triggers SET due_at = now(), lease_until = NULL`
    await work(changes)
  }

  async function state(id: string) {
    return (await platform.workflows.get(scope, id)).trigger.connector
  }

  async function started(workflowId: string): Promise<JsonValue[]> {
    const { data } = await platform.runs.list(scope, { workflowId, limit: 100 })
    const runs = await Promise.all(data.map(({ id }) => platform.runs.get(scope, id)))
    return runs.reverse().map(({ trigger }) => (trigger as { name: JsonValue }).name)
  }

  function secretReads() {
    return platform.test.admin<{ target_kind: string; target_id: string; details: JsonObject }[]>`
      SELECT target_kind, target_id, details FROM inlay.audit_log WHERE action = 'secret.read' ORDER BY id`
  }

  function onlyHook() {
    const [hook] = acme.hooks.values()
    if (hook === undefined || acme.hooks.size > 1) throw new Error(`There are ${acme.hooks.size} hooks.`)
    return { ...hook, token: hook.url.split('/').at(-1) ?? '' }
  }

  interface Sent {
    readonly body: JsonValue
    readonly secret?: string
    readonly sentAt?: number
    readonly path?: string
  }

  async function deliver({ body, path = '', sentAt = Date.now(), ...given }: Sent, hook = onlyHook()) {
    const text = JSON.stringify(body)
    const headers = { 'content-type': 'application/json', ...signature(given.secret ?? hook.secret, sentAt, text) }
    const response = await fetch(base + hook.token + path, { method: 'POST', headers, body: text })
    return { status: response.status, headers: response.headers, text: await response.text() }
  }

  const event = (id: string, name = id): JsonObject => ({ events: [{ id, name }] })

  it('is registered by a worker, and starts one run for each thing, however often it is delivered', async () => {
    const id = await publish()
    expect(acme.calls).toEqual([])
    await work()
    expect(await state(id)).toMatchObject({ status: 'active', kind: 'webhook', nextAt: null })
    expect(onlyHook().url).toMatch(/^http:\/\/plane\.test\/hooks\/[\w-]{43}$/)
    const both = {
      events: [
        { id: 'e1', name: 'a' },
        { id: 'e2', name: 'b' },
      ],
    }
    expect(await deliver({ body: both })).toMatchObject({ status: 200, text: '{"accepted":2}' })
    expect((await deliver({ body: both })).status).toBe(200)
    expect((await deliver({ body: event('e3', 'c') })).status).toBe(200)
    expect(await started(id)).toEqual(['a', 'b', 'c'])
  })

  it('completes deliveries with what the account of the connection may see', async () => {
    const id = await publish()
    await work()
    acme.items.push({ id: 'i1', name: 'looked up' })
    const asked = acme.calls.length
    expect((await deliver({ body: event('e1', 'told') })).status).toBe(200)
    expect(acme.calls).toHaveLength(asked)
    expect(await deliver({ body: { mode: 'look up' } })).toMatchObject({ status: 200, text: '{"accepted":1}' })
    expect(await started(id)).toEqual(['told', 'looked up'])
    const reads = await secretReads()
    expect(reads.filter(({ details }) => details['purpose'] === 'delivery')).toMatchObject([
      { target_kind: 'connection', target_id: connection },
    ])
  })

  it('is verified by the address that was registered and the key of the account', async () => {
    const id = await publish({ trigger: 'addressed' })
    await work()
    const { url, token } = onlyHook()
    const send = async (query: string, signed: string) => {
      const headers = { 'content-type': 'application/json', 'acme-signature': signed, host: 'behind.proxy.test' }
      const body = JSON.stringify(event('e1'))
      return (await fetch(base + token + query, { method: 'POST', headers, body })).status
    }
    expect(await send('?a=1&b=%20', addressSignature('other-key', `${url}?a=1&b=%20`))).toBe(401)
    expect(await send('?a=1&b=%20', addressSignature('test-key', url))).toBe(401)
    expect(await send('?a=1&b=%20', addressSignature('test-key', `${url}?a=1&b=%20`))).toBe(200)
    expect(await started(id)).toEqual(['e1'])
  })

  it('answers as its service wants, and never with a secret, a cookie or a way elsewhere', async () => {
    await publish({ trigger: 'addressed' })
    await work()
    const { url, token, secret } = onlyHook()
    const send = async (body: JsonObject, method = 'POST') => {
      const headers = { 'content-type': 'application/json', 'acme-signature': addressSignature('test-key', url) }
      const response = await fetch(base + token, { method, headers, body: JSON.stringify(body), redirect: 'manual' })
      return { status: response.status, headers: response.headers, text: await response.text() }
    }
    const told = await send(event('e1'))
    expect([told.status, told.headers.get('content-type')]).toEqual([200, 'text/xml'])
    expect(told.headers.get('content-security-policy')).toContain('sandbox')
    expect(told.text).toBe('<Response><Told>1</Told></Response>')
    const empty = await send({ answer: { status: 204, body: 'not sent' } })
    expect([empty.status, empty.text, empty.headers.get('content-type')]).toEqual([204, '', null])
    const refused = {
      status: 500,
      headers: { 'set-cookie': 'a=b', 'x-hook-secret': secret },
      body: { it: [`is ${secret}`] },
    }
    const safe = await send({ answer: refused })
    expect([safe.status, safe.headers.get('set-cookie'), safe.headers.get('x-hook-secret'), safe.text]).toEqual([
      200,
      null,
      '[redacted]',
      '{"it":["is [redacted]"]}',
    ])
    expect((await send({ answer: { body: 'x'.repeat(16_385) } })).status).toBe(500)
    const question = await send({}, 'PUT')
    expect([question.headers.get('set-cookie'), question.headers.get('location')]).toEqual([null, null])
    expect(question.text).toBe('[redacted] and [redacted]')
  })

  it('is told nothing while the tenant blocks its connector, and says so to the workflow', async () => {
    const id = await publish()
    await work()
    const settings = { hidden: false, name: null, description: null, icon: null }
    const block = (availability: 'blocked' | null) =>
      platform.catalog.settings.set({ tenantId: scope.tenantId }, 'acme', { ...settings, availability })
    await block('blocked')
    expect((await deliver({ body: event('e1') })).status).toBe(404)
    expect((await state(id))?.detail).toContain('has blocked the connector')
    await block(null)
    expect((await deliver({ body: event('e2') })).status).toBe(200)
    expect(await started(id)).toEqual(['e2'])
    expect((await state(id))?.detail).toBeNull()
  })

  it('answers questions by GET and POST, also while it is being registered', async () => {
    let asked: { status: number; text: string } | undefined
    acme.onRegister = async ({ url }) => {
      const response = await fetch(`${base}${url.split('/').at(-1)}?challenge=42`)
      asked = { status: response.status, text: await response.text() }
    }
    await publish()
    await work()
    expect(asked).toEqual({ status: 200, text: '42' })
    const later = await deliver({ body: {}, path: '?challenge=again' })
    expect([later.text, later.headers.get('x-hook-secret')]).toEqual(['again', 'yes'])
    expect(later.headers.get('content-security-policy')).toContain('sandbox')
  })

  it('refuses what is not signed, signed otherwise, or signed long ago, without saying why', async () => {
    const id = await publish()
    await work()
    const refused = [
      await deliver({ body: event('e1'), secret: 'wrong' }),
      await deliver({ body: event('e1'), sentAt: Date.now() - 600_000 }),
    ]
    const bare = await fetch(base + onlyHook().token, { method: 'POST', body: '{}' })
    refused.push({ status: bare.status, headers: bare.headers, text: await bare.text() })
    for (const { status, text } of refused) {
      expect([status, JSON.parse(text).code]).toEqual([401, 'hook.refused'])
      expect(text).not.toMatch(/signature|time|old/i)
    }
    expect(await started(id)).toEqual([])
  })

  it.each(['text', 'garbage', 'hang'])('whose code fails (%s) lets the service send it again', async (mode) => {
    const id = await publish()
    await work()
    const { status, text } = await deliver({ body: { mode } })
    expect(status).toBe(500)
    expect(text).not.toMatch(/no Error|\bat \w+|acme/i)
    expect((await deliver({ body: event('e1', 'a') })).status).toBe(200)
    expect(await started(id)).toEqual(['a'])
  })

  it('accepts nothing before it is durable', async () => {
    const id = await publish()
    await work()
    await platform.test.admin`ALTER TABLE inlay.run_keys RENAME TO hidden`
    const failed = await deliver({ body: event('e1', 'a') }).finally(
      () => platform.test.admin`ALTER TABLE inlay.hidden RENAME TO run_keys`,
    )
    expect(failed.status).toBe(500)
    expect((await deliver({ body: event('e1', 'a') })).status).toBe(200)
    expect(await started(id)).toEqual(['a'])
  })

  it('leaves out items that are not what it promises', async () => {
    const id = await publish()
    await work()
    const body = {
      events: [
        { id: 'e1', name: 7 },
        { id: 'e2', name: 'b' },
      ],
    }
    expect(await deliver({ body })).toMatchObject({ status: 200, text: '{"accepted":1}' })
    expect(await started(id)).toEqual(['b'])
    expect(await state(id)).toMatchObject({
      status: 'active',
      detail: expect.stringContaining('One item was left out'),
    })
  })

  it('is taken back when its workflow is switched off, gets another trigger or is deleted; its address leads nowhere', async () => {
    const off = await publish()
    await work()
    const hook = onlyHook()
    await platform.workflows.update(scope, off, { enabled: false })
    expect((await deliver({ body: event('e1') }, hook)).status).toBe(404)
    await work()
    expect(acme.hooks.size).toBe(0)
    await platform.workflows.update(scope, off, { enabled: true })
    await work()
    expect(onlyHook().url).not.toBe(hook.url)
    await republish(off, { type: 'connector', connector: 'acme', trigger: 'hook', connection, input: { topic: 'new' } })
    await work()
    expect(onlyHook()).toBeDefined()
    await republish(off, { type: 'manual' })
    await work()
    expect(acme.hooks.size).toBe(0)
    const gone = await publish()
    await work()
    await platform.workflows.delete(scope, gone)
    await work()
    expect(acme.hooks.size).toBe(0)
    expect(await platform.test.admin`SELECT 1 FROM inlay.connector_triggers`).toHaveLength(0)
  })

  it('stays registered once when it is published again unchanged', async () => {
    const id = await publish()
    await work()
    const { draft } = await platform.workflows.get(scope, id)
    await republish(id, (draft.definition as { trigger: JsonObject }).trigger)
    await work()
    expect(acme.calls.filter((call) => call === 'POST /hooks')).toHaveLength(1)
    await deliver({ body: event('e1') })
    expect((await platform.runs.list(scope, { workflowId: id, limit: 1 })).data[0]).toMatchObject({ versionNumber: 2 })
  })

  it('is taken back though the worker died before it learned what the service had registered', async () => {
    const id = await publish()
    const abandoned = createConnectorTriggerRunner(platform.triggerDeps)
    const told = new Promise<void>((resolve) => {
      acme.onRegister = async () => resolve()
    })
    // The service registers, and what it answered cannot be kept.
    const { admin } = platform.test
    await admin`ALTER TABLE inlay.connector_triggers ADD CONSTRAINT lost CHECK (registration IS NULL) NOT VALID`
    await abandoned.take()
    await told
    await abandoned.idle()
    await admin`ALTER TABLE inlay.connector_triggers DROP CONSTRAINT lost`
    expect(acme.hooks.size).toBe(1)
    await platform.workflows.delete(scope, id)
    await workLater()
    expect(acme.hooks.size).toBe(0)
  })

  it('that is let go of while it is registered is taken back', async () => {
    const id = await publish()
    acme.onRegister = async () => platform.workflows.delete(scope, id)
    await work()
    expect(acme.calls.filter((call) => call.startsWith('DELETE /hooks/'))).toHaveLength(1)
    expect(acme.hooks.size).toBe(0)
  })

  it('is tried again when the service does not answer, and taking it back is given up at last', async () => {
    const id = await publish()
    acme.intercept = () => ({ status: 503 })
    await work()
    expect(await state(id)).toMatchObject({ status: 'starting', detail: expect.stringContaining('503') })
    acme.intercept = () => undefined
    await workLater()
    expect(await state(id)).toMatchObject({ status: 'active', detail: null })
    await platform.workflows.delete(scope, id)
    acme.intercept = (call) => (call.startsWith('DELETE') ? { status: 500 } : undefined)
    for (let tries = 0; tries < 7; tries++) await workLater()
    expect(acme.calls.filter((call) => call.startsWith('DELETE'))).toHaveLength(7)
    expect(await platform.test.admin`SELECT 1 FROM inlay.connector_triggers`).toHaveLength(0)
  })

  it('is told again of the address that its service knows, though its tenant has a domain by now', async () => {
    const domain = { baseOf: () => 'https://automations.acme.test' }
    await publish()
    await work()
    const { url } = onlyHook()
    // As after a worker that died before it could keep the answer.
    await platform.test.admin`UPDATE inlay.connector_triggers SET registration = NULL, status = 'starting'`
    await workLater(domain)
    expect(onlyHook().url).toBe(url)
    await publish()
    await work(domain)
    expect([...acme.hooks.values()].map((hook) => new URL(hook.url).origin)).toEqual([
      'http://plane.test',
      'https://automations.acme.test',
    ])
  })

  it('whose connection was deleted is not asked about for long', async () => {
    const id = await publish()
    await work()
    await platform.connections.delete(scope, connection)
    await platform.workflows.delete(scope, id)
    for (let tries = 0; tries < 3; tries++) await workLater()
    expect(await platform.test.admin`SELECT 1 FROM inlay.connector_triggers`).toHaveLength(0)
  })

  it('is gone with its customer', async () => {
    const customerId = await platform.addCustomer(scope.tenantId)
    await publish({}, { tenantId: scope.tenantId, customerId })
    await work()
    const { tenantId } = scope
    await platform.test.database.withTenant(
      { tenantId },
      (sql) => sql`DELETE FROM inlay.customers WHERE tenant_id = ${tenantId} AND id = ${customerId}`,
    )
    await work()
    expect(await platform.test.admin`SELECT 1 FROM inlay.connector_triggers`).toHaveLength(0)
  })

  it('that expires is renewed, and goes on when a renewal fails', async () => {
    const id = await publish({ trigger: 'renewed' })
    await work()
    const first = Date.parse((await state(id))?.nextAt ?? '')
    expect(Math.abs(first - Date.now() - 3_600_000)).toBeLessThan(600_000)
    await workLater()
    await workLater()
    expect(acme.calls.filter((call) => call.startsWith('PUT'))).toHaveLength(2)
    acme.intercept = (call) => (call.startsWith('PUT') ? { status: 401 } : undefined)
    await workLater()
    expect(await state(id)).toMatchObject({ status: 'failing', detail: expect.stringContaining('401') })
    expect((await deliver({ body: event('e1', 'a') })).status).toBe(200)
    expect(await started(id)).toEqual(['a'])
  })

  it('keeps its secret sealed, and out of what people see', async () => {
    const id = await publish()
    await work()
    const { secret } = onlyHook()
    const rows = await platform.test
      .admin`SELECT t::text AS row, encode(secret, 'escape') AS sealed FROM inlay.connector_triggers t`
    expect(JSON.stringify([rows, await platform.workflows.get(scope, id)])).not.toContain(secret)
    acme.intercept = () => ({ status: 500, body: { echo: secret } })
    await platform.test.admin`UPDATE inlay.connector_triggers SET registration = NULL`
    await workLater()
    expect((await state(id))?.detail).toContain('[redacted]')
  })
})
