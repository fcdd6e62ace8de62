export { checkConnectors } from './compile/check-connectors.js'
export { type CheckOptions, type CompileResult, checkWorkflow, compileWorkflow } from './compile/compile.js'
export type { DataShape, JsonSchema } from './compile/data-shape.js'
export { type DataSource, type DescribeOptions, describe, describeWith, type StepData } from './compile/describe.js'
export { describeData, type StepSight } from './compile/describe-data.js'
export { findingReason } from './compile/finding-reason.js'
export { jsonObject, jsonValue } from './compile/json-schema.js'
export { type DefinitionLimits, MAX_NESTING, MAX_STEPS } from './compile/limits.js'
export { toPointer } from './compile/pointer.js'
export { workflowJsonSchema, workflowSchema } from './compile/schema.js'
export { allSteps, type NestedSequence, nestedSequences } from './compile/walk.js'
export {
  type ActionContext,
  type ActionResumption,
  type ActionSuspension,
  type AnsweredDelivery,
  type ApiKeyAuth,
  type AppDelivery,
  type AppEvent,
  type AppEventDelivery,
  type AppEvents,
  type AppWebhookTrigger,
  AUTH_KINDS,
  type AuthKind,
  type AuthMethod,
  type AuthMethodCommon,
  type AuthSession,
  type AuthValues,
  type BasicAuth,
  type BearerAuth,
  CONNECTOR_CATEGORIES,
  type ConnectedAccount,
  type ConnectionTestContext,
  type Connector,
  type ConnectorAction,
  type ConnectorCaller,
  type ConnectorCategory,
  type ConnectorStores,
  type ConnectorTrigger,
  type ConnectorTriggerCommon,
  type ConnectorWebhookTrigger,
  type CustomAuth,
  type DeliveryContext,
  type DynamicForm,
  type DynamicOptions,
  type DynamicSchema,
  type FileRef,
  type FileStore,
  type FormContext,
  fileRefSchema,
  type HttpClient,
  type HttpMethod,
  type HttpRequest,
  type HttpResponse,
  type IncomingRequest,
  isSuspension,
  type JsonInput,
  type KeyValueStore,
  type MultipartPart,
  type NetDoor,
  type OAuth2Auth,
  type OAuthApp,
  type OAuthScope,
  type OAuthValues,
  type OptionsContext,
  type OptionsPage,
  type PollContext,
  type PollingTrigger,
  type PollResult,
  type ProductEventTrigger,
  type QueryValue,
  type RegisteredContext,
  type SecretText,
  type SelectOption,
  type ServiceApi,
  type SessionContext,
  type StepLog,
  suspend,
  TRIGGER_KINDS,
  type TriggerContext,
  type TriggerItem,
  type TriggerKind,
  WEBHOOK_ANSWER_HEADERS,
  type WebhookAnswer,
  type WebhookContext,
  type WebhookDelivery,
} from './contracts/connector.js'
export { parseDuration } from './contracts/duration.js'
export {
  BugError,
  ERROR_KINDS,
  type ErrorKind,
  type ErrorRecord,
  FencedError,
  InlayError,
  type InlayErrorOptions,
  isInlayError,
  StepError,
  type StepErrorOptions,
  UserError,
  type UserErrorReason,
} from './contracts/errors.js'
export {
  EVALUATION_CODES,
  type EvaluationCode,
  type EvaluationReason,
  VALUE_KINDS,
  type ValueKind,
} from './contracts/evaluation.js'
export {
  type ConnectionId,
  type CustomerId,
  createIdSequence,
  newId,
  type RunId,
  type TenantId,
  type VersionId,
  type WorkflowId,
} from './contracts/ids.js'
export {
  type DefinitionIssue,
  ISSUE_CODES,
  type IssueCode,
  type IssueDetail,
  type IssueDetails,
  type IssueReason,
} from './contracts/issue.js'
export type { JsonObject, JsonValue } from './contracts/json.js'
export { misfits } from './contracts/misfits.js'
export { measurePlainJson, type PlainJsonLimits, toPlainJson } from './contracts/plain-json.js'
export {
  idempotencyKey,
  isTerminal,
  RUN_STATUSES,
  type RunIdentity,
  type RunMode,
  type RunStatus,
  STEP_STATUSES,
  type StepAddress,
  type StepRecord,
  type StepStatus,
  TERMINAL_RUN_STATUSES,
  type TerminalRunStatus,
  type WebhookResponse,
} from './contracts/run.js'
export type { TenantScope } from './contracts/scope.js'
export {
  type ActionStep,
  type ApprovalWait,
  type BatchPolicy,
  type BranchCase,
  type BranchStep,
  type CallbackWait,
  type CallStep,
  type CodeStep,
  type ConcurrencyPolicy,
  type ConnectorTriggerStart,
  type DebouncePolicy,
  type EventTrigger,
  type EventWait,
  type ForEachStep,
  type ManualTrigger,
  type ParallelStep,
  type PublishStep,
  type RatePolicy,
  type RespondStep,
  type RetryPolicy,
  type ScheduleTrigger,
  type SetStep,
  type SplitStep,
  type SplitVariant,
  STEP_TYPES,
  type Step,
  type StepCommon,
  type StepOfType,
  type StepType,
  type StopStep,
  type Trigger,
  type TryStep,
  type WaitStep,
  type WebhookTrigger,
  type WhileStep,
  WORKFLOW_SCHEMA,
  type WorkflowDefinition,
} from './contracts/workflow.js'
export { Redactor } from './credentials/redactor.js'
export { secretText } from './credentials/secret-text.js'
export { writtenForms } from './credentials/written-forms.js'
export {
  type CompiledTemplate,
  compileExpression,
  compileTemplate,
  EXPRESSION_LIBRARY,
  EXPRESSION_LIMITS,
  type ExpressionLimits,
  type ExpressionScope,
  HELPERS,
  type Helper,
  type HelperFamily,
  type Library,
  type LibraryFunction,
  type Reference,
  type ReferenceUse,
  type TemplateIssue,
  type TemplateOptions,
  type TemplateResult,
} from './expression/index.js'
export { fromJsonSchema, objectFromJsonSchema } from './json-schema/from-json-schema.js'
export { isPace, PACE_RANGE, paceOf } from './policies/call-pace.js'
export { type Caller, type Doors, governedDoors } from './policies/governed-doors.js'
export { createGovernor, type GovernorDeps } from './policies/governor.js'
export type { CallRate, CircuitChange, GovernorOptions } from './policies/governor-options.js'
export { createMemoryGovernor } from './policies/memory-governor.js'
export { parseRetryAfter } from './policies/retry-after.js'
export { STORAGE_LIMITS } from './ports/connector-storage.js'
export type {
  AdmissionStore,
  BlobStore,
  Blocked,
  CallCount,
  CallOutcome,
  CallPace,
  CallPatience,
  CallPermit,
  CircuitSettings,
  CircuitStore,
  ClaimedRun,
  Clock,
  CodeJob,
  CodeResult,
  CodeRunner,
  ConnectorRegistry,
  ConnectorStorage,
  ConsoleLine,
  CreatedRun,
  CredentialProvider,
  CredentialUse,
  DefinitionStore,
  Dispatch,
  Dispatcher,
  DueRun,
  EngineEvent,
  EventSink,
  GatheredRun,
  GatheredTrigger,
  GatherPolicy,
  GovernedCall,
  Governor,
  HistoryEntry,
  Journal,
  Lease,
  NewEvent,
  NewRun,
  OpenWait,
  RateAnswer,
  RateClaim,
  RunEnd,
  RunParent,
  RunRecord,
  RunRequests,
  RunRest,
  RunSlot,
  StepWrite,
  StoragePlace,
  TriggerToGather,
  WaitAnswer,
  WaitRegistration,
} from './ports/index.js'
export { inScope } from './ports/index.js'
export { childRunId } from './run/children.js'
export { createEngine, type Engine } from './run/engine.js'
export type { EngineOptions, StepLogEntry } from './run/engine-options.js'
export type { ForkPoint } from './run/fork.js'
export type { ForkObstacles } from './run/fork-check.js'
export type { Program } from './run/program.js'
export type { ForkCheck, ForkRun, PublishEvent, RunControl } from './run/run-control.js'
export type { EngineSettings } from './run/settings.js'
export type { StartedRun, StartRun } from './run/start-run.js'
export { systemClock } from './run/system-clock.js'
export { type WaitLinks, waitToken } from './run/wait-links.js'
export { baseUrlOf, createServiceClient, isOwnOrigin, type ServiceClientOptions } from './service/service-client.js'
export { authMethodOf, signRequest } from './service/sign-request.js'
export {
  createFileStore,
  type FileStoreOptions,
  fileOrigin,
  MAX_FILE_BYTES,
  uploadKey,
  uploadPrefix,
} from './storage/file-store.js'
