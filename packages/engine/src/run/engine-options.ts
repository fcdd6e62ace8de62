import type { HttpClient, NetDoor } from '../contracts/connector.js'
import type {
  Clock,
  ConnectorRegistry,
  CredentialProvider,
  DefinitionStore,
  Dispatcher,
  EventSink,
  Journal,
} from '../ports/index.js'
import type { EngineSettings } from './settings.js'

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
  /** Called with what nobody foresaw: a connector's stray exception, a definition that no longer compiles. */
  readonly onUnexpected?: (error: unknown, context: { readonly runId: string; readonly stepPath?: string }) => void
  /** Receives what connectors log. */
  readonly onLog?: (entry: StepLogEntry) => void
}

export interface StepLogEntry {
  readonly level: 'info' | 'warn'
  readonly message: string
  readonly data?: unknown
  readonly runId: string
  readonly stepPath: string
}

/** Options with their defaults filled in, as the parts of an engine share them. */
export interface EngineDeps extends Omit<EngineOptions, 'settings' | 'clock' | 'owner'> {
  readonly clock: Clock
  readonly owner: string
  readonly settings: EngineSettings
}
