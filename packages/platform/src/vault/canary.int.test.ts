/** Plants secrets of every kind, has everything go wrong that can, and looks for them wherever something is kept or said. */
import { spawn, spawnSync } from 'node:child_process'
import { createServer } from 'node:net'
import { PassThrough } from 'node:stream'
import { setTimeout as delay } from 'node:timers/promises'
import { type CustomerId, createEngine, type JsonObject, type RunId, type TenantId } from '@inlay/engine'
import { createEgress } from '@inlay/engine/http'
import type { Redis } from 'ioredis'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { toProblem } from '../api/problem.js'
import { createConnectedAccounts } from '../oauth/index.js'
import { connectRedis, createEventPublisher, redisReady } from '../realtime/index.js'
import { createQueueDispatcher, createQueuePlaces, createRunsService, RunStore } from '../runs/index.js'
import { createTestPlatform, type TestPlatform } from '../runs/test-platform.js'
import { createLogger } from '../telemetry/index.js'
import { createConnectorTriggerRunner } from '../triggers/connector/loop.js'
import { CANARIES, sightings } from './test-canaries.js'
import { LEAKS, leakyConnector, startEchoService } from './test-leaky.js'

const serverUrl = process.env['INLAY_TEST_DATABASE_URL']
const hasRedis = spawnSync('redis-server', ['--version']).status === 0

/** What each way to connect is connected with. */
const METHODS: Readonly<Record<string, JsonObject>> = {
  key: { apiKey: CANARIES.apiKey },
  query: { apiKey: CANARIES.queryKey },
  bearer: { token: CANARIES.bearer },
  basic: { username: 'kim@example.com', password: CANARIES.password },
  custom: { region: 'eu', secretKey: CANARIES.custom },
}

async function startRedis(): Promise<{ redis: Redis; stop: () => void }> {
  const port = await new Promise<number>((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0))
    })
  })
  const server = spawn('redis-server', ['--port', String(port), '--save', '', '--bind', '127.0.0.1'], {
    stdio: 'ignore',
  })
  const redis = connectRedis(`redis://127.0.0.1:${port}`)
  await redisReady(redis)
  return { redis, stop: () => void server.kill() }
}

