import { randomBytes } from 'node:crypto'
import {
  type BlobStore,
  type Connector,
  type ConnectorRegistry,
  type CustomerId,
  createEngine,
  type Dispatch,
  type Engine,
  type HttpClient,
  type Journal,
  type NetDoor,
  type NewEvent,
  newId,
  systemClock,
  type TenantId,
} from '@inlay/engine'
import { createEgress } from '@inlay/engine/http'
import { createMemoryConnectorStorage } from '@inlay/engine/memory'
import { createPostgresAdmissionStore, createPostgresJournal } from '@inlay/engine/postgres'
import { Registry } from 'prom-client'
import { ApprovalStore, type ApprovalsService, createApprovalsService, createWaitLinks } from '../approvals/index.js'
import { type AuditLog, createAuditLog } from '../audit/index.js'
import {
  type CatalogService,
  CatalogSettingsStore,
  createCatalogService,
  createCatalogSettings,
  createConnectorRegistry,
  createLoadingDirectory,
  createTenantCatalogs,
  type TenantCatalogs,
} from '../catalog/index.js'
import { ConnectionStore, type ConnectionsService, createConnectionsService } from '../connections/index.js'
import type { Database } from '../database/index.js'
import { createTestDatabase, type TestDatabase } from '../database/test-database.js'
import { createEventStarter, createEventsService, EventStore, type EventsService } from '../events/index.js'
import { createFilesService } from '../files/index.js'
import { createGuardrailsService, type GuardrailsService } from '../guardrails/index.js'
import type { EventHub } from '../realtime/index.js'
import { createLogger } from '../telemetry/index.js'
import { createTenancyService } from '../tenancy/index.js'
import {
  type ConnectorTriggerDeps,
  createProductEventStarter,
  createTriggerMetrics,
  createTriggerReception,
  createTriggersService,
  HookTargets,
  type ProductEventDeps,
  type TriggerReception,
} from '../triggers/index.js'
import { createEnvironmentKeyWrapper, createVault, type Vault } from '../vault/index.js'
import {
  createStepTestsService,
  createStoredTestsService,
  createWorkflowsService,
  openWorkflowStores,
  type StepTestsService,
  type StoredTestsService,
  type WorkflowsService,
} from '../workflows/index.js'
import { createRunsService, type RunsService } from './service.js'
import { RunStore } from './store.js'

const NO_APPS = { appOf: async () => undefined }

/** A hub that nobody reaches: what its listeners learn they find by looking. */
const SILENT_HUB: EventHub = { listen: () => ({ ready: Promise.resolve(), stop: () => undefined }) }

/** The automation modules on a database of their own, for one test file. Nothing is executed unless a test does it. */
export interface TestPlatform {
  readonly test: TestDatabase
  readonly engine: Engine
  readonly journal: Journal
  readonly targets: HookTargets
  readonly workflows: WorkflowsService
  readonly guardrails: GuardrailsService
  readonly stepTests: StepTestsService
  readonly storedTests: StoredTestsService
  readonly runs: RunsService
  readonly connections: ConnectionsService
  readonly vault: Vault
  readonly audit: AuditLog
  readonly catalog: CatalogService
  readonly catalogs: TenantCatalogs
  readonly events: EventsService
  readonly approvals: ApprovalsService
  readonly reception: TriggerReception
  /** What working on the triggers of connectors needs. */
  readonly triggerDeps: ConnectorTriggerDeps
  /** Runs that were dispatched, in order. */
  readonly dispatched: Dispatch[]
  readonly hub: EventHub
  /** A tenant with one customer. */
  addTenant(): Promise<{ tenantId: TenantId; customerId: CustomerId }>
  addCustomer(tenantId: TenantId): Promise<CustomerId>
  /** Where hooks are called. */
  readonly placeOf: () => { readonly baseUrl: string }
  close(): Promise<void>
}

export interface TestPlatformOptions {
  readonly serverUrl: string
  readonly connectors?: readonly Connector[]
  readonly hub?: EventHub
  readonly blobs?: BlobStore
  /** CIDR blocks that may be called though they are not public. @default none */
  readonly egressAllow?: readonly string[]
}

/** What the tenant makes of the connectors, and what they show of themselves. */
function catalogParts(database: Database, registry: ConnectorRegistry, audit: AuditLog) {
  const store = new CatalogSettingsStore(database)
  const catalogs = createTenantCatalogs(store)
  const directory = createLoadingDirectory(registry)
  const hasOwnOAuthApp = async (): Promise<boolean> => false
  return { catalogs, directory, settings: createCatalogSettings({ store, catalogs, audit, directory, hasOwnOAuthApp }) }
}

