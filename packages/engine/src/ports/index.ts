export type {
  AdmissionStore,
  GatheredRun,
  GatheredTrigger,
  GatherPolicy,
  RateAnswer,
  RateClaim,
  TriggerToGather,
} from './admission-store.js'
export type { BlobStore } from './blob-store.js'
export type { Blocked, CallCount, CircuitSettings, CircuitStore } from './circuit-store.js'
export type { Clock } from './clock.js'
export type { CodeJob, CodeResult, CodeRunner, ConsoleLine } from './code-runner.js'
export { type ConnectorRegistry, inScope } from './connector-registry.js'
export type { ConnectorStorage, StoragePlace } from './connector-storage.js'
export type { CredentialProvider, CredentialUse } from './credential-provider.js'
export type { DefinitionStore } from './definition-store.js'
export type { Dispatch, Dispatcher } from './dispatcher.js'
export type { EngineEvent, EventSink } from './event-sink.js'
export type { CallOutcome, CallPace, CallPatience, CallPermit, GovernedCall, Governor } from './governor.js'
export type {
  ClaimedRun,
  CreatedRun,
  DueRun,
  HistoryEntry,
  Journal,
  Lease,
  NewEvent,
  NewRun,
  OpenWait,
  RunEnd,
  RunParent,
  RunRecord,
  RunRequests,
  RunRest,
  RunSlot,
  StepWrite,
  WaitAnswer,
  WaitRegistration,
} from './journal.js'
