import { CONNECTORS, DISPLAY_FOLDER } from '@inlay/catalog'
import {
  type BlobStore,
  type ConnectorRegistry,
  type ConnectorStorage,
  type CredentialProvider,
  createEngine,
  type DefinitionStore,
  type Engine,
  type Governor,
  InlayError,
  type Journal,
  systemClock,
} from '@inlay/engine'
import { createCodeRunner, type ProcessCodeRunner } from '@inlay/engine/code'
import { createEgress } from '@inlay/engine/http'
import {
  createPostgresAdmissionStore,
  createPostgresConnectorStorage,
  createPostgresJournal,
} from '@inlay/engine/postgres'
import type { Services } from '@inlay/platform/api'
import { ApprovalStore, createApprovalsService, createWaitLinks } from '@inlay/platform/approvals'
import { createAssistantService, createModel } from '@inlay/platform/assistant'
import { type AuditLog, createAuditLog } from '@inlay/platform/audit'
import { openBlobStore } from '@inlay/platform/blobs'
import {
  CatalogSettingsStore,
  type ConnectorDirectory,
  createBlockingGovernor,
  createCatalogService,
  createCatalogSettings,
  createConnectorRegistry,
  createDisplayFolder,
  createLoadingDirectory,
  createTenantCatalogs,
  importConnectors,
  joinDirectories,
  type TenantCatalogs,
} from '@inlay/platform/catalog'
import type { Config } from '@inlay/platform/config'
import { type Database, openDatabase } from '@inlay/platform/database'
import { type Addresses, type DomainsService, openDomains } from '@inlay/platform/domains'
import { createEventStarter, createEventsService, EventStore } from '@inlay/platform/events'
import { createFilesService } from '@inlay/platform/files'
import { createGuardrailsService, type GuardrailsService } from '@inlay/platform/guardrails'
import {
  createCallLimits,
  createEmbedService,
  createFailureLimit,
  createIdentityService,
  createRefusalLog,
  createSessionStore,
  createSignInLimit,
} from '@inlay/platform/identity'
import { createMarketplaceService } from '@inlay/platform/marketplace'
import { createMcpEndpoint, type McpEndpoint } from '@inlay/platform/mcp'
import { createConnectedAccounts, type OAuth } from '@inlay/platform/oauth'
import { createProxyService, type ProxyService } from '@inlay/platform/proxy'
import {
  announceDraft,
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
  createQueuePlaces,
  createRedisGovernor,
  createRunsService,
  createStepLogKeeper,
  type QueueDispatcher,
  RunStore,
  type StepLogKeeper,
  startAdmissionLoop,
  startSweeper,
} from '@inlay/platform/runs'
import { createLogger, createMetrics, type Logger, type Metrics, startTracing } from '@inlay/platform/telemetry'
import { createAutomationsService, createTemplatesService } from '@inlay/platform/templates'
import { createTenancyService } from '@inlay/platform/tenancy'
import { createTenantDirectory, openTenantConnectors, type TenantRegistry } from '@inlay/platform/tenant-connectors'
import {
  createProductEventStarter,
  createTriggerMetrics,
  createTriggerReception,
  createTriggersService,
  HookTargets,
  type TriggerReception,
} from '@inlay/platform/triggers'
import {
  type AnswerCipher,
  createAnswerCipher,
  createKeyRotation,
  createVault,
  openKeyWrapper,
  startKeyLoop,
} from '@inlay/platform/vault'
import { createWebhooksService, measureWaitingWebhooks } from '@inlay/platform/webhooks'
import {
  createDraftsService,
  createEditors,
  createStepTestsService,
  createStoredTestsService,
  createUpgradesService,
  createWorkflowsService,
  openWorkflowStores,
  type TestEngineParts,
  WorkflowStore,
  type WorkflowsService,
} from '@inlay/platform/workflows'
import { openBridgedPieces } from './bridged-pieces.js'
import { importOpenApi } from './import-openapi.js'
import { readOpenApi } from './openapi/read-openapi.js'

/** Everything the control plane is made of. */
export interface ControlPlane {
  readonly config: Config
  readonly log: Logger
  readonly metrics: Metrics
  readonly database: Database
  readonly services: Services
  /** The operator's address, and tenants' domains that are in use. */
  readonly addresses: Addresses
  /** Seals answers that are given again. */
  readonly answers: AnswerCipher
  readonly engine: Engine
  readonly journal: Journal
  readonly hub: EventHub
  readonly hookTargets: HookTargets
  /** What services send to connectors' triggers. */
  readonly reception: TriggerReception
  /** Calls connected services for tenants' backends. */
  readonly proxy: ProxyService
  /** Tools for agents. */
  readonly mcp: McpEndpoint
  /** Answers once PostgreSQL and Redis can be used. */
  ready(): Promise<void>
  close(): Promise<void>
}

