import { createEngine, type Engine, InlayError, type Journal } from '@inlay/engine'
import { createEgress } from '@inlay/engine/http'
import { createPostgresJournal } from '@inlay/engine/postgres'
import type { Services } from '@inlay/platform/api'
import { createCatalogService, createConnectorRegistry } from '@inlay/platform/catalog'
import type { Config } from '@inlay/platform/config'
import { ConnectionStore, createConnectionsService } from '@inlay/platform/connections'
import { type Database, openDatabase } from '@inlay/platform/database'
import {
  createEmbedService,
  createIdentityService,
  createSessionStore,
  createSignInLimit,
} from '@inlay/platform/identity'
import {
  assertRedisKeepsKeys,
  connectPatientRedis,
  connectRedis,
  createEventHub,
  createEventPublisher,
  type EventHub,
  redisReady,
} from '@inlay/platform/realtime'
import {
  createLeader,
  createQueueDispatcher,
  createRunsService,
  type QueueDispatcher,
  RunStore,
  startSweeper,
} from '@inlay/platform/runs'
import { createLogger, createMetrics, type Logger, type Metrics } from '@inlay/platform/telemetry'
import { createTenancyService } from '@inlay/platform/tenancy'
import { createTriggersService, HookTargets } from '@inlay/platform/triggers'
import { createWorkflowsService, WorkflowStore } from '@inlay/platform/workflows'
import { CONNECTORS } from './connectors.js'

/** Everything the control plane is made of. */
export interface ControlPlane {
  readonly config: Config
  readonly log: Logger
  readonly metrics: Metrics
  readonly database: Database
  readonly services: Services
  readonly engine: Engine
  readonly journal: Journal
  readonly hub: EventHub
  readonly hookTargets: HookTargets
  /** Answers once PostgreSQL and Redis can be used. */
  ready(): Promise<void>
  close(): Promise<void>
}

const CHANGED_CHANNEL = 'inlay:trigger-changed'

/** The composition root: the one place where adapters are made and handed to each other. */
export async function compose(config: Config): Promise<ControlPlane> {
  const log = createLogger({ level: config.logLevel, service: 'control-plane' })
  const database = openDatabase({ databaseUrl: config.databaseUrl, engineDatabaseUrl: config.engineDatabaseUrl })
  await database.assertReady()
  const { redis, subscriber } = await openRedis(config.redisUrl)
  const egress = createEgress({ allow: config.egressAllow })
  const journal = createPostgresJournal({ sql: database.engine })
  const dispatcher = createQueueDispatcher(redis)
  const hub = createEventHub(subscriber)
  const hookTargets = new HookTargets(database)
  await listenForChanges(subscriber, hookTargets)
  const parts = { config, log, database, redis, egress, journal, dispatcher, hub, hookTargets }
  const { services, engine } = composeServices(parts)
  const leader = createLeader(database.engine)
  const sweeper = startSweeper({ journal, dispatcher, leader, log })
  return {
    ...parts,
    services,
    engine,
    metrics: createMetrics('control-plane'),
    ready: async () => {
      await database.ping()
      await redis.ping()
    },
    close: async () => {
      await sweeper.stop()
      await leader.resign()
      await engine.close({ drainMs: 10_000 })
      await dispatcher.close().catch(() => undefined)
      redis.disconnect()
      subscriber.disconnect()
      await egress.close()
      await database.close()
    },
  }
}

interface Parts {
  readonly config: Config
  readonly log: Logger
  readonly database: Database
  readonly redis: Redis
  readonly egress: ReturnType<typeof createEgress>
  readonly journal: Journal
  readonly dispatcher: QueueDispatcher
  readonly hub: EventHub
  readonly hookTargets: HookTargets
}

function composeServices(parts: Parts): { services: Services; engine: Engine } {
  const { config, log, database, redis, journal, dispatcher, hub } = parts
  const { http, net } = parts.egress
  const registry = createConnectorRegistry(CONNECTORS)
  const connections = createConnectionsService({
    store: new ConnectionStore(database),
    registry,
    masterKeys: config.masterKeys,
    http,
    net,
  })
  const workflows = createWorkflowsService({
    store: new WorkflowStore(database),
    registry,
    triggers: createTriggersService({ database, baseUrl: config.baseUrl, announce: announcer(parts) }),
    engine: () => engine,
  })
  const engine = createEngine({
    journal,
    dispatcher,
    definitions: workflows.definitions,
    connectors: registry,
    credentials: connections.credentials,
    http,
    net,
    events: createEventPublisher(redis),
    settings: { maxEagerRuns: config.eagerRuns },
    onUnexpected: (error, context) => log.error({ error, ...context }, 'A run met something unforeseen.'),
    onLog: ({ level, message, ...entry }) => log[level](entry, message),
  })
  const tenancy = createTenancyService(database)
  const services: Services = {
    tenancy,
    identity: createIdentityService(database, createSessionStore(database)),
    signInLimit: createSignInLimit(redis),
    embed: createEmbedService({ database, tenancy, audience: config.baseUrl }),
    catalog: createCatalogService({ registry, credentials: connections.credentials, http, net }),
    connections,
    workflows,
    runs: createRunsService({ store: new RunStore(database), engine, hub }),
  }
  return { services, engine }
}

async function openRedis(url: string): Promise<{ redis: Redis; subscriber: Redis }> {
  const redis = connectRedis(url)
  const subscriber = connectPatientRedis(url)
  await redisReady(redis).catch((cause: unknown) => {
    const title = `Redis cannot be reached at ${new URL(url).host}.`
    throw new InlayError('redis.unavailable', title, { detail: 'Start it, or correct REDIS_URL.', cause })
  })
  await assertRedisKeepsKeys(redis)
  return { redis, subscriber }
}

type Redis = ReturnType<typeof connectRedis>

/** Tells all processes, this one at once, that a workflow's trigger has changed. */
function announcer({ hookTargets, redis }: Parts): (workflowId: string) => void {
  return (workflowId) => {
    hookTargets.forget(workflowId)
    // Others find out without it too, only later: what they keep lives for seconds.
    redis.publish(CHANGED_CHANNEL, workflowId).catch(() => undefined)
  }
}

async function listenForChanges(subscriber: Redis, targets: HookTargets): Promise<void> {
  subscriber.on('message', (channel: string, workflowId: string) => {
    if (channel === CHANGED_CHANNEL) targets.forget(workflowId)
  })
  await subscriber.subscribe(CHANGED_CHANNEL)
}
