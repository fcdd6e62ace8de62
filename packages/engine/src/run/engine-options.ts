import type { HttpClient, NetDoor } from '../contracts/connector.js'
import type { CustomerId, TenantId } from '../contracts/ids.js'
import type {
  AdmissionStore,
  BlobStore,
  Clock,
  CodeRunner,
  ConnectorRegistry,
  ConnectorStorage,
  CredentialProvider,
  DefinitionStore,
  Dispatcher,
  EventSink,
  Governor,
  Journal,
  NewEvent,
  NewRun,
} from '../ports/index.js'
import type { EngineSettings } from './settings.js'
import type { WaitLinks } from './wait-links.js'

/** What an engine is made of. */
export interface EngineOptions {
  readonly journal: Journal
  readonly definitions: DefinitionStore
  readonly connectors: ConnectorRegistry
  readonly credentials: CredentialProvider
  readonly http: HttpClient
  readonly net: NetDoor
  /** Told of runs that have work. Without one the host calls `execute` itself. */
  readonly dispatcher?: Dispatcher
  readonly events?: EventSink
  /** @default the system's clock */
  readonly clock?: Clock
  /** Names this process in leases; unique per process start. @default a random name */
  readonly owner?: string
  readonly settings?: Partial<EngineSettings>
  /** Keeps rates, and triggers that wait for their run. Without it workflows with such policies are not started. */
  readonly admissions?: AdmissionStore
  /** Keeps actions from services that fail or ask for a pause; `createMemoryGovernor`. @default every call is made */
  readonly governor?: Governor
  /** Runs `code` steps; `createCodeRunner` of `@inlay/engine/code`. Without one they fail. */
  readonly code?: CodeRunner
  /** Keeps outputs that are too large for the journal, and connectors' files. Without one they fail with a clear error. */
  readonly blobs?: BlobStore
  /** Keeps what connectors remember; `createPostgresConnectorStorage`. Without one their stores fail with a clear error. */
  readonly storage?: ConnectorStorage
  /** How approvals and callbacks are answered from outside. Without it they fail. */
  readonly links?: WaitLinks
  /** Told of each event that is published, at least once, so that the host can start workflows on it. */
  readonly onEvent?: (event: NewEvent) => Promise<void>
  /** Called with what nobody foresaw: a connector's stray exception, a definition that no longer compiles. */
  readonly onUnexpected?: (error: unknown, context: { readonly runId: string; readonly stepPath?: string }) => void
  /** Receives what connectors log. */
  readonly onLog?: (entry: StepLogEntry) => void
}

/** One line of what a connector or code step logs. */
export interface StepLogEntry {
  readonly level: 'info' | 'warn'
  readonly message: string
  readonly data?: unknown
  readonly runId: string
  readonly tenantId: TenantId
  readonly customerId: CustomerId
  readonly stepPath: string
  readonly iteration: string
  /** 1 for the first. */
  readonly attempt: number
}

/** Options with their defaults filled in, as the parts of an engine share them. */
export interface EngineDeps extends Omit<EngineOptions, 'settings' | 'clock' | 'owner'> {
  readonly clock: Clock
  readonly owner: string
  readonly settings: EngineSettings
  /** A child run with its place among the runs of its own workflow. @throws what the definition store throws */
  readonly placeChild: (child: NewRun) => Promise<NewRun>
}