const FAILURE_WINDOW_SECONDS = 300
const CHANGED_CHANNEL = 'inlay:trigger-changed'

/**
 * The composition root: the one place where adapters are made and handed to each other.
 *
 * @param shipped connectors that need not be named; tests bring their own
 */
export async function compose(config: Config, shipped = CONNECTORS): Promise<ControlPlane> {
  const pieces = await openBridgedPieces(config.bridgedPieces)
  const connectors = [...shipped, ...(await importConnectors(config.extraConnectors)), ...pieces.entries]
  const log = createLogger({ level: config.logLevel, service: 'control-plane' })
  const tracing = await startTracing({ service: 'control-plane', endpoint: config.tracesEndpoint })
  const database = openDatabase({ databaseUrl: config.databaseUrl, engineDatabaseUrl: config.engineDatabaseUrl })
  await database.assertReady()
  const { redis, subscriber } = await openRedis(config.redisUrl)
  const egress = createEgress(config.egress)
  const journal = createPostgresJournal({ sql: database.engine })
  const places = createQueuePlaces({ redis, perCustomer: config.queuedRunsPerCustomer })
  const dispatcher = createQueueDispatcher({ redis, places })
  const hub = createEventHub(subscriber)
  const hookTargets = new HookTargets(database)
  await listenForChanges(subscriber, hookTargets)
  const { domains, addresses } = await openDomains({ config, database, redis, subscriber, log })
  const code = createCodeRunner()
  const stepLogs = createStepLogKeeper({ engine: database.engine, log })
  const blobs = await openBlobStore(config.blobs)
  const metrics = createMetrics('control-plane')
  // Workers send: here it is also seen when none is left.
  measureWaitingWebhooks({ registry: metrics.registry, sql: database.engine, log })
  const parts: Parts = {
    ...{ config, log, metrics, database, redis, egress, journal, dispatcher },
    ...{ domains, addresses, hub, hookTargets, code, stepLogs, blobs, connectors },
  }
  const answers = createAnswerCipher(config.masterKeys)
  const { services, engine, reception, proxy } = composeServices(parts)
  const leader = createLeader(database.engine)
  const loops = [
    startSweeper({ journal, dispatcher, leader, log }),
    startAdmissionLoop({ engine, leader, log }),
    startKeyLoop({ rotation: services.keys, leader, log }),
  ]
  return {
    ...parts,
    answers,
    services,
    engine,
    reception,
    proxy,
    mcp: createMcpEndpoint({ audit: services.audit, callLimits: services.callLimits, log }),
    ready: async () => {
      await database.ping()
      await redis.ping()
    },
    close: async () => {
      await Promise.all([...loops.map((loop) => loop.stop()), addresses.close()])
      await leader.resign()
      await engine.close({ drainMs: 10_000 })
      await stepLogs.close()
      await Promise.all([code.close(), pieces.close()])
      await services.oauth.refresher.drain()
      await dispatcher.close().catch(() => undefined)
      redis.disconnect()
      subscriber.disconnect()
      await egress.close()
      await database.close()
      await tracing.stop()
    },
  }
}

interface Parts {
  readonly config: Config
  readonly log: Logger
  readonly metrics: Metrics
  readonly database: Database
  readonly redis: Redis
  readonly egress: ReturnType<typeof createEgress>
  readonly journal: Journal
  readonly dispatcher: QueueDispatcher
  readonly domains: DomainsService
  readonly addresses: Addresses
  readonly hub: EventHub
  readonly hookTargets: HookTargets
  readonly code: ProcessCodeRunner
  readonly stepLogs: StepLogKeeper
  readonly blobs: BlobStore | undefined
  readonly connectors: typeof CONNECTORS
}

