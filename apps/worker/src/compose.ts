import { CONNECTORS } from '@inlay/catalog'
import type { BridgedPieces } from '@inlay/connector-activepieces-bridge'
import {
  type BlobStore,
  type ConnectorRegistry,
  type ConnectorStorage,
  type CredentialProvider,
  createEngine,
  type Engine,
  type Governor,
  type Journal,
} from '@inlay/engine'
import { createCodeRunner, type ProcessCodeRunner } from '@inlay/engine/code'
import { createEgress, type Egress } from '@inlay/engine/http'
import {
  createPostgresAdmissionStore,
  createPostgresConnectorStorage,
  createPostgresJournal,
} from '@inlay/engine/postgres'
import { createWaitLinks } from '@inlay/platform/approvals'
import { type AuditLog, createAuditLog } from '@inlay/platform/audit'
import { openBlobStore } from '@inlay/platform/blobs'
import {
  CatalogSettingsStore,
  createBlockingGovernor,
  createConnectorRegistry,
  createTenantCatalogs,
  importConnectors,
} from '@inlay/platform/catalog'
import type { Config } from '@inlay/platform/config'
import { type Database, openDatabase } from '@inlay/platform/database'
import { type Addresses, type DomainsService, openDomains, startDomainChecks } from '@inlay/platform/domains'
import { createEventStarter, EventStore } from '@inlay/platform/events'
import { startUploadSweep } from '@inlay/platform/files'
import { createConnectedAccounts, type OAuth, startOAuthUpkeep } from '@inlay/platform/oauth'
import {
  assertRedisKeepsKeys,
  connectPatientRedis,
  connectRedis,
  createEventPublisher,
  redisReady,
} from '@inlay/platform/realtime'
import {
  createLeader,
  createQueueDispatcher,
  createQueuePlaces,
  createRedisGovernor,
  createStepLogKeeper,
  freeingPlaces,
  hasNeglectedRuns,
  type QueueDispatcher,
  type QueuePlaces,
  type StepLogKeeper,
  startAdmissionLoop,
  startEventSweep,
  startStepLogSweep,
  startStorageSweep,
  startSweeper,
} from '@inlay/platform/runs'
import {
  createLogger,
  createMetrics,
  type Logger,
  type Metrics,
  startTracing,
  type Tracing,
} from '@inlay/platform/telemetry'
import { openTenantConnectors } from '@inlay/platform/tenant-connectors'
import {
  createProductEventStarter,
  createTriggerMetrics,
  startConnectorTriggers,
  startScheduler,
} from '@inlay/platform/triggers'
import {
  createKeyRotation,
  createVault,
  type KeyRotation,
  openKeyWrapper,
  startKeyLoop,
  type Vault,
} from '@inlay/platform/vault'
import { createWebhookMetrics, startWebhookDeliveries } from '@inlay/platform/webhooks'
import { createDefinitionStore, WorkflowStore } from '@inlay/platform/workflows'
import { openBridgedPieces } from './bridged-pieces.js'
import { importOpenApi } from './import-openapi.js'
import { startRunConsumer } from './jobs/run-consumer.js'
import { startWatchedConsumer, type WatchedConsumer } from './jobs/watchdog.js'
import { type MetricsServer, startMetricsServer } from './metrics-server.js'

/** How long runs under way may go on after a signal to stop; what is left is given back for others to claim. */
const DRAIN_MS = 20_000
/** BullMQ waits for its jobs, which end with their runs; a Redis that hangs must not hold the process for longer. */
const CLOSE_QUEUE_MS = 3000

/** A running worker. */
export interface Worker {
  readonly log: Logger
  /** Takes no more work, lets what is under way end, gives the rest back. Takes at most 25 seconds. */
  close(): Promise<void>
}

