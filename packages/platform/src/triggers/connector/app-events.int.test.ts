import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import {
  type CustomerId,
  type JsonObject,
  type JsonValue,
  type OAuthApp,
  secretText,
  type TenantId,
} from '@inlay/engine'
import { Registry } from 'prom-client'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createTestPlatform, type TestPlatform } from '../../runs/test-platform.js'
import { createLogger } from '../../telemetry/index.js'
import { createHookHandler } from '../hook-handler.js'
import { createConnectorTriggerRunner } from './loop.js'
import { createTriggerMetrics } from './metrics.js'
import { createTriggerReception } from './reception.js'
import { type Acme, acmeConnector, signature, startAcme } from './test-acme.js'

const serverUrl = process.env['INLAY_TEST_DATABASE_URL']
const SECRET = 'test-signing-secret'

interface Scope {
  readonly tenantId: TenantId
  readonly customerId: CustomerId
}

describe.skipIf(serverUrl === undefined)("events of a tenant's app", () => {
  let platform: TestPlatform
  let server: Server
  let base: string
  let acme: Acme
  let scope: Scope
  const registry = new Registry()
  const apps = new Map<TenantId, string>()
  const warned: unknown[] = []

  beforeAll(async () => {
    const options = { connectors: [acmeConnector], egressAllow: ['127.0.0.0/8'] }
    platform = await createTestPlatform({ serverUrl: serverUrl ?? '', ...options })
    acme = await startAcme()
    const log = createLogger({ level: 'silent', service: 'test' })
    log.warn = (...told: unknown[]) => void warned.push(told)
    const metrics = createTriggerMetrics(registry)
    const { connections, catalogs, triggerDeps } = platform
    const reception = createTriggerReception({
      ...triggerDeps,
      connections,
      catalogs,
      metrics,
      oauthApps: { appOf },
      log,
    })
    const handle = createHookHandler({ ...platform, ...reception, log })
    server = createServer((request, response) => void handle(request, response))
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    // A server that listens on TCP has an AddressInfo.
    base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  })

  /** The tenant's app, as OAuth keeps it. */
  async function appOf(tenantId: TenantId): Promise<OAuthApp | undefined> {
    const secret = apps.get(tenantId)
    return secret === undefined ? undefined : { clientId: 'client-1', clientSecret: secretText(secret) }
  }

  afterAll(async () => {
    server?.closeAllConnections()
    server?.close()
    await acme?.close()
    await platform?.close()
  })

  beforeEach(async () => {
    scope = await platform.addTenant()
    registry.resetMetrics()
  })

  afterEach(async () => {
    await platform.test.admin`DELETE FROM inlay.connector_triggers`
    await platform.test.admin`DELETE FROM inlay.workflows`
  })

  async function addCustomer(): Promise<Scope> {
    return { tenantId: scope.tenantId, customerId: await platform.addCustomer(scope.tenantId) }
  }

  /** A workflow that hears of messages to an account. */
  async function listen(within: Scope, input: JsonObject = {}, account = 'T1'): Promise<string> {
    const { customerId } = within
    const values = { apiKey: 'test-key', url: acme.url, account }
    const { id: connection } = await platform.connections.create(within, {
      customerId,
      connector: 'acme',
      name: 'A',
      values,
    })
    const trigger = { type: 'connector', connector: 'acme', trigger: 'message', connection, input }
    const definition = { schema: 'inlay/workflow@1', name: 'Hear', trigger, steps: [] }
    const { id } = await platform.workflows.create(within, { customerId, name: 'Hear', definition })
    await platform.workflows.publish(within, id, { publishedBy: 'test' })
    const runner = createConnectorTriggerRunner(platform.triggerDeps)
    while ((await runner.take()) > 0) await runner.idle()
    return id
  }

  async function setUp({ tenantId }: Scope = scope, signingSecret = SECRET): Promise<string> {
    const settings = { appId: 'app-1', signingSecret }
    return (await platform.reception.services.appEndpoints.put({ tenantId }, 'acme', settings)).url ?? ''
  }

  async function deliver(
    url: string,
    body: JsonObject,
    { secret = SECRET, sentAt = Date.now(), by = 'settings' } = {},
  ) {
    const text = JSON.stringify(body)
    const headers = { 'content-type': 'application/json', 'acme-signed-by': by, ...signature(secret, sentAt, text) }
    const response = await fetch(base + new URL(url).pathname, { method: 'POST', headers, body: text })
    return { status: response.status, text: await response.text() }
  }

  const message = (id: string, { account = 'T1', name = 'message', channel = 'c1', text = id } = {}): JsonObject => ({
    events: [{ id, name, account, data: { channel, text } }],
  })

  async function started(workflowId: string, within: Scope): Promise<JsonValue[]> {
    const { data } = await platform.runs.list(within, { workflowId, limit: 100 })
    const runs = await Promise.all(data.map(({ id }) => platform.runs.get(within, id)))
    return runs.reverse().map(({ trigger }) => (trigger as { name: JsonValue }).name)
  }

  it('reach the workflows of all customers that connected the account, each once', async () => {
    const [a, b] = [scope, await addCustomer()]
    const [first, second, other] = [await listen(a), await listen(b, { channel: 'c1' }), await listen(b, {}, 'T2')]
    const url = await setUp()
    expect((await deliver(url, message('e1'))).status).toBe(200)
    expect((await deliver(url, message('e1'))).status).toBe(200)
    expect((await deliver(url, message('e2', { channel: 'c2' }))).status).toBe(200)
    expect((await deliver(url, message('e3', { name: 'reaction' }))).status).toBe(200)
    expect((await deliver(url, message('e4', { account: 'T2' }))).status).toBe(200)
    expect([await started(first, a), await started(second, b), await started(other, b)]).toEqual([
      ['e1', 'e2'],
      ['e1'],
      ['e4'],
    ])
  })

  it('are verified with the secret of the app in whose name accounts are connected, which shows up nowhere', async () => {
    const id = await listen(scope)
    const url = await setUp()
    const signed = { secret: 'test-client-secret', by: 'app' }
    expect((await deliver(url, message('e1'), signed)).status).toBe(401)
    apps.set(scope.tenantId, signed.secret)
    expect((await deliver(url, message('e2'), signed)).status).toBe(200)
    expect((await deliver(url, message('e3'), { ...signed, secret: 'other-client-secret' })).status).toBe(401)
    expect(await started(id, scope)).toEqual(['e2'])
    expect((await deliver(url, { mode: 'leak' }, signed)).text).toBe('[redacted]')
    warned.length = 0
    expect((await deliver(url, { mode: 'throw' }, signed)).status).toBe(500)
    expect(JSON.stringify(warned)).toContain('It is [redacted]')
  })

  it('are completed with what the account may see', async () => {
    const id = await listen(scope)
    acme.items.push({ id: 'i1', name: 'looked up' })
    expect((await deliver(await setUp(), message('e1', { text: 'look up' }))).status).toBe(200)
    expect(await started(id, scope)).toEqual(['looked up'])
  })

  it('are taken though the code of one customer fails, and that one is told', async () => {
    const broken = await listen(scope, { fails: true })
    const neighbour = await addCustomer()
    const well = await listen(neighbour)
    expect((await deliver(await setUp(), message('e1'))).status).toBe(200)
    expect([await started(broken, scope), await started(well, neighbour)]).toEqual([[], ['e1']])
    const { connector } = (await platform.workflows.get(scope, broken)).trigger
    expect(connector?.detail).toMatch(/failed unexpectedly/)
    expect(connector?.detail).not.toContain('test-key')
  })

  it('are sent again by the service when runs cannot be recorded, and no workflow starts twice', async () => {
    const [a, b] = [scope, await addCustomer()]
    const [first, second] = [await listen(a), await listen(b)]
    const url = await setUp()
    const { admin } = platform.test
    await admin.unsafe(`ALTER TABLE inlay.runs ADD CONSTRAINT no_more CHECK (workflow_id <> '${second}') NOT VALID`)
    const failed = await deliver(url, message('e1')).finally(
      () => admin`ALTER TABLE inlay.runs DROP CONSTRAINT no_more`,
    )
    expect([failed.status, await started(first, a)]).toEqual([500, ['e1']])
    expect((await deliver(url, message('e1'))).status).toBe(200)
    expect([await started(first, a), await started(second, b)]).toEqual([['e1'], ['e1']])
  })

  it('stay with their tenant, though another has the same app and account', async () => {
    const mine = await listen(scope)
    const stranger = await platform.addTenant()
    const theirs = await listen(stranger)
    const url = await setUp(stranger, 'another-test-secret')
    await setUp()
    expect((await deliver(url, message('e1'), { secret: 'another-test-secret' })).status).toBe(200)
    expect((await deliver(url, message('e2'))).status).toBe(401)
    expect([await started(mine, scope), await started(theirs, stranger)]).toEqual([[], ['e1']])
  })

  it('of accounts that nobody connected are answered and counted', async () => {
    const url = await setUp()
    expect((await deliver(url, message('e1', { account: 'T9' }))).status).toBe(200)
    expect(await registry.metrics()).toContain('inlay_trigger_deliveries_total{connector="acme",outcome="unknown"} 1')
  })

  it('of a connector that the tenant blocks go nowhere, as to an address that is not there', async () => {
    const id = await listen(scope)
    const url = await setUp()
    const settings = { availability: 'blocked' as const, hidden: false, name: null, description: null, icon: null }
    await platform.catalog.settings.set({ tenantId: scope.tenantId }, 'acme', settings)
    expect((await deliver(url, message('e1'))).status).toBe(404)
    expect(await registry.metrics()).toContain('inlay_trigger_deliveries_total{connector="acme",outcome="unknown"} 1')
    expect(await started(id, scope)).toEqual([])
  })

  it('are refused unless signed, lately; questions are answered', async () => {
    const url = await setUp()
    expect((await deliver(url, message('e1'), { secret: 'wrong' })).status).toBe(401)
    expect((await deliver(url, message('e1'), { sentAt: Date.now() - 600_000 })).status).toBe(401)
    expect((await deliver(url, { challenge: 'abc' }, { secret: 'wrong' })).status).toBe(401)
    expect(await deliver(url, { challenge: 'abc' })).toEqual({ status: 200, text: 'abc' })
    expect((await deliver(url, { events: 'none' })).status).toBe(500)
  })

  it('come to an address that can be replaced; its secrets are kept, and shown to nobody', async () => {
    const { appEndpoints } = platform.reception.services
    const tenant = { tenantId: scope.tenantId }
    expect(await appEndpoints.get(tenant, 'acme')).toMatchObject({
      url: null,
      settings: {},
      settingsSchema: { required: ['appId', 'signingSecret'] },
    })
    await expect(appEndpoints.rotate(tenant, 'acme')).rejects.toThrow('No address for events')
    await expect(appEndpoints.put(tenant, 'acme', { appId: 'app-1' })).rejects.toMatchObject({
      code: 'app_events.invalid',
      data: { issues: [{ pointer: '/settings/signingSecret' }] },
    })
    const url = await setUp()
    const endpoint = await appEndpoints.put(tenant, 'acme', { appId: 'app-2' })
    expect(endpoint).toMatchObject({ url, settings: { appId: 'app-2' } })
    const rotated = await appEndpoints.rotate(tenant, 'acme')
    expect(rotated.url).not.toBe(url)
    expect((await deliver(url, { challenge: 'abc' })).status).toBe(404)
    expect((await deliver(rotated.url ?? '', { challenge: 'abc' })).status).toBe(200)
    const rows = await platform.test
      .admin`SELECT e::text, encode(secret, 'escape') AS sealed FROM inlay.app_event_endpoints e`
    expect(JSON.stringify([endpoint, rotated, rows])).not.toContain(SECRET)
    const seen = await platform.test.database.withTenant(scope, (sql) => sql`SELECT 1 FROM inlay.app_event_endpoints`)
    expect(seen).toHaveLength(0)
  })
})
