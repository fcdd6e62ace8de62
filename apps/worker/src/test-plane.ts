/** What a worker's tests need around it: the control plane's modules, and a service to call. */

import { randomBytes } from 'node:crypto'
import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import { CONNECTORS } from '@inlay/catalog'
import {
  type ConnectorRegistry,
  type CustomerId,
  createEngine,
  type Engine,
  isTerminal,
  type JsonValue,
  newId,
  type TenantId,
} from '@inlay/engine'
import { createEgress, type Egress } from '@inlay/engine/http'
import { createPostgresJournal } from '@inlay/engine/postgres'
import { createAuditLog } from '@inlay/platform/audit'
import { CatalogSettingsStore, createConnectorRegistry, createTenantCatalogs } from '@inlay/platform/catalog'
import { ConnectionStore, createConnectionsService } from '@inlay/platform/connections'
import type { Database } from '@inlay/platform/database'
import type { TestDatabase } from '@inlay/platform/database/testing'
import { createFilesService } from '@inlay/platform/files'
import { createGuardrailsService } from '@inlay/platform/guardrails'
import {
  connectPatientRedis,
  connectRedis,
  createEventHub,
  createEventPublisher,
  redisReady,
} from '@inlay/platform/realtime'
import {
  createQueueDispatcher,
  createQueuePlaces,
  createRunsService,
  type Run,
  RunStore,
  type RunsService,
} from '@inlay/platform/runs'
import { createLogger, createMetrics } from '@inlay/platform/telemetry'
import {
  createHookHandler,
  createTriggerMetrics,
  createTriggerReception,
  createTriggersService,
  HookTargets,
} from '@inlay/platform/triggers'
import { createEnvironmentKeyWrapper, createVault } from '@inlay/platform/vault'
import { createWorkflowsService, openWorkflowStores, type WorkflowsService } from '@inlay/platform/workflows'

/** What starts runs: the control plane's modules, without its HTTP server. */
export interface Plane {
  readonly workflows: WorkflowsService
  readonly runs: RunsService
  readonly engine: Engine
  readonly scope: { readonly tenantId: TenantId; readonly customerId: CustomerId }
  /** Creates a workflow and publishes it. @returns its id */
  publish(steps: readonly JsonValue[], trigger?: JsonValue): Promise<string>
  /** Calls a workflow's webhook. */
  hook(workflowId: string, body: JsonValue): Promise<Response>
  /** The run once it has ended. @throws Error after 15 seconds */
  ended(runId: string): Promise<Run>
  close(): Promise<void>
}

export async function startPlane(test: TestDatabase, redisUrl: string): Promise<Plane> {
  const { database, admin } = test
  const scope = await addTenant(admin)
  const [redis, subscriber] = [connectRedis(redisUrl), connectPatientRedis(redisUrl)]
  await redisReady(redis)
  const egress = createEgress()
  const registry = createConnectorRegistry(CONNECTORS)
  const catalogs = createTenantCatalogs(new CatalogSettingsStore(database))
  const journal = createPostgresJournal({ sql: database.engine })
  const dispatcher = createQueueDispatcher({ redis, places: createQueuePlaces({ redis }) })
  const hub = createEventHub(subscriber)
  const targets = new HookTargets(database)
  const { log, audit, vault, connections } = openAccounts(database, registry, egress)
  const { server, url: baseUrl } = await listen((request, response) => void handle(request, response))
  const workflows: WorkflowsService = createWorkflowsService({
    ...{ connections, ...openWorkflowStores(database), registry, catalogs },
    guardrails: createGuardrailsService(database),
    files: createFilesService({ database, audit, blobs: undefined, maxBytes: 0 }),
    triggers: createTriggersService({ database, baseOf: () => baseUrl, announce: (id) => targets.forget(id) }),
    engine: () => engine,
  })
  const engine: Engine = createEngine({
    journal,
    dispatcher,
    definitions: workflows.definitions,
    connectors: registry,
    credentials: connections.credentials,
    ...egress,
    events: createEventPublisher(redis),
  })
  const reception = createTriggerReception({
    ...{ database, registry, catalogs, vault, audit, connections, engine, log, baseOf: () => baseUrl },
    ...egress,
    oauthApps: { appOf: async () => undefined },
    metrics: createTriggerMetrics(createMetrics('test').registry),
  })
  const runs = createRunsService({ store: new RunStore(database), engine, hub })
  const hooks = { targets, engine, journal, hub, log, placeOf: () => ({ baseUrl }) }
  const handle = createHookHandler({ ...hooks, ...reception })
  return {
    workflows,
    runs,
    engine,
    scope,
    ...actionsOn({ workflows, runs, scope }),
    close: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
      await engine.close({ drainMs: 0 })
      await dispatcher.close()
      redis.disconnect()
      subscriber.disconnect()
      await egress.close()
    },
  }
}