interface Parts {
  readonly config: Config
  readonly log: Logger
  readonly metrics: Metrics
  readonly metricsServer: MetricsServer | undefined
  readonly tracing: Tracing
  readonly database: Database
  readonly redis: Redis
  readonly egress: Egress
  readonly journal: Journal
  readonly places: QueuePlaces
  readonly dispatcher: QueueDispatcher
  readonly code: ProcessCodeRunner
  readonly stepLogs: StepLogKeeper
  readonly pieces: BridgedPieces
  readonly blobs: BlobStore | undefined
  readonly domains: DomainsService
  readonly addresses: Addresses
  readonly connectors: typeof CONNECTORS
}

type Redis = ReturnType<typeof connectRedis>

/** The composition root of the worker. */
export async function compose(config: Config): Promise<Worker> {
  const log = createLogger({ level: config.logLevel, service: 'worker' })
  const tracing = await startTracing({ service: 'worker', endpoint: config.tracesEndpoint })
  const database = openDatabase({ databaseUrl: config.databaseUrl, engineDatabaseUrl: config.engineDatabaseUrl })
  await database.assertReady()
  const redis = connectRedis(config.redisUrl)
  await redisReady(redis)
  await assertRedisKeepsKeys(redis)
  const egress = createEgress(config.egress)
  const journal = createPostgresJournal({ sql: database.engine })
  const places = createQueuePlaces({ redis, perCustomer: config.queuedRunsPerCustomer })
  const dispatcher = createQueueDispatcher({ redis, places })
  const blobs = await openBlobStore(config.blobs)
  const code = createCodeRunner()
  const stepLogs = createStepLogKeeper({ engine: database.engine, log })
  const pieces = await openBridgedPieces(config.bridgedPieces)
  const metrics = createMetrics('worker')
  const { workerMetricsPort: port } = config
  const metricsServer = port === undefined ? undefined : await startMetricsServer(metrics, port)
  const { domains, addresses } = await openDomains({ config, database, redis, log })
  const parts = {
    ...{ domains, addresses },
    config,
    log,
    metrics,
    metricsServer,
    tracing,
    database,
    redis,
    egress,
    journal,
    places,
    dispatcher,
    code,
    stepLogs,
    blobs,
    pieces,
    connectors: [...CONNECTORS, ...(await importConnectors(config.extraConnectors)), ...pieces.entries],
  }
  return work(parts, composeEngine(parts))
}

interface Executing {
  readonly engine: Engine
  readonly registry: ConnectorRegistry
  readonly vault: Vault
  readonly audit: AuditLog
  readonly rotation: KeyRotation
  readonly credentials: CredentialProvider
  readonly storage: ConnectorStorage
  readonly governor: Governor
  readonly oauth: OAuth
}

/** The engine, and what it opens connectors and their accounts with. */
function composeEngine(parts: Parts): Executing {
  const { config, log, database, redis, journal, places, dispatcher, code, addresses } = parts
  const { http, net } = parts.egress
  const audit = createAuditLog(database)
  const wrapper = openKeyWrapper(config)
  const vault = createVault({ database, wrapper, audit })
  const shared = createConnectorRegistry(parts.connectors)
  const { registry } = openTenantConnectors({ database, vault, audit, http, shared, importOpenApi })
  const { connections, oauth } = createConnectedAccounts({
    ...{ database, registry, vault, audit, http, net, log },
    ...{ engine: () => engine, governor: () => governor },
    operatorClients: config.oauthClients,
    addresses,
  })
  const { credentials } = connections
  const catalogs = createTenantCatalogs(new CatalogSettingsStore(database))
  const governor = createBlockingGovernor(createRedisGovernor({ redis, log }), catalogs)
  const storage = createPostgresConnectorStorage({ sql: database.engine })
  const startOnEvent = createEventStarter({ store: new EventStore(database), engine: () => engine, log })
  const startOnProductEvent = createProductEventStarter({
    ...{ database, registry, credentials, http, net, log },
    engine: () => engine,
  })
  const engine = createEngine({
    journal,
    dispatcher,
    definitions: createDefinitionStore(new WorkflowStore(database)),
    connectors: registry,
    credentials,
    http,
    net,
    code,
    storage,
    ...(parts.blobs === undefined ? {} : { blobs: parts.blobs }),
    admissions: createPostgresAdmissionStore({ sql: database.engine }),
    governor,
    links: createWaitLinks(config.masterKeys, addresses.baseOf),
    onEvent: async (event) => {
      await Promise.all([startOnEvent(event), startOnProductEvent(event)])
    },
    events: freeingPlaces(places, createEventPublisher(redis)),
    settings: { maxConcurrentRuns: config.workerConcurrency },
    onUnexpected: (error, context) => log.error({ error, ...context }, 'A run met something unforeseen.'),
    onLog: (line) => {
      const { level, message, ...entry } = line
      log[level](entry, message)
      parts.stepLogs.keep(line)
    },
  })
  const rotation = createKeyRotation({ database, wrapper, audit })
  return { engine, registry, vault, audit, rotation, credentials, storage, governor, oauth }
}

