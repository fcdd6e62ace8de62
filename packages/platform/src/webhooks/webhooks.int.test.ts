import { createHmac } from 'node:crypto'
import { Writable } from 'node:stream'
import { type CustomerId, type JsonValue, type RunId, StepError, type TenantId } from '@inlay/engine'
import { plainConnector } from '@inlay/engine/conformance'
import { createEgress, type Egress } from '@inlay/engine/http'
import { Registry } from 'prom-client'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { createTestPlatform, type TestPlatform } from '../runs/test-platform.js'
import { createLogger } from '../telemetry/index.js'
import { claimDueDeliveries } from './claims.js'
import { WebhookDeliveryStore } from './delivery-store.js'
import { createWebhookDeliverer, type WebhookDeliverer } from './loop.js'
import { createWebhookMetrics } from './metrics.js'
import type { WebhookEventType } from './schema.js'
import { createWebhooksService, type WebhooksService } from './service.js'
import { type Received, startReceiver, type TestReceiver } from './test-receiver.js'
import { measureWaitingWebhooks } from './waiting-metrics.js'

const serverUrl = process.env['INLAY_TEST_DATABASE_URL']

const SILENT = createLogger({ level: 'silent', service: 'test' })
const PAYMENT = z.object({ works: z.boolean() })

const CONNECTOR = plainConnector({
  id: 'shop',
  actions: {
    pay: {
      name: 'Pay',
      description: 'Pays.',
      input: PAYMENT,
      output: z.object({}),
      run: async ({ input }) => {
        if (!PAYMENT.parse(input).works) throw new StepError('rejected', 'The shop is closed')
        return {}
      },
    },
  },
})

interface Scope {
  readonly tenantId: TenantId
  readonly customerId: CustomerId
}

/** As the specification of Standard Webhooks says, by hand. */
function signatureOf(secret: string, { headers, body }: Received): string {
  const key = Buffer.from(secret.replace('whsec_', ''), 'base64')
  const signed = `${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`
  return `v1,${createHmac('sha256', key).update(signed).digest('base64')}`
}