describe.skipIf(serverUrl === undefined || !hasRedis)('secrets', () => {
  let platform: TestPlatform
  let scope: { tenantId: TenantId; customerId: CustomerId }
  let worker: Awaited<ReturnType<typeof startWorker>>
  let service: Awaited<ReturnType<typeof startEchoService>>
  /** All that was said to anybody, by what was asked. */
  const said = new Map<string, string>()
  let logged = ''

  beforeAll(async () => {
    service = await startEchoService()
    const connector = leakyConnector(service.url)
    const options = { connectors: [connector], egressAllow: ['127.0.0.0/8'] }
    platform = await createTestPlatform({ serverUrl: serverUrl ?? '', ...options })
    scope = await platform.addTenant()
    worker = await startWorker()
  })

  afterAll(async () => {
    await worker?.close()
    service?.close()
    await platform?.close()
  })

  /** What executes runs: with Redis, a log, and OAuth, as the worker's composition root puts them together. */
  async function startWorker() {
    const { redis, stop } = await startRedis()
    const stream = new PassThrough()
    stream.on('data', (chunk) => {
      logged += String(chunk)
    })
    const log = createLogger({ level: 'debug', service: 'worker', stream })
    const egress = createEgress({ allow: ['127.0.0.0/8'] })
    const { registry } = platform.triggerDeps
    const dispatcher = createQueueDispatcher({ redis, places: createQueuePlaces({ redis }) })
    const { connections, oauth } = createConnectedAccounts({
      ...{ database: platform.test.database, registry, vault: platform.vault, audit: platform.audit, log },
      ...egress,
      engine: () => engine,
      addresses: {
        baseUrl: 'http://plane.test',
        baseOf: () => 'http://plane.test',
        basesOf: () => ['http://plane.test'],
      },
    })
    const engine = createEngine({
      ...{ journal: platform.journal, dispatcher, definitions: platform.workflows.definitions, connectors: registry },
      credentials: connections.credentials,
      ...egress,
      events: createEventPublisher(redis),
      onUnexpected: (error, context) => log.error({ error, ...context }, 'A run met something unforeseen.'),
      onLog: ({ level, message, ...entry }) => log[level](entry, message),
    })
    const triggers = createConnectorTriggerRunner({
      ...platform.triggerDeps,
      credentials: connections.credentials,
      log,
    })
    return {
      ...{ redis, engine, connections, oauth, triggers, dispatcher },
      runs: createRunsService({
        store: new RunStore(platform.test.database),
        engine,
        hub: platform.hub,
        blobs: undefined,
      }),
      close: async () => {
        await triggers.close()
        await engine.close({ drainMs: 0 })
        await oauth.refresher.drain()
        await dispatcher.close()
        redis.disconnect()
        stop()
        await egress.close()
      },
    }
  }

  /** Keeps what a caller of the API would see, refusals included. */
  async function say<T>(what: string, ask: () => Promise<T>): Promise<T | undefined> {
    try {
      const answer = await ask()
      said.set(`answer to ${what}`, JSON.stringify(answer) ?? '')
      return answer
    } catch (error) {
      said.set(`answer to ${what}`, JSON.stringify(toProblem(error, { requestId: 'req_1', baseUrl: '' })))
      return undefined
    }
  }

  async function publish(name: string, definition: JsonObject): Promise<string> {
    const whole = { schema: 'inlay/workflow@1', name, ...definition }
    const { id } = await platform.workflows.create(scope, { customerId: scope.customerId, name, definition: whole })
    await platform.workflows.publish(scope, id, { publishedBy: 'test' })
    return id
  }

  async function execute(workflowId: string): Promise<{ readonly id: string }> {
    const run = await worker.runs.start(scope, { workflowId, input: {}, waitSeconds: 0, callerId: 'test' })
    worker.dispatcher.dispatch([{ runId: run.id as RunId, ...scope, dispatchSeq: 1 }])
    await worker.engine.execute([run.id as RunId])
    const isOver = async () => (await platform.runs.get(scope, run.id)).finishedAt !== null
    await expect.poll(isOver).toBe(true)
    return run
  }

  /** Runs every way to go wrong with a connection, each in a try whose catch repeats what it is told. */
  async function leakEverything(connection: string): Promise<void> {
    const leak = (id: string, how: string) => ({
      ...{ id, type: 'action', connector: 'leaky', action: 'leak', connection, input: { how } },
      ...{ timeout: '300ms', retry: { maxAttempts: 1 } },
    })
    const steps = LEAKS.map((how, index) => ({
      id: `try${index}`,
      type: 'try',
      steps: [leak(`leak${index}`, how)],
      catch: [{ id: `caught${index}`, type: 'set', values: { error: `{{ steps.try${index}.output.error }}` } }],
    }))
    const last = leak('last', 'throws an error')
    const workflowId = await publish('Leaks', { trigger: { type: 'manual' }, steps: [...steps, last] })
    const run = await execute(workflowId)
    const ended = await say(`run of ${connection}`, () => platform.runs.get(scope, run.id))
    expect(ended?.status).toBe('failed')
    await say(`steps of ${connection}`, () => platform.runs.steps(scope, run.id))
    await say(`history of ${connection}`, () => platform.runs.history(scope, run.id))
  }

  async function sayAll(id: string): Promise<void> {
    await say(`test of ${id}`, () => worker.connections.test(scope, id))
    await say(`connection ${id}`, () => worker.connections.get(scope, id))
    const form = { connector: 'leaky', action: 'leak', field: 'how', connectionId: id, input: {}, search: '' }
    await say(`choices of ${id}`, () => platform.catalog.options(scope, form))
  }

  it('show nowhere, whatever goes wrong', async () => {
    const { customerId } = scope
    const ids: string[] = []
    for (const [method, values] of Object.entries(METHODS)) {
      const made = await say(`create ${method}`, () =>
        worker.connections.create(scope, { customerId, connector: 'leaky', method, name: method, values }),
      )
      ids.push(made?.id ?? '')
    }
    await worker.oauth.clients.set(scope, 'leaky', { clientId: 'app', clientSecret: CANARIES.clientSecret })
    await say('the OAuth app', () => worker.oauth.clients.get(scope, 'leaky'))
    const authorized = { customerId, connector: 'leaky', method: 'oauth', name: 'oauth', fields: {} }
    const { accessToken, refreshToken, expiredToken } = CANARIES
    const tokens = { accessToken, refreshToken, scopes: [], extra: {}, expiresAt: Date.now() + 3_600_000 }
    const fresh = await say('authorize', () => worker.connections.createAuthorized(scope, { ...authorized, tokens }))
    const stale = { ...tokens, accessToken: expiredToken, expiresAt: Date.now() - 1000 }
    const expired = await say('authorize', () =>
      worker.connections.createAuthorized(scope, { ...authorized, tokens: stale }),
    )
    ids.push(fresh?.id ?? '', expired?.id ?? '')
    expect(ids.filter((id) => id !== '')).toHaveLength(7)
    for (const id of [fresh?.id ?? '', expired?.id ?? '']) {
      await platform.test
        .admin`INSERT INTO inlay.oauth_grants (tenant_id, connection_id, customer_id, client_id, client_source, can_refresh)
        VALUES (${scope.tenantId}, ${id}, ${customerId}, 'app', 'tenant', true) ON CONFLICT DO NOTHING`
    }
    for (const id of ids) await leakEverything(id)

    const [key = ''] = ids
    const trigger = (name: string) => ({
      type: 'connector',
      connector: 'leaky',
      trigger: name,
      connection: key,
      input: {},
    })
    await publish('Polls', { trigger: trigger('news'), steps: [] })
    const hooked = await publish('Hears', { trigger: trigger('hook'), steps: [] })
    const work = async (): Promise<void> => {
      await platform.test.admin`UPDATE inlay.connector_triggers SET due_at = now(), lease_until = NULL`
      while ((await worker.triggers.take()) > 0) await worker.triggers.idle()
    }
    await work()
    await say('trigger', () => platform.workflows.get(scope, hooked))
    const [row] = await platform.test.admin`SELECT id, secret FROM inlay.connector_triggers WHERE kind = 'webhook'`
    expect(row?.['secret']).toBeInstanceOf(Buffer)
    const webhookSecret = await platform.vault.open({ ...scope, id: `${row?.['id']}/secret` }, row?.['secret'])
    await platform.workflows.delete(scope, hooked)
    await work()

    // From now on the service accepts nothing any more.
    const strict = { id: 'strict', type: 'action', connector: 'leaky', action: 'strict', connection: key, input: {} }
    const workflowId = await publish('Strict', { trigger: { type: 'manual' }, steps: [strict] })
    await execute(workflowId)
    for (const id of ids) await sayAll(id)
    const values = { apiKey: `${CANARIES.apiKey} changed` }
    await say('update', () => worker.connections.update(scope, key, { values }))
    await say('create refused', () =>
      worker.connections.create(scope, { customerId, connector: 'leaky', method: 'key', name: 'x', values }),
    )
    await say('incomplete', () =>
      worker.connections.create(scope, { customerId, connector: 'leaky', method: 'custom', name: 'x', values }),
    )
    await say('connections', () => worker.connections.list(scope, { limit: 100 }))
    const records = await say('audit log', () => platform.audit.list({ tenantId: scope.tenantId }, { limit: 100 }))
    expect(records?.data.length).toBe(100)
    await say('delete', () => worker.connections.delete(scope, expired?.id ?? ''))
    await delay(50)

    const secrets = { ...CANARIES, webhookSecret }
    const texts = new Map([...said, ['the log', logged], ...(await tables()), ...(await keysOfRedis())])
    expect(texts.get('table journal')?.length).toBeGreaterThan(1000)
    expect(logged).toContain('[redacted]')
    expect(sightings(texts, secrets)).toEqual([])
  })

  it('would be found in any form, so that finding none means something', async () => {
    const place = (form: string) => sightings(new Map([['here', `before ${form} after`]]), { key: CANARIES.apiKey })
    const { apiKey } = CANARIES
    for (const form of [
      apiKey,
      encodeURIComponent(apiKey),
      JSON.stringify({ apiKey }),
      JSON.stringify({ inner: JSON.stringify({ apiKey }) }),
      Buffer.from(apiKey).toString('hex'),
      Buffer.from(`kim:${apiKey}`).toString('base64'),
      Buffer.from(`{"a":"${apiKey}"}`).toString('base64url'),
    ]) {
      expect(place(form)[0]).toMatch(/^here: key, /)
    }
    const sql = platform.test.admin
    await sql`INSERT INTO inlay.idempotency_keys (tenant_id, caller, route, key, request_hash) VALUES (${scope.tenantId}, 'c', 'r', ${apiKey}, 'h')`
    expect(sightings(await tables(), { key: apiKey })).toContain('table idempotency_keys: key, plain')
  })

  /** Every table as text; bytes show in hexadecimal. */
  async function tables(): Promise<Map<string, string>> {
    const { admin } = platform.test
    const names = await admin<{ name: string }[]>`
      SELECT relname AS name FROM pg_class
      WHERE relnamespace = 'inlay'::regnamespace AND relkind IN ('r', 'p') AND NOT relispartition`
    const dumps = await Promise.all(
      names.map(async ({ name }) => {
        const rows = await admin<{ row: string }[]>`SELECT to_jsonb(t)::text AS row FROM inlay.${admin(name)} t`
        // A row's texts are JSON within this JSON: once as it is stored, once as it was before.
        return [`table ${name}`, rows.map(({ row }) => `${row}\n${valuesIn(JSON.parse(row))}`).join('\n')] as const
      }),
    )
    return new Map(dumps)
  }

  /** Every key with its value, whatever type it is of. */
  async function keysOfRedis(): Promise<Map<string, string>> {
    const { redis } = worker
    const read: Readonly<Record<string, (key: string) => Promise<unknown>>> = {
      string: (key) => redis.get(key),
      hash: (key) => redis.hgetall(key),
      list: (key) => redis.lrange(key, 0, -1),
      set: (key) => redis.smembers(key),
      zset: (key) => redis.zrange(key, '0', '-1', 'WITHSCORES'),
      stream: (key) => redis.xrange(key, '-', '+'),
    }
    const keys = await redis.keys('*')
    expect(keys.length).toBeGreaterThan(0)
    const dumps = await Promise.all(
      keys.map(async (key): Promise<[string, string]> => {
        const value = await read[await redis.type(key)]?.(key)
        return [`Redis ${key}`, `${key} ${JSON.stringify(value)}`]
      }),
    )
    return new Map(dumps)
  }
})

function valuesIn(value: unknown): string {
  if (typeof value === 'string') return value
  return typeof value === 'object' && value !== null ? Object.entries(value).flat().map(valuesIn).join('\n') : ''
}
