import { randomBytes } from 'node:crypto'
import {
  type BlobStore,
  type Connector,
  type CustomerId,
  createEngine,
  type Dispatch,
  type Engine,
  type HttpClient,
  type Journal,
  type NetDoor,
  newId,
  type TenantId,
} from '@inlay/engine'
import { createEgress } from '@inlay/engine/http'
import { createPostgresAdmissionStore, createPostgresJournal } from '@inlay/engine/postgres'
import { ApprovalStore, type ApprovalsService, createApprovalsService, createWaitLinks } from '../approvals/index.js'
import { createConnectorRegistry } from '../catalog/index.js'
import { ConnectionStore, type ConnectionsService, createConnectionsService } from '../connections/index.js'
import { createTestDatabase, type TestDatabase } from '../database/test-database.js'
import { createEventStarter, createEventsService, EventStore, type EventsService } from '../events/index.js'
import type { EventHub } from '../realtime/index.js'
import { createLogger } from '../telemetry/index.js'
import { createTriggersService, HookTargets } from '../triggers/index.js'
import { createEnvironmentKeyWrapper, createVault } from '../vault/index.js'
import { createWorkflowsService, WorkflowStore, type WorkflowsService } from '../workflows/index.js'
import { createRunsService, type RunsService } from './service.js'
import { RunStore } from './store.js'

/** A hub that nobody reaches: what its listeners learn they find by looking. */
const SILENT_HUB: EventHub = { listen: () => ({ ready: Promise.resolve(), stop: () => undefined }) }

/** The automation modules on a database of their own, for one test file. Nothing is executed unless a test does it. */
export interface TestPlatform {
  readonly test: TestDatabase
  readonly engine: Engine
  readonly journal: Journal
  readonly targets: HookTargets
  readonly workflows: WorkflowsService
  readonly runs: RunsService
  readonly connections: ConnectionsService
  readonly events: EventsService
  readonly approvals: ApprovalsService
  /** Runs that were dispatched, in order. */
  readonly dispatched: Dispatch[]
  readonly hub: EventHub
  /** A tenant with one customer. */
  addTenant(): Promise<{ tenantId: TenantId; customerId: CustomerId }>
  addCustomer(tenantId: TenantId): Promise<CustomerId>
  close(): Promise<void>
}

export interface TestPlatformOptions {
  readonly serverUrl: string
  readonly connectors?: readonly Connector[]
  readonly hub?: EventHub
  readonly blobs?: BlobStore
}

export async function createTestPlatform({
  serverUrl,
  connectors = [],
  hub = SILENT_HUB,
  blobs,
}: TestPlatformOptions): Promise<TestPlatform> {
  const test = await createTestDatabase(serverUrl)
  const { database, admin } = test
  const egress = createEgress()
  const doors: { http: HttpClient; net: NetDoor } = egress
  const registry = createConnectorRegistry(
    connectors.map((connector) => ({
      id: connector.id,
      version: connector.version,
      load: async () => ({ connector }),
    })),
  )
  const log = createLogger({ level: 'silent', service: 'test' })
  const masterKeys = { current: 'k1', keys: new Map([['k1', randomBytes(32)]]) }
  const connections = createConnectionsService({
    store: new ConnectionStore(database),
    registry,
    vault: createVault({ database, wrapper: createEnvironmentKeyWrapper(masterKeys) }),
    ...doors,
    log,
  })
  const journal = createPostgresJournal({ sql: database.engine })
  const targets = new HookTargets(database)
  const dispatched: Dispatch[] = []
  const announce = (id: string): void => targets.forget(id)
  const workflows: WorkflowsService = createWorkflowsService({
    store: new WorkflowStore(database),
    registry,
    triggers: createTriggersService({ database, baseUrl: 'http://plane.test', announce }),
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
    links: createWaitLinks(masterKeys, 'http://plane.test'),
    onEvent: createEventStarter({ store: new EventStore(database), engine: () => engine, log }),
  })
  return {
    test,
    engine,
    journal,
    targets,
    workflows,
    connections,
    dispatched,
    hub,
    runs: createRunsService({ store: new RunStore(database), engine, hub, blobs }),
    events: createEventsService({ store: new EventStore(database), engine }),
    approvals: createApprovalsService({ store: new ApprovalStore(database), engine, masterKeys }),
    ...peopleIn(admin),
    close: async () => {
      await engine.close({ drainMs: 0 })
      await egress.close()
      await test.drop()
    },
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