function composeServices(parts: Parts): Pick<ControlPlane, 'services' | 'engine' | 'reception' | 'proxy'> {
  const { config, database, redis, domains, addresses } = parts
  const { masterKeys } = config
  const { http, net } = parts.egress
  const audit = createAuditLog(database)
  const wrapper = openKeyWrapper(config)
  const vault = createVault({ database, wrapper, audit })
  const shared = createConnectorRegistry(parts.connectors)
  const { registry, tenantConnectors } = openTenantConnectors({
    ...{ database, vault, audit, http, shared, importOpenApi, readOpenApi },
  })
  const { connections, oauth } = createConnectedAccounts({
    ...{ database, registry, vault, audit, http, net, log: parts.log },
    ...{ engine: () => engine, governor: () => governor },
    operatorClients: config.oauthClients,
    addresses,
  })
  const guardrails = createGuardrailsService(database)
  const files = createFilesService({ database, audit, blobs: parts.blobs, maxBytes: config.maxUploadBytes })
  const { directory, catalogs, settings } = composeCatalog(parts, { registry, audit, oauth })
  const workflows = createWorkflowsService({
    ...{ connections, guardrails, files, ...openWorkflowStores(database) },
    registry,
    catalogs,
    triggers: createTriggersService({ database, baseOf: addresses.baseOf, announce: announcer(parts) }),
    announceDraft: (workflowId) => announceDraft(redis, workflowId),
    engine: () => engine,
  })
  const { credentials } = connections
  const governor = createBlockingGovernor(createRedisGovernor({ redis, log: parts.log }), catalogs)
  const storage = createPostgresConnectorStorage({ sql: database.engine })
  const engine = composeEngine(parts, { registry, credentials, governor, storage, definitions: workflows.definitions })
  const tenancy = createTenancyService(database, { blobs: parts.blobs, storage })
  const reception = createTriggerReception({
    ...{ database, registry, catalogs, vault, audit, connections, engine, storage, governor, http, net },
    ...{ log: parts.log, blobs: parts.blobs, baseOf: addresses.baseOf, oauthApps: oauth.clients },
    metrics: createTriggerMetrics(parts.metrics.registry),
  })
  const catalog = createCatalogService({
    ...{ database, registry, directory, settings, guardrails, credentials, governor, http, net },
  })
  const identity = createIdentityService(database, createSessionStore(database), audit)
  const services: Services = {
    audit,
    keys: createKeyRotation({ database, wrapper, audit }),
    tenancy,
    domains,
    ...{ guardrails, files, identity },
    ...composeLimits(parts, { audit, identity, tenancy }),
    embed: createEmbedService({ database, tenancy, addresses }),
    catalog,
    tenantConnectors,
    ...composeBuilding(parts, { audit, guardrails, catalog, directory, workflows, tenantConnectors }),
    ...{ connections, oauth, workflows },
    ...composeRuns(parts, { registry, credentials, governor, storage, workflows, catalogs, guardrails, engine }),
    upgrades: createUpgradesService({ database, store: new WorkflowStore(database), workflows, directory }),
    events: createEventsService({ store: new EventStore(database), engine }),
    approvals: createApprovalsService({ store: new ApprovalStore(database), engine, masterKeys, tenancy }),
    ...reception.services,
    webhooks: createWebhooksService({ database, vault, audit }),
  }
  const proxy = createProxyService({
    ...{ connections, credentials, registry, governor, audit },
    doors: parts.egress,
    clock: systemClock(),
  })
  return { services, engine, reception, proxy }
}

/** What keeps guessing, floods and costs within bounds, and remembers who was not let in. */
function composeLimits(
  { redis, log }: Parts,
  of: Pick<Services, 'audit' | 'identity' | 'tenancy'>,
): Pick<Services, 'signInLimit' | 'callLimits' | 'embedFailures' | 'linkFailures' | 'refusals'> {
  const failures = (keyPrefix: string, points: number) =>
    createFailureLimit({
      ...{ redis, keyPrefix: `inlay:failures:${keyPrefix}`, points, windowSeconds: FAILURE_WINDOW_SECONDS },
      onReached: (address) => log.warn({ address, kind: keyPrefix }, 'An address fails too often and has to wait.'),
    })
  return {
    signInLimit: createSignInLimit(redis),
    callLimits: createCallLimits(redis),
    embedFailures: failures('embed', 60),
    linkFailures: failures('links', 30),
    refusals: createRefusalLog({ redis, ...of }),
  }
}

type BuildingParts = Pick<Services, 'audit' | 'guardrails' | 'catalog' | 'workflows' | 'tenantConnectors'> & {
  readonly directory: ConnectorDirectory
}