export async function createTestPlatform({
  serverUrl,
  connectors = [],
  hub = SILENT_HUB,
  blobs,
  egressAllow = [],
}: TestPlatformOptions): Promise<TestPlatform> {
  const test = await createTestDatabase(serverUrl)
  const [baseUrl, { database, admin }] = ['http://plane.test', test]
  const egress = createEgress({ allow: egressAllow })
  const doors: { http: HttpClient; net: NetDoor } = egress
  const registry = registryOf(connectors)
  const { log, masterKeys, audit, vault, connections } = accountParts(database, registry, doors)
  const common = { database, registry, vault, audit, log, ...doors }
  const journal = createPostgresJournal({ sql: database.engine })
  const targets = new HookTargets(database)
  const dispatched: Dispatch[] = []
  const { catalogs, ...shown } = catalogParts(database, registry, audit)
  const guardrails = createGuardrailsService(database)
  const workflows: WorkflowsService = createWorkflowsService({
    ...{ connections, guardrails, registry, catalogs, ...openWorkflowStores(database) },
    files: createFilesService({ database, audit, blobs, maxBytes: 0 }),
    triggers: createTriggersService({ database, baseOf: () => baseUrl, announce: (id) => targets.forget(id) }),
    engine: () => engine,
  })
  const engine: Engine = createEngine({
    journal,
    dispatcher: { dispatch: (runs) => void dispatched.push(...runs) },
    definitions: workflows.definitions,
    connectors: registry,
    credentials: connections.credentials,
    ...doors,
    admissions: createPostgresAdmissionStore({ sql: database.engine }),
    ...(blobs === undefined ? {} : { blobs }),
    links: createWaitLinks(masterKeys, () => baseUrl),
    onEvent: startOnEvent({ database, registry, credentials: connections.credentials, log, ...doors }, () => engine),
  })
  const runs = createRunsService({ store: new RunStore(database), engine, hub, blobs })
  return {
    ...{ test, engine, journal, targets, workflows, connections, vault, audit },
    ...{ catalogs, guardrails, dispatched, hub, runs },
    ...composeTriggers({ ...common, engine, baseUrl, baseOf: () => baseUrl, blobs }, connections, catalogs),
    ...testsOf(
      { ...openWorkflowStores(database), workflows, registry, catalogs, guardrails, runs },
      connections,
      doors,
    ),
    catalog: createCatalogService({ ...common, ...shown, guardrails, credentials: connections.credentials }),
    events: createEventsService({ store: new EventStore(database), engine }),
    approvals: createApprovalsService({ ...approvalParts(database), engine, masterKeys }),
    ...peopleIn(admin),
    close: async () => {
      await engine.close({ drainMs: 0 })
      await egress.close()
      await test.drop()
    },
  }
}

/** What keeps accounts, and the keys of their secrets. */
function accountParts(
  database: Database,
  registry: ConnectorRegistry,
  doors: { readonly http: HttpClient; readonly net: NetDoor },
) {
  const log = createLogger({ level: 'silent', service: 'test' })
  const masterKeys = { current: 'k1', keys: new Map([['k1', randomBytes(32)]]) }
  const audit = createAuditLog(database)
  const vault = createVault({ database, wrapper: createEnvironmentKeyWrapper(masterKeys), audit })
  const store = new ConnectionStore(database)
  const connections = createConnectionsService({ store, registry, vault, audit, log, ...doors })
  return { log, masterKeys, audit, vault, connections }
}

function approvalParts(database: Database) {
  return { store: new ApprovalStore(database), tenancy: createTenancyService(database) }
}

type TestedParts = Omit<
  Parameters<typeof createStepTestsService>[0] & Parameters<typeof createStoredTestsService>[0],
  'engine'
>

function testsOf(
  parts: TestedParts,
  { credentials }: ConnectionsService,
  doors: { readonly http: HttpClient; readonly net: NetDoor },
): Pick<TestPlatform, 'stepTests' | 'storedTests'> {
  const engine = () => ({ connectors: parts.registry, credentials, ...doors })
  return {
    stepTests: createStepTestsService({ ...parts, engine }),
    storedTests: createStoredTestsService({ ...parts, engine }),
  }
}

function startOnEvent(
  parts: Omit<ProductEventDeps, 'engine'>,
  engine: () => Engine,
): (event: NewEvent) => Promise<void> {
  const start = createEventStarter({ store: new EventStore(parts.database), engine, log: parts.log })
  const startOnProductEvent = createProductEventStarter({ ...parts, engine })
  return async (event) => {
    await Promise.all([start(event), startOnProductEvent(event)])
  }
}

function registryOf(connectors: readonly Connector[]): ConnectorRegistry {
  return createConnectorRegistry(
    connectors.map((connector) => ({
      id: connector.id,
      version: connector.version,
      load: async () => ({ connector }),
    })),
  )
}

function composeTriggers(
  parts: Omit<ConnectorTriggerDeps, 'credentials' | 'storage' | 'metrics'>,
  connections: ConnectionsService,
  catalogs: TenantCatalogs,
): Pick<TestPlatform, 'triggerDeps' | 'reception' | 'placeOf'> {
  const triggerDeps: ConnectorTriggerDeps = {
    ...parts,
    credentials: connections.credentials,
    storage: createMemoryConnectorStorage({ clock: systemClock() }),
    metrics: createTriggerMetrics(new Registry()),
  }
  return {
    triggerDeps,
    placeOf: () => ({ baseUrl: parts.baseUrl }),
    reception: createTriggerReception({ ...triggerDeps, connections, catalogs, oauthApps: NO_APPS }),
  }
}

function peopleIn(admin: TestDatabase['admin']): Pick<TestPlatform, 'addTenant' | 'addCustomer'> {
  const addCustomer = async (tenantId: TenantId): Promise<CustomerId> => {
    const id = newId<CustomerId>('cus', Date.now())
    await admin`INSERT INTO inlay.customers (tenant_id, id, external_id, name) VALUES (${tenantId}, ${id}, ${id}, 'Customer')`
    return id
  }
  const addTenant = async () => {
    const tenantId = newId<TenantId>('ten', Date.now())
    await admin`INSERT INTO inlay.tenants (tenant_id, name, slug) VALUES (${tenantId}, 'Tenant', ${tenantId})`
    return { tenantId, customerId: await addCustomer(tenantId) }
  }
  return { addTenant, addCustomer }
}