describe.skipIf(serverUrl === undefined)('webhooks', () => {
  let platform: TestPlatform
  let webhooks: WebhooksService
  let egress: Egress
  let receiver: TestReceiver
  let scope: Scope
  let deliverer: WebhookDeliverer
  let registry: Registry

  beforeAll(async () => {
    platform = await createTestPlatform({ serverUrl: serverUrl ?? '', connectors: [CONNECTOR] })
    egress = createEgress({ allow: ['127.0.0.0/8'] })
    webhooks = createWebhooksService(partsOf(platform))
  })

  afterAll(async () => {
    await egress?.close()
    await platform?.close()
  })

  beforeEach(async () => {
    receiver = await startReceiver()
    scope = await platform.addTenant()
    registry = new Registry()
    deliverer = newDeliverer()
  })

  afterEach(async () => {
    await deliverer.close()
    await receiver.close()
    await platform.test.admin`DELETE FROM inlay.webhook_endpoints`
    await platform.test.admin`DELETE FROM inlay.webhook_deliveries`
  })

  function partsOf({ test: { database }, vault, audit }: TestPlatform) {
    return { database, vault, audit }
  }

  function newDeliverer(counted = registry): WebhookDeliverer {
    const metrics = createWebhookMetrics(counted)
    return createWebhookDeliverer({ ...partsOf(platform), http: egress.http, metrics, log: SILENT, random: () => 0.5 })
  }

  /** Sends all that is due now. */
  async function deliver(): Promise<void> {
    while ((await deliverer.take()) > 0) await deliverer.idle()
  }

  function subscribe(eventTypes: WebhookEventType[] = ['run.succeeded', 'run.failed'], of = scope) {
    return webhooks.create(of, { kind: 'http', url: receiver.url, description: '', eventTypes })
  }

  async function publish(of = scope): Promise<string> {
    const pay = { id: 'pay', type: 'action', connector: 'shop', action: 'pay', input: { works: '{{ trigger.works }}' } }
    const definition = { schema: 'inlay/workflow@1', name: 'Order', trigger: { type: 'manual' }, steps: [pay] }
    const { id } = await platform.workflows.create(of, { customerId: of.customerId, name: 'Order', definition })
    await platform.workflows.publish(of, id, { publishedBy: 'test' })
    return id
  }

  async function run(workflowId: string, input: JsonValue = { works: true }, of = scope): Promise<string> {
    const { id } = await platform.runs.start(of, { workflowId, input, waitSeconds: 0, callerId: 'test' })
    await platform.engine.execute([id as RunId])
    return id
  }

  const log = async (id: string, of = scope) => (await webhooks.deliveries(of, { endpointId: id, limit: 100 })).data
  const told = () => receiver.received.map(({ body }) => JSON.parse(body))
  /** What the registry tells, by the ends of the names that all begin alike. */
  const counted = async (): Promise<Record<string, number>> => {
    const lines = (await registry.metrics()).matchAll(/^inlay_webhook_(?:deliver(?:ies|y)_)?(\S+) (\S+)$/gm)
    return Object.fromEntries([...lines].map(([, name, value]) => [name, Number(value)]))
  }
  /** As time would, for what waits for another attempt. */
  const hurry = () => platform.test.admin`
    UPDATE inlay.webhook_deliveries SET due_at = now() - interval '1 second' WHERE due_at IS NOT NULL`

  it('tell of runs that end, with ids and nothing else, signed with the secret', async () => {
    const { id, secret } = await subscribe()
    const workflowId = await publish()
    const good = await run(workflowId)
    const bad = await run(workflowId, { works: false })
    await deliver()
    const data = { workflowId, customerId: scope.customerId, parentRunId: null }
    expect(told()).toEqual(
      expect.arrayContaining([
        { type: 'run.succeeded', timestamp: expect.any(String), data: { runId: good, ...data } },
        { type: 'run.failed', timestamp: expect.any(String), data: { runId: bad, ...data } },
      ]),
    )
    expect(receiver.received).toHaveLength(2)
    for (const request of receiver.received) {
      expect(request.headers['webhook-signature']).toBe(signatureOf(secret, request))
      expect(Math.abs(Number(request.headers['webhook-timestamp']) * 1000 - Date.now())).toBeLessThan(60_000)
      expect(request.headers['content-type']).toBe('application/json')
    }
    expect((await log(id)).map(({ status, responseStatus, attempts }) => [status, responseStatus, attempts])).toEqual([
      ['succeeded', 204, 1],
      ['succeeded', 204, 1],
    ])
  })

  it('write nothing where nobody has subscribed, for other events, or for test runs', async () => {
    const workflowId = await publish()
    await run(workflowId)
    await subscribe(['run.failed'])
    await run(workflowId)
    await subscribe(['run.succeeded'])
    const tested = await platform.workflows.testRun(scope, workflowId, { input: { works: true } })
    await platform.engine.execute([tested])
    expect((await platform.runs.get(scope, tested)).status).toBe('succeeded')
    const [row] = await platform.test.admin`SELECT count(*)::int AS n FROM inlay.webhook_deliveries`
    expect(row?.['n']).toBe(0)
  })

  it('tell of published workflows and lost connections, also from within the scope of one customer', async () => {
    await subscribe(['workflow.published', 'connection.reconnect_needed'])
    const workflowId = await publish(scope)
    await platform.test.admin`
      INSERT INTO inlay.connections (tenant_id, id, customer_id, connector, name, status, fields, secret)
      VALUES (${scope.tenantId}, 'con_1', ${scope.customerId}, 'shop', 'Shop', 'ok', '{}', '')`
    await platform.test.database.withTenant(scope, async (sql) => {
      await sql`UPDATE inlay.connections SET status = 'reconnect_needed' WHERE tenant_id = ${scope.tenantId}`
      await sql`UPDATE inlay.connections SET status = 'reconnect_needed' WHERE tenant_id = ${scope.tenantId}`
    })
    await deliver()
    const { customerId } = scope
    expect(told().map(({ type, data }) => [type, data])).toEqual(
      expect.arrayContaining([
        ['workflow.published', { workflowId, versionId: expect.any(String), version: 1, customerId }],
        ['connection.reconnect_needed', { connectionId: 'con_1', connector: 'shop', customerId }],
      ]),
    )
    expect(told()).toHaveLength(2)
  })

  it('are told exactly when what they tell of is committed', async () => {
    const { id } = await subscribe(['connection.reconnect_needed'])
    await platform.test.admin`
      INSERT INTO inlay.connections (tenant_id, id, customer_id, connector, name, status, fields, secret)
      VALUES (${scope.tenantId}, 'con_2', ${scope.customerId}, 'shop', 'Shop', 'ok', '{}', '')`
    const undone = platform.test.database.withTenant(scope, async (sql) => {
      await sql`UPDATE inlay.connections SET status = 'reconnect_needed' WHERE tenant_id = ${scope.tenantId}`
      throw new Error('undone')
    })
    await expect(undone).rejects.toThrow('undone')
    expect(await log(id)).toEqual([])
  })

  it('are sent once, however many workers look for them', async () => {
    await subscribe()
    const workflowId = await publish()
    for (let index = 0; index < 12; index++) await run(workflowId)
    const other = newDeliverer(new Registry())
    const drain = async (worker: WebhookDeliverer) => {
      while ((await worker.take()) > 0) await worker.idle()
    }
    await Promise.all([drain(deliverer), drain(other), drain(deliverer), drain(other)])
    await other.close()
    const ids = receiver.received.map(({ headers }) => headers['webhook-id'])
    expect([ids.length, new Set(ids).size]).toEqual([12, 12])
  })

  it('are sent by another worker when one has died with them; who comes back late notes nothing', async () => {
    const { id } = await subscribe()
    await run(await publish())
    const { database } = platform.test
    const request = { limit: 10, perEndpoint: 10, underWay: new Map<string, number>(), leaseMs: 60_000 }
    const [lost] = await claimDueDeliveries(database.engine, request)
    await deliver()
    expect(receiver.received).toHaveLength(0)
    await hurry()
    const [again] = await claimDueDeliveries(database.engine, request)
    expect([lost?.id, lost?.attempt, again?.attempt]).toEqual([again?.id, 1, 2])
    const store = new WebhookDeliveryStore(database)
    const outcome = {
      durationMs: 1,
      responseStatus: 500,
      responseBody: null,
      error: null,
      after: { status: 'failed' as const },
    }
    const note = (attempt: number) =>
      store.within(scope, (sql) => store.record(sql, scope, lost?.id ?? '', { ...outcome, attempt }))
    expect(await note(1)).toBe(false)
    expect(await log(id)).toMatchObject([{ status: 'pending' }])
    await hurry()
    await deliver()
    expect(await log(id)).toMatchObject([{ status: 'succeeded', attempts: 3 }])
  })

  it('are tried again with the same id and body until they are taken, and the log says how it went', async () => {
    const { id } = await subscribe()
    receiver.answer = { status: 500, body: 'x'.repeat(5000) }
    await run(await publish())
    await deliver()
    const [failed] = await log(id)
    expect(failed).toMatchObject({
      status: 'pending',
      attempts: 1,
      responseStatus: 500,
      responseBody: 'x'.repeat(1024),
    })
    const waitMs = Date.parse(failed?.nextAttemptAt ?? '') - Date.parse(failed?.attemptedAt ?? '')
    expect(Math.abs(waitMs - 45_000)).toBeLessThan(5000)
    expect((await webhooks.get(scope, id)).failingSince).not.toBeNull()
    receiver.answer = { status: 200, body: 'thanks' }
    await hurry()
    await deliver()
    expect(await log(id)).toMatchObject([
      { status: 'succeeded', attempts: 2, responseBody: 'thanks', nextAttemptAt: null },
    ])
    expect((await webhooks.get(scope, id)).failingSince).toBeNull()
    const [first, second] = receiver.received
    expect(second?.headers['webhook-id']).toBe(first?.headers['webhook-id'])
    expect(second?.body).toBe(first?.body)
  })

  it('are taken by the status alone: the rest of a large answer is not read, and one that never ends is left', async () => {
    const { id } = await subscribe()
    await run(await publish())
    receiver.answer = { status: 200, body: 'x'.repeat(3_000_000) }
    await deliver()
    await webhooks.test(scope, id)
    receiver.answer = { status: 200, body: 'y'.repeat(60_000), isEndless: true }
    await deliver()
    const taken = { status: 'succeeded', responseStatus: 200, error: null }
    expect(await log(id)).toMatchObject([
      { ...taken, responseBody: 'y'.repeat(1024) },
      { ...taken, responseBody: 'x'.repeat(1024) },
    ])
  })

  it('are counted by what came of them, and while they wait', async () => {
    measureWaitingWebhooks({ registry, sql: platform.test.database.engine, log: SILENT })
    const { id } = await subscribe()
    const listener = await webhooks.create(scope, { kind: 'listener', description: '', eventTypes: [] })
    for (const endpoint of [id, id, id, listener.id]) await webhooks.test(scope, endpoint)
    await platform.test.admin`UPDATE inlay.webhook_deliveries SET due_at = now() - interval '1 hour'
      WHERE id = ${(await log(id))[2]?.id ?? ''}`
    expect(await counted()).toMatchObject({ 'waiting{when="due"}': 3, 'waiting{when="later"}': 0 })
    expect((await counted())['oldest_due_age_seconds']).toBeGreaterThanOrEqual(3600)
    receiver.answer = { status: 500 }
    await deliver()
    expect(await counted()).toMatchObject({
      ...{ 'waiting{when="due"}': 0, 'waiting{when="later"}': 3, oldest_due_age_seconds: 0 },
      ...{ 'total{outcome="retried"}': 3, duration_seconds_count: 3 },
    })
    receiver.answer = { status: 410 }
    await platform.test
      .admin`UPDATE inlay.webhook_deliveries SET due_at = now() WHERE id = ${(await log(id))[0]?.id ?? ''}`
    await deliver()
    expect(await counted()).toMatchObject({ 'total{outcome="failed"}': 1, 'waiting{when="later"}': 0 })
  })

  it('are not counted as none when the database cannot be asked', async () => {
    const { engine } = platform.test.database
    let fails = false
    // Asked as postgres.js is, by a template.
    const sql = ((...query: Parameters<typeof engine>) =>
      fails ? Promise.reject(new Error('Away.')) : engine(...query)) as typeof engine
    measureWaitingWebhooks({ registry, sql, log: SILENT })
    expect(await counted()).toMatchObject({ 'waiting{when="due"}': 0, oldest_due_age_seconds: 0 })
    fails = true
    expect(Object.keys(await counted()).join()).not.toMatch(/waiting|oldest/)
    fails = false
    expect(await counted()).toMatchObject({ 'waiting{when="due"}': 0, oldest_due_age_seconds: 0 })
  })

  it('end after eight attempts, and begin anew when somebody asks for it', async () => {
    const { id } = await subscribe()
    receiver.answer = { status: 503 }
    await run(await publish())
    for (let attempt = 0; attempt < 9; attempt++) {
      await hurry()
      await deliver()
    }
    const [given] = await log(id)
    expect([given?.status, given?.attempts, receiver.received.length]).toEqual(['failed', 8, 8])
    receiver.answer = { status: 200 }
    await webhooks.redeliver(scope, { endpointId: id, id: given?.id ?? '' })
    await deliver()
    expect(await log(id)).toMatchObject([{ status: 'succeeded', attempts: 9, messageId: given?.messageId }])
  })

  it('follow no redirect, and say what stood in the way', async () => {
    const { id } = await subscribe()
    receiver.answer = { status: 302, headers: { location: receiver.url } }
    await webhooks.test(scope, id)
    await deliver()
    expect(await log(id)).toMatchObject([{ status: 'pending', responseStatus: 302, eventType: 'webhook.test' }])
    const inside = await webhooks.create(scope, {
      ...{ kind: 'http', url: 'https://10.0.0.1/', description: '', eventTypes: ['run.failed'] },
    })
    await webhooks.test(scope, inside.id)
    await deliver()
    expect(await log(inside.id)).toMatchObject([{ responseStatus: null, error: expect.stringContaining('10.0.0.1') }])
  })

  it('carry the signatures of both secrets for a day after a new one was made', async () => {
    const before = await subscribe()
    const after = await webhooks.rotate(scope, before.id)
    expect(after.secret).not.toBe(before.secret)
    await webhooks.test(scope, before.id)
    await deliver()
    const [first] = receiver.received
    const both = [signatureOf(after.secret, first as Received), signatureOf(before.secret, first as Received)]
    expect(first?.headers['webhook-signature']).toBe(both.join(' '))
    await platform.test.admin`UPDATE inlay.webhook_endpoints SET former_secret_until = now() - interval '1 second'`
    await webhooks.test(scope, before.id)
    await deliver()
    const second = receiver.received[1] as Received
    expect(second.headers['webhook-signature']).toBe(signatureOf(after.secret, second))
  })

  it('switch an endpoint off that is gone or has only failed for five days, and tell of it', async () => {
    const gone = await subscribe()
    const others = await startReceiver()
    await webhooks.create(scope, {
      ...{ kind: 'http', url: others.url, description: '', eventTypes: ['webhook_endpoint.disabled'] },
    })
    receiver.answer = { status: 410 }
    const workflowId = await publish()
    await run(workflowId)
    await deliver()
    expect(await webhooks.get(scope, gone.id)).toMatchObject({ enabled: false, disabledReason: 'gone' })
    await run(workflowId)
    expect(await log(gone.id)).toHaveLength(1)
    await expect(webhooks.test(scope, gone.id)).rejects.toMatchObject({ code: 'webhook_endpoint.disabled' })
    expect(others.received.map(({ body }) => JSON.parse(body))).toMatchObject([
      { type: 'webhook_endpoint.disabled', data: { webhookEndpointId: gone.id, reason: 'gone' } },
    ])
    await others.close()
    await webhooks.update(scope, gone.id, { enabled: true })
    receiver.answer = { status: 500 }
    await run(workflowId)
    await deliver()
    await platform.test.admin`UPDATE inlay.webhook_endpoints SET failing_since = now() - interval '6 days'
      WHERE id = ${gone.id}`
    await hurry()
    await deliver()
    expect(await webhooks.get(scope, gone.id)).toMatchObject({ enabled: false, disabledReason: 'failing' })
    const audit = await platform.audit.list(
      { tenantId: scope.tenantId },
      { limit: 10, action: 'webhook_endpoint.disabled' },
    )
    expect(audit.data.map(({ details }) => details)).toEqual([{ reason: 'failing' }, { reason: 'gone' }])
  })

  it('of one tenant are nothing to another, nor to sessions of a customer', async () => {
    const { id } = await subscribe()
    await run(await publish())
    const [{ id: deliveryId } = { id: '' }] = await log(id)
    const stranger = await platform.addTenant()
    const place = { endpointId: id, id: deliveryId }
    const calls: ((of: Scope) => Promise<unknown>)[] = [
      (of) => webhooks.get(of, id),
      (of) => webhooks.update(of, id, { enabled: false }),
      (of) => webhooks.rotate(of, id),
      (of) => webhooks.test(of, id),
      (of) => webhooks.delete(of, id),
      (of) => webhooks.deliveries(of, { endpointId: id, limit: 10 }),
      (of) => webhooks.redeliver(of, place),
      (of) => webhooks.pull(of, id, 10),
      (of) => webhooks.report(of, place, { status: 200, durationMs: 1 }),
    ]
    for (const call of calls) await expect(call(stranger)).rejects.toMatchObject({ code: 'webhook_endpoint.not_found' })
    expect(await webhooks.list(stranger)).toEqual([])
    const seen = await platform.test.database.withTenant(scope, (sql) => sql`SELECT 1 FROM inlay.webhook_endpoints`)
    expect(seen.count).toBe(0)
    await run(await publish(stranger), { works: true }, stranger)
    await deliver()
    expect(receiver.received).toHaveLength(1)
  })

  it('keep their secret to themselves once it was shown', async () => {
    const { id, secret } = await subscribe()
    await webhooks.test(scope, id)
    await deliver()
    const lines: string[] = []
    const stream = new Writable({
      write: (chunk, _encoding, done) => {
        lines.push(String(chunk))
        done()
      },
    })
    await webhooks.test(scope, id)
    const http = { request: () => Promise.reject(new Error('Nobody has foreseen this.')) }
    const failing = createWebhookDeliverer({
      ...{ ...partsOf(platform), http, metrics: createWebhookMetrics(new Registry()) },
      log: createLogger({ level: 'trace', service: 'test', stream }),
    })
    await failing.take()
    await failing.close()
    expect(lines.join('')).toContain('Nobody has foreseen this.')
    const shown = JSON.stringify([lines, await webhooks.list(scope), await webhooks.get(scope, id), await log(id)])
    expect(shown).not.toContain(secret.slice(6, 30))
    const rows = await platform.test.admin`
      SELECT e::text AS text FROM inlay.webhook_endpoints e UNION ALL SELECT d::text FROM inlay.webhook_deliveries d
      UNION ALL SELECT a::text FROM inlay.audit_log a`
    const stored = rows.map(({ text }) => text).join('\n')
    for (const form of [secret, secret.slice(6), Buffer.from(secret).toString('hex')])
      expect(stored).not.toContain(form)
  })

  it('wait for a listener, which is given each once and says what came of it', async () => {
    const listener = await webhooks.create(scope, { kind: 'listener', description: '', eventTypes: ['run.succeeded'] })
    await run(await publish())
    await deliver()
    const [pulled, ...others] = await webhooks.pull(scope, listener.id, 10)
    expect([others.length, await webhooks.pull(scope, listener.id, 10)]).toEqual([0, []])
    expect(JSON.parse(pulled?.body ?? '')).toMatchObject({ type: 'run.succeeded' })
    const place = { endpointId: listener.id, id: pulled?.id ?? '' }
    await webhooks.report(scope, place, { status: 410, durationMs: 12, body: 'no' })
    expect(await log(listener.id)).toMatchObject([
      { status: 'failed', responseStatus: 410, durationMs: 12, responseBody: 'no', nextAttemptAt: null },
    ])
    expect((await webhooks.get(scope, listener.id)).enabled).toBe(true)
    await webhooks.redeliver(scope, place)
    expect(await webhooks.pull(scope, listener.id, 10)).toMatchObject([{ id: pulled?.id, attempts: 2 }])
    await hurry()
    // What nobody has reported on is given again.
    expect(await webhooks.pull(scope, listener.id, 10)).toMatchObject([{ id: pulled?.id, attempts: 3 }])
  })

  it.each(['http://example.com/hook', 'ftp://example.com', 'https://user:word@example.com/', 'nowhere'])(
    'are not sent to %s',
    async (url) => {
      const endpoint = { kind: 'http', url, description: '', eventTypes: ['run.failed'] } as const
      await expect(webhooks.create(scope, endpoint)).rejects.toMatchObject({ code: 'webhook_endpoint.url' })
    },
  )
})