/** What people build workflows with, besides the builder: drafts that others see, templates, and words. */
function composeBuilding(
  { config, database, redis, hub, egress }: Parts,
  { audit, guardrails, catalog, directory, workflows, tenantConnectors }: BuildingParts,
): Pick<Services, 'drafts' | 'templates' | 'automations' | 'marketplace' | 'assistant'> {
  const templates = createTemplatesService({ database, workflows, guardrails })
  return {
    drafts: createDraftsService({
      ...{ store: new WorkflowStore(database), editors: createEditors(redis), hub },
      announce: (workflowId) => announceDraft(redis, workflowId),
    }),
    templates,
    automations: createAutomationsService({ database, workflows, directory, guardrails }),
    marketplace: createMarketplaceService({ database, audit, templates, tenantConnectors }),
    assistant: createAssistantService({
      ask: config.ai === undefined ? undefined : createModel(config.ai, egress.http),
      ...{ catalog, workflows },
    }),
  }
}

/** What connectors show of themselves, and what tenants make of them. */
function composeCatalog(
  { connectors, database }: Parts,
  { registry, audit, oauth }: { readonly registry: TenantRegistry; readonly audit: AuditLog; readonly oauth: OAuth },
) {
  const directory = createTenantDirectory(directoryOf(connectors), registry)
  const settingsStore = new CatalogSettingsStore(database)
  const catalogs = createTenantCatalogs(settingsStore)
  const settings = createCatalogSettings({
    store: settingsStore,
    catalogs,
    audit,
    directory,
    hasOwnOAuthApp: (scope, connector) => oauth.clients.hasOwn(scope, connector),
  })
  return { directory, catalogs, settings }
}

/** What was generated for the deployment's own connectors; others have to be loaded to be shown. */
function directoryOf(connectors: Parts['connectors']): ConnectorDirectory {
  const others = connectors.filter((entry) => !CONNECTORS.includes(entry))
  return joinDirectories([createDisplayFolder(DISPLAY_FOLDER), createLoadingDirectory(createConnectorRegistry(others))])
}

/** Runs, and tests of single steps and of whole drafts with the doors that runs go through. */
function composeRuns(
  { database, hub, log, code, blobs, egress }: Parts,
  of: Omit<EngineParts, 'definitions'> & TestedParts,
): Pick<Services, 'runs' | 'stepTests' | 'storedTests'> {
  const { registry, credentials, governor, storage, workflows, catalogs, guardrails, engine } = of
  const runs = createRunsService({ store: new RunStore(database), engine, hub, blobs })
  const { http, net } = egress
  const shared = {
    ...{ ...openWorkflowStores(database), registry, catalogs, guardrails },
    engine: (): TestEngineParts => ({
      ...{ connectors: registry, credentials, governor, storage, http, net, code },
      ...(blobs === undefined ? {} : { blobs }),
      onUnexpected: (error, context) => log.error({ error, ...context }, 'A test met something unforeseen.'),
    }),
  }
  return {
    runs,
    stepTests: createStepTestsService({ ...shared, workflows }),
    storedTests: createStoredTestsService({ ...shared, runs }),
  }
}

interface TestedParts {
  readonly workflows: WorkflowsService
  readonly catalogs: TenantCatalogs
  readonly guardrails: GuardrailsService
  readonly engine: Engine
}

interface EngineParts {
  readonly registry: ConnectorRegistry
  readonly credentials: CredentialProvider
  readonly governor: Governor
  readonly storage: ConnectorStorage
  readonly definitions: DefinitionStore
}

function composeEngine(parts: Parts, { registry, credentials, governor, storage, definitions }: EngineParts): Engine {
  const { config, log, database, journal, dispatcher, code } = parts
  const { http, net } = parts.egress
  const startOnEvent = createEventStarter({ store: new EventStore(database), engine: () => engine, log })
  const startOnProductEvent = createProductEventStarter({
    ...{ database, registry, credentials, http, net, log },
    engine: () => engine,
  })
  const engine = createEngine({
    journal,
    dispatcher,
    definitions,
    connectors: registry,
    credentials,
    http,
    net,
    code,
    storage,
    ...(parts.blobs === undefined ? {} : { blobs: parts.blobs }),
    admissions: createPostgresAdmissionStore({ sql: database.engine }),
    governor,
    links: createWaitLinks(config.masterKeys, parts.addresses.baseOf),
    events: createEventPublisher(parts.redis),
    onEvent: async (event) => {
      await Promise.all([startOnEvent(event), startOnProductEvent(event)])
    },
    settings: { maxEagerRuns: config.eagerRuns },
    onUnexpected: (error, context) => log.error({ error, ...context }, 'A run met something unforeseen.'),
    onLog: (line) => {
      const { level, message, ...entry } = line
      log[level](entry, message)
      parts.stepLogs.keep(line)
    },
  })
  return engine
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
