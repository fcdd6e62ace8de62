import { createEngine, type Engine, type Journal } from '@inlay/engine'
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
import { createLeader, createQueueDispatcher, createRunsService, RunStore, startSweeper } from '@inlay/platform/runs'
import { createLogger, type Logger } from '@inlay/platform/telemetry'
import { createTenancyService } from '@inlay/platform/tenancy'
import { createTriggersService, HookTargets } from '@inlay/platform/triggers'
import { createWorkflowsService, WorkflowStore } from '@inlay/platform/workflows'
import { CONNECTORS } from './connectors.js'

/** Everything the control plane is made of. */
export interface ControlPlane {
  readonly config: Config
  readonly log: Logger
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
  const redis = connectRedis(config.redisUrl)
  const subscriber = connectPatientRedis(config.redisUrl)
  await redisReady(redis)
  await assertRedisKeepsKeys(redis)
  const hub = createEventHub(subscriber)
  const egress = createEgress({ allow: config.egressAllow })
  const { http, net } = egress
  const registry = createConnectorRegistry(CONNECTORS)
  const tenancy = createTenancyService(database)
  const connections = createConnectionsService({
    store: new ConnectionStore(database),
    registry,
    masterKeys: config.masterKeys,
    http,
    net,
  })
  const hookTargets = new HookTargets(database)
  await listenForChanges(subscriber, hookTargets)
  const announce = (workflowId: string): void => {
    hookTargets.forget(workflowId)
    redis.publish(CHANGED_CHANNEL, workflowId).catch(() => undefined)
  }
  const triggers = createTriggersService({ database, baseUrl: config.baseUrl, announce })
  const workflows = createWorkflowsService({
    store: new WorkflowStore(database),
    registry,
    triggers,
    engine: () => engine,
  })
  const journal = createPostgresJournal({ sql: database.engine })
  const dispatcher = createQueueDispatcher(redis)
  const engine: Engine = createEngine({
    journal,
    dispatcher,
    definitions: workflows.definitions,
    connectors: registry,
    credentials: connections.credentials,
    http,
    net,
    events: createEventPublisher(redis),
  })
  const leader = createLeader(database.engine)
  const sweeper = startSweeper({ journal, dispatcher, leader, log })
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
  return {
    config,
    log,
    database,
    services,
    engine,
    journal,
    hub,
    hookTargets,
    ready: async () => {
      await database.ping()
      await redis.ping()
    },
    close: async () => {
      sweeper.stop()
      await leader.resign()
      await engine.close({ drainMs: 0 })
      await dispatcher.close().catch(() => undefined)
      redis.disconnect()
      subscriber.disconnect()
      await egress.close()
      await database.close()
    },
  }
}

async function listenForChanges(
  subscriber: ReturnType<typeof connectPatientRedis>,
  targets: HookTargets,
): Promise<void> {
  subscriber.on('message', (channel: string, workflowId: string) => {
    if (channel === CHANGED_CHANNEL) targets.forget(workflowId)
  })
  await subscriber.subscribe(CHANGED_CHANNEL)
}
