/** The example of a vendor's product against a control plane and a worker of their own: what it serves is used by customers. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { join } from 'node:path'
import type { TenantId } from '@inlay/engine'
import { createAuditLog } from '@inlay/platform/audit'
import { createTestDatabase, type TestDatabase } from '@inlay/platform/database/testing'
import { createIdentityService, createSessionStore } from '@inlay/platform/identity'
import { createTenancyService } from '@inlay/platform/tenancy'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { freePort, ROOT } from './harness/product.js'

const serverUrl = process.env['INLAY_TEST_DATABASE_URL']
const hasRedis = spawnSync('redis-server', ['--version']).status === 0

interface Order {
  readonly id: string
  readonly state: string
}

describe.skipIf(serverUrl === undefined || !hasRedis)('a vendor’s product that serves its own connector', () => {
  let test: TestDatabase
  let base: string
  let home: string
  let apiKey: string
  let customerId: string
  const children: ChildProcess[] = []

  beforeAll(async () => {
    test = await createTestDatabase(serverUrl ?? '')
    const [port, redisPort, homePort] = [await freePort(), await freePort(), await freePort()]
    base = `http://localhost:${port}`
    home = `http://127.0.0.1:${homePort}`
    children.push(spawn('redis-server', ['--port', String(redisPort), '--save', '', '--bind', '127.0.0.1']))
    const tenant = await addTenant()
    const env = {
      PATH: process.env['PATH'],
      DATABASE_URL: test.databaseUrl,
      ENGINE_DATABASE_URL: test.engineDatabaseUrl,
      REDIS_URL: `redis://127.0.0.1:${redisPort}`,
      INLAY_MASTER_KEY: randomBytes(32).toString('base64'),
      INLAY_EGRESS_ALLOW: '127.0.0.0/8',
      PORT: String(port),
      // The worker is to execute runs.
      EAGER_RUNS: '0',
    }
    await Promise.all([
      start('apps/control-plane/src/main.ts', env, 'is listening'),
      start('apps/worker/src/main.ts', env, 'is ready'),
    ])
    const larkfield = {
      PATH: process.env['PATH'],
      PORT: String(homePort),
      INLAY_BASE_URL: base,
      INLAY_TENANT_ID: tenant.tenantId,
      INLAY_SIGNING_KEY: tenant.signingKey,
      INLAY_KEY_ID: tenant.keyId,
      INLAY_API_KEY: apiKey,
      CONNECTOR_URL: `${home}/inlay/connector`,
    }
    await start('examples/host-app/src/main.ts', larkfield, 'are in the builder')
  })

  afterAll(async () => {
    for (const child of children) child.kill('SIGKILL')
    await test?.drop()
  })

  async function addTenant() {
    const { database } = test
    const tenancy = createTenancyService(database)
    const tenantId: TenantId = await tenancy.createTenant({ name: 'Larkfield', slug: 'larkfield', allowedOrigins: [] })
    // As the example calls its company.
    const company = { externalId: 'acme-books', name: 'Acme Books' }
    customerId = (await tenancy.createCustomer({ tenantId }, company)).id
    const identity = createIdentityService(database, createSessionStore(database), createAuditLog(database))
    apiKey = (await identity.createApiKey({ tenantId }, { name: 'All', scopes: ['*'] })).secret
    const { signingKey, privateKey } = await identity.createSigningKey({ tenantId }, { algorithm: 'EdDSA' })
    return { tenantId, signingKey: privateKey ?? '', keyId: signingKey.kid }
  }

  /** Resolves once it says so. */
  async function start(program: string, env: NodeJS.ProcessEnv, sign: string): Promise<void> {
    const args = ['--import', 'tsx', '--conditions=inlay-source', join(ROOT, program)]
    const child = spawn(process.execPath, args, { env, cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'] })
    children.push(child)
    let said = ''
    const ready = new Promise<void>((resolve) => {
      for (const stream of [child.stdout, child.stderr]) {
        stream.on('data', (text) => {
          said += String(text)
          if (said.includes(sign)) resolve()
        })
      }
    })
    const ended = once(child, 'exit').then(() => Promise.reject(new Error(`${program} ended: ${said}`)))
    await Promise.race([ready, ended])
  }

  async function ask(method: string, path: string, body?: unknown) {
    const response = await fetch(base + path, {
      method,
      headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const answer = await response.json()
    expect([path, response.status < 300, answer]).toEqual([path, true, expect.anything()])
    return answer
  }

  async function publish(definition: object): Promise<string> {
    const { id } = await ask('POST', '/v1/workflows', { customerId, name: 'Larkfield', definition })
    await ask('POST', `/v1/workflows/${id}/publish`, {})
    return id
  }

  it('offers its actions and events', async () => {
    const { name, actions, triggers } = await ask('GET', '/v1/connectors/larkfield')
    const idsOf = (members: readonly { readonly id: string }[]) => members.map(({ id }) => id)
    expect([name, idsOf(actions), idsOf(triggers)]).toEqual(['Larkfield', ['getOrder', 'changeState'], ['orderPlaced']])
  })

  it('starts automations with its events, which act in the product', async () => {
    const id = await publish({
      schema: 'inlay/workflow@1',
      name: 'Send at once',
      trigger: { type: 'connector', connector: 'larkfield', trigger: 'orderPlaced', input: {} },
      steps: [
        {
          ...{ id: 'send', type: 'action', connector: 'larkfield', action: 'changeState' },
          input: { order: '{{ trigger.id }}', state: 'Sent' },
        },
      ],
    })
    // A worker takes a trigger up within a second; what happens before is not heard.
    const status = async () => (await ask('GET', `/v1/workflows/${id}`)).trigger.connector.status
    await expect.poll(status, { interval: 250 }).toBe('active')
    const placed: Order = await (await fetch(`${home}/api/orders`, { method: 'POST' })).json()
    const stateOf = async () => {
      const orders: readonly Order[] = await (await fetch(`${home}/api/orders`)).json()
      return orders.find((order) => order.id === placed.id)?.state
    }
    await expect.poll(stateOf, { interval: 250 }).toBe('Sent')
  })

  it('says in a run why it refuses', async () => {
    const step = { id: 'get', type: 'action', connector: 'larkfield', action: 'getOrder', input: { order: 'Z-1' } }
    const id = await publish({ schema: 'inlay/workflow@1', name: 'Get', trigger: { type: 'manual' }, steps: [step] })
    const run = await ask('POST', `/v1/workflows/${id}/runs?wait=20`, { input: {} })
    expect(run).toMatchObject({ status: 'failed', error: { kind: 'rejected', title: 'There is no order Z-1' } })
  })
})