/** Starts what makes a worker of the parts. */
function work(parts: Parts, { engine, oauth, rotation, ...opening }: Executing): Worker {
  const { config, log, tracing, database, redis, egress, journal, places, dispatcher, code } = parts
  const leader = createLeader(database.engine)
  const loops = [
    startSweeper({ journal, dispatcher, leader, log }),
    startAdmissionLoop({ engine, leader, log }),
    startKeyLoop({ rotation, leader, log }),
    startScheduler({ sql: database.engine, engine, leader, log }),
    startOAuthUpkeep({ ...oauth, leader, log }),
    startDomainChecks({ domains: parts.domains, leader, log }),
    startStorageSweep({ storage: opening.storage, leader, log }),
    startStepLogSweep({ engine: database.engine, leader, log }),
    ...(parts.blobs === undefined ? [] : [startUploadSweep({ database, blobs: parts.blobs, leader, log })]),
    startEventSweep({ engine: database.engine, leader, log, keptMs: config.keepEventsMs }),
    startWebhookDeliveries({
      ...{ database, vault: opening.vault, audit: opening.audit, http: egress.http, leader, log },
      metrics: createWebhookMetrics(parts.metrics.registry),
    }),
    startConnectorTriggers({
      ...{ database, engine, ...opening, http: egress.http, net: egress.net },
      ...{ log, blobs: parts.blobs, baseUrl: config.baseUrl, baseOf: parts.addresses.baseOf },
      metrics: createTriggerMetrics(parts.metrics.registry),
    }),
  ]
  const consumer = startWatchedConsumer({
    start: () => {
      const connect = () => connectPatientRedis(config.redisUrl)
      return startRunConsumer({ engine, dispatcher, places, log, connect, concurrency: config.workerConcurrency })
    },
    hasNeglectedRuns: () => hasNeglectedRuns(database.engine),
    activeRuns: () => engine.activeRuns,
    log,
  })
  return {
    log,
    close: async () => {
      await Promise.all([...loops.map((loop) => loop.stop()), parts.addresses.close()])
      const queueClosed = consumer.close()
      await engine.close({ drainMs: DRAIN_MS })
      await parts.stepLogs.close()
      await Promise.all([code.close(), parts.pieces.close()])
      await closedInTime(queueClosed, consumer)
      await oauth.refresher.drain()
      await leader.resign()
      await dispatcher.close()
      redis.disconnect()
      await egress.close()
      await database.close()
      await parts.metricsServer?.close()
      await tracing.stop()
    },
  }
}

async function closedInTime(closed: Promise<void>, consumer: WatchedConsumer): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(() => {
      consumer.abandon()
      resolve()
    }, CLOSE_QUEUE_MS)
  })
  await Promise.race([closed.catch(() => undefined), late])
  clearTimeout(timer)
}
