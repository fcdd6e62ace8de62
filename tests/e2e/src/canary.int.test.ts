/** Secrets in a control plane and a worker that run as processes: nothing that they print, answer or keep may show one. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { type AddressInfo, createServer as createSocketServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { type TenantId, writtenForms } from '@inlay/engine'
import { createAuditLog } from '@inlay/platform/audit'
import { createTestDatabase, type TestDatabase } from '@inlay/platform/database/testing'
import { createIdentityService, createSessionStore } from '@inlay/platform/identity'
import { createTenancyService } from '@inlay/platform/tenancy'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ROOT } from './harness/product.js'

const serverUrl = process.env['INLAY_TEST_DATABASE_URL']
const hasRedis = spawnSync('redis-server', ['--version']).status === 0

const canary = (kind: string): string => `canary ${kind}+${randomBytes(12).toString('hex')}/"x"`
const CANARIES = { bearer: canary('bearer'), password: canary('password'), apiKey: canary('api-key') }
const METHODS = [
  { method: 'bearer', values: { token: CANARIES.bearer } },
  { method: 'basic', values: { username: 'kim', password: CANARIES.password } },
  { method: 'apiKey', values: { apiKey: CANARIES.apiKey, header: 'x-key' } },
]
const PATHS = ['/refused', '/fine', '/page', '/cut', '/hang', '/busy']

/** Repeats the whole request in body and headers, and fails in the ways of its paths. */
async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const echo = JSON.stringify({ url: request.url, headers: request.headers })
  if (request.url === '/hang') return
  if (request.url === '/cut') return void request.socket.destroy()
  const status = { '/fine': 200, '/page': 200, '/busy': 503 }[request.url ?? ''] ?? 401
  const type = request.url === '/page' ? 'text/html' : 'application/json'
  response.writeHead(status, { 'content-type': type, 'x-echo': Buffer.from(echo).toString('base64') })
  response.end(request.url === '/page' ? `<html>${echo}` : echo)
}

async function freePort(): Promise<number> {
  const probe = createSocketServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  // A server that listens on TCP has an AddressInfo.
  const { port } = probe.address() as AddressInfo
  probe.close()
  await once(probe, 'close')
  return port
}