/** What keeps accounts, and the keys of their secrets. */
function openAccounts(database: Database, registry: ConnectorRegistry, egress: Egress) {
  const log = createLogger({ level: 'silent', service: 'test' })
  const masterKeys = { current: 'k1', keys: new Map([['k1', randomBytes(32)]]) }
  const audit = createAuditLog(database)
  const vault = createVault({ database, wrapper: createEnvironmentKeyWrapper(masterKeys), audit })
  const store = new ConnectionStore(database)
  return { log, audit, vault, connections: createConnectionsService({ store, registry, vault, audit, log, ...egress }) }
}

/** A tenant with one customer. */
async function addTenant(admin: TestDatabase['admin']): Promise<Plane['scope']> {
  const tenantId = newId<TenantId>('ten', Date.now())
  const customerId = newId<CustomerId>('cus', Date.now())
  await admin`INSERT INTO inlay.tenants (tenant_id, name, slug) VALUES (${tenantId}, 'Test', ${tenantId})`
  await admin`INSERT INTO inlay.customers (tenant_id, id, external_id, name) VALUES (${tenantId}, ${customerId}, 'c', 'C')`
  return { tenantId, customerId }
}

async function listen(handle: RequestListener): Promise<{ readonly server: Server; readonly url: string }> {
  const server = createServer(handle)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  // A server that listens on TCP has an AddressInfo.
  const { port } = server.address() as AddressInfo
  return { server, url: `http://127.0.0.1:${port}` }
}

/** What tests do with a plane. */
function actionsOn({
  workflows,
  runs,
  scope,
}: Pick<Plane, 'workflows' | 'runs' | 'scope'>): Pick<Plane, 'publish' | 'hook' | 'ended'> {
  return {
    publish: async (steps, trigger = { type: 'webhook' }) => {
      const definition = { schema: 'inlay/workflow@1', name: 'Test', trigger, steps: [...steps] }
      const { id } = await workflows.create(scope, { customerId: scope.customerId, name: 'Test', definition })
      await workflows.publish(scope, id, { publishedBy: 'test' })
      return id
    },
    hook: async (workflowId, body) => {
      const { trigger } = await workflows.get(scope, workflowId)
      return fetch(trigger.webhookUrl ?? '', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      })
    },
    ended: async (runId) => {
      for (let i = 0; i < 300; i++) {
        const run = await runs.get(scope, runId)
        if (isTerminal(run.status)) return run
        await delay(50)
      }
      throw new Error(`The run ${runId} did not end.`)
    },
  }
}

/** A service that counts the idempotency keys that reach it. */
export interface Stub {
  readonly url: string
  readonly keys: string[]
  /** Milliseconds that each answer takes. */
  delayMs: number
  close(): void
}

export async function startStub(): Promise<Stub> {
  const { server, url } = await listen((request, response) => {
    stub.keys.push(String(request.headers['idempotency-key']))
    request.resume()
    setTimeout(() => response.setHeader('content-type', 'application/json').end('{"ok":true}'), stub.delayMs)
  })
  const stub: Stub = { url, keys: [], delayMs: 0, close: () => void server.close() }
  return stub
}

/** set, branch, HTTP call: the step types of which most workflows are made. Takes `{total, url}`. */
export const LINE: readonly JsonValue[] = [
  { id: 'order', type: 'set', values: { total: '{{ trigger.body.total }}' } },
  {
    id: 'size',
    type: 'branch',
    cases: [
      {
        if: '{{ steps.order.output.total > 50 }}',
        steps: [
          {
            id: 'tell',
            type: 'action',
            connector: 'http',
            action: 'request',
            input: { method: 'POST', url: '{{ trigger.body.url }}', body: { total: '{{ steps.order.output.total }}' } },
          },
        ],
      },
    ],
    else: [],
  },
]

/** The worker's environment on a test's database. */
export function workerEnv(test: TestDatabase, redisUrl: string): Record<string, string> {
  return {
    DATABASE_URL: test.databaseUrl,
    ENGINE_DATABASE_URL: test.engineDatabaseUrl,
    REDIS_URL: redisUrl,
    INLAY_MASTER_KEY: randomBytes(32).toString('base64'),
    INLAY_EGRESS_ALLOW: '127.0.0.0/8',
    LOG_LEVEL: 'silent',
  }
}