describe.skipIf(serverUrl === undefined || !hasRedis)('secrets in the processes', () => {
  let test: TestDatabase
  let service: Server
  let base: string
  let apiKey: string
  let customerId: string
  const children: ChildProcess[] = []
  /** By where it was seen. */
  const seen = new Map<string, string>()

  beforeAll(async () => {
    test = await createTestDatabase(serverUrl ?? '')
    service = createServer((request, response) => void answer(request, response)).listen(0, '127.0.0.1')
    const [port, redisPort] = [await freePort(), await freePort()]
    base = `http://localhost:${port}`
    children.push(spawn('redis-server', ['--port', String(redisPort), '--save', '', '--bind', '127.0.0.1']))
    await addTenant()
    const env = {
      PATH: process.env['PATH'],
      DATABASE_URL: test.databaseUrl,
      ENGINE_DATABASE_URL: test.engineDatabaseUrl,
      REDIS_URL: `redis://127.0.0.1:${redisPort}`,
      INLAY_MASTER_KEY: randomBytes(32).toString('base64'),
      INLAY_EGRESS_ALLOW: '127.0.0.0/8',
      LOG_LEVEL: 'debug',
      PORT: String(port),
      // The worker is to execute runs.
      EAGER_RUNS: '0',
    }
    await Promise.all(['control-plane', 'worker'].map((app) => start(app, env)))
  })

  afterAll(async () => {
    for (const child of children) child.kill('SIGKILL')
    service?.closeAllConnections()
    service?.close()
    await test?.drop()
  })

  async function addTenant(): Promise<void> {
    const { database } = test
    const tenancy = createTenancyService(database)
    const tenantId: TenantId = await tenancy.createTenant({ name: 'T', slug: 't', allowedOrigins: [] })
    customerId = (await tenancy.createCustomer({ tenantId }, { externalId: 'c', name: 'C' })).id
    const identity = createIdentityService(database, createSessionStore(database), createAuditLog(database))
    apiKey = (await identity.createApiKey({ tenantId }, { name: 'All', scopes: ['*'] })).secret
  }

  /** Resolves once it is ready. */
  async function start(app: string, env: NodeJS.ProcessEnv): Promise<void> {
    const program = join(ROOT, `apps/${app}/src/main.ts`)
    const child = spawn(process.execPath, ['--import', 'tsx', '--conditions=inlay-source', program], {
      env,
      cwd: ROOT,
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    })
    children.push(child)
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on('data', (text) => seen.set(app, (seen.get(app) ?? '') + String(text)))
    }
    await Promise.race([
      once(child, 'message'),
      once(child, 'exit').then(() => Promise.reject(new Error(`${app} ended: ${seen.get(app)}`))),
    ])
  }

  async function call(method: string, path: string, body?: unknown) {
    const response = await fetch(base + path, {
      method,
      headers: {
        authorization: `Bearer ${apiKey}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const text = await response.text()
    const name = `${method} ${path}`
    seen.set(name, `${seen.get(name) ?? ''}${text}\n${JSON.stringify([...response.headers])}\n`)
    return { status: response.status, text }
  }

  /** What the API answers to a request that is to succeed. */
  async function ask(method: string, path: string, body?: unknown) {
    const { status, text } = await call(method, path, body)
    expect([path, status < 300, text.slice(0, 500)]).toEqual([path, true, expect.any(String)])
    return JSON.parse(text)
  }

  /** Calls every path of the service with a connection, in a workflow that looks at what comes of it. */
  async function runAll(connection: string, url: string): Promise<void> {
    const steps = PATHS.map((path, index) => ({
      id: `try${index}`,
      type: 'try',
      steps: [
        {
          ...{ id: `call${index}`, type: 'action', connector: 'http', action: 'request', connection },
          ...{ input: { url: url + path }, timeout: '1s', retry: { maxAttempts: 1 } },
        },
      ],
      catch: [{ id: `caught${index}`, type: 'set', values: { error: `{{ steps.try${index}.output.error }}` } }],
    }))
    const definition = { schema: 'inlay/workflow@1', name: 'Calls', trigger: { type: 'manual' }, steps }
    const { id } = await ask('POST', '/v1/workflows', { customerId, name: 'Calls', definition })
    await ask('POST', `/v1/workflows/${id}/publish`, {})
    const run = await ask('POST', `/v1/workflows/${id}/runs?wait=20`, { input: {} })
    await expect.poll(async () => (await ask('GET', `/v1/runs/${run.id}`)).status).toMatch(/succeeded|failed/)
    const { data } = await ask('GET', `/v1/runs/${run.id}/steps`)
    expect(JSON.stringify(data)).toContain('[redacted]')
    await call('GET', `/v1/runs/${run.id}/history`)
  }

  async function tables(): Promise<[string, string][]> {
    const names = await test.admin<{ name: string }[]>`SELECT relname AS name FROM pg_class
      WHERE relnamespace = 'inlay'::regnamespace AND relkind IN ('r', 'p') AND NOT relispartition`
    return Promise.all(
      names.map(async ({ name }): Promise<[string, string]> => {
        const rows = await test.admin<
          { row: string }[]
        >`SELECT to_jsonb(t)::text AS row FROM inlay.${test.admin(name)} t`
        return [`table ${name}`, rows.map(({ row }) => row).join('\n')]
      }),
    )
  }

  it('show in no log, answer or table', async () => {
    // A server that listens on TCP has an AddressInfo.
    const url = `http://127.0.0.1:${(service.address() as AddressInfo).port}`
    for (const { method, values } of METHODS) {
      const given = { customerId, connector: 'http', method, name: method, values: { ...values, baseUrl: url } }
      const { id } = await ask('POST', '/v1/connections', given)
      await runAll(id, url)
      await call('POST', `/v1/connections/${id}/test`, {})
      await call('PATCH', `/v1/connections/${id}`, { values: { baseUrl: 'not an address' } })
      for (const path of PATHS.filter((each) => each !== '/hang')) await call('GET', `/v1/proxy/${id}${path}`)
    }
    await call('POST', '/v1/connections', {
      customerId,
      connector: 'http',
      name: 'x',
      values: { token: CANARIES.bearer },
    })
    await ask('GET', '/v1/connections')
    const { data } = await ask('GET', '/v1/audit-log?action=secret.read&limit=100')
    expect(data.length).toBeGreaterThan(METHODS.length * PATHS.length)
    await delay(100)
    const places = [...seen, ...(await tables())]
    expect(seen.get('worker')?.length).toBeGreaterThan(100)
    const found = places.flatMap(([place, text]) =>
      Object.entries(CANARIES).flatMap(([kind, secret]) =>
        writtenForms(secret, 6).some((form) => text.includes(form)) ? [`${place}: ${kind}`] : [],
      ),
    )
    expect(found).toEqual([])
  })
})
