// The port to the API: the part of the typed client of @inlay/sdk/client that the builder uses. The gallery and tests
// bring a client that answers from memory.
import type {
  ConnectorCategory,
  DefinitionIssue,
  JsonObject,
  JsonValue,
  RunMode,
  RunStatus,
  WorkflowDefinition,
} from '@inlay/engine'
import type { StoredFile } from '../files/stored-file.js'
import type {
  Approval,
  Authorization,
  AuthorizationRequest,
  Automation,
  AutomationChange,
  BegunAuthorization,
  Connection,
  ConnectionUsage,
  ConnectorListing,
  ConnectorSummary,
  DraftedWorkflow,
  DraftState,
  Expectation,
  FormRequest,
  Me,
  OptionsPage,
  OptionsRequest,
  Page,
  Samples,
  SaveDraftRequest,
  StepTest,
  StoredTest,
  Template,
  TriggerSample,
  Version,
  Workflow,
  WorkflowSummary,
} from './api-types.js'
import type { ForkCheck, LogLine, Run, RunEvent, RunHistoryItem, RunSummary, StepRun } from './run-types.js'

/** A procedure that reads. */
export interface Query<Input, Output> {
  query(input: Input, options?: { readonly signal?: AbortSignal }): Promise<Output>
}

/** A procedure that changes something. */
export interface Mutation<Input, Output> {
  mutate(input: Input, options?: { readonly signal?: AbortSignal }): Promise<Output>
}

export interface SubscriptionHandlers<Event> {
  onData(event: Event): void
  onError?(error: unknown): void
  onComplete?(): void
}

/** A procedure that goes on telling. */
export interface Subscription<Input, Event> {
  subscribe(input: Input, handlers: SubscriptionHandlers<Event>): { unsubscribe(): void }
}

type ById = { id: string }
type PageInput = { cursor?: string; limit?: number }

/** What connecting an account needs of the API. */
export interface ConnectClient {
  readonly connections: {
    readonly list: Query<PageInput & { customerId?: string; connector?: string }, Page<Connection>>
    readonly get: Query<ById, Connection>
    readonly create: Mutation<
      { customerId: string; connector: string; method?: string; name: string; values: JsonObject },
      Connection
    >
    readonly update: Mutation<ById & { name?: string; values?: JsonObject }, Connection>
    readonly test: Mutation<ById, { readonly ok: boolean; readonly detail: string | null }>
    readonly delete: Mutation<ById, unknown>
    readonly usage: Query<{ customerId: string }, { readonly data: readonly ConnectionUsage[] }>
  }
  readonly oauthAuthorizations: {
    readonly create: Mutation<AuthorizationRequest, BegunAuthorization>
    readonly get: Query<ById, Authorization>
    readonly confirm: Mutation<ById, Authorization>
  }
}

/** What an upload says of its file. */
export interface UploadRequest {
  readonly name: string
  readonly customerId?: string
  /** Hears how many bytes have been sent, where that is known. */
  readonly onProgress?: (sent: number) => void
  readonly signal?: AbortSignal
}

/** What the builder needs of the API. The client of `@inlay/sdk/client` fits. */
export interface BuilderClient extends ConnectClient {
  readonly auth: { readonly me: Query<Record<string, never>, Me> }
  /** Files of people's own. */
  readonly files: { upload(content: File, request: UploadRequest): Promise<StoredFile> }
  readonly connectors: {
    readonly list: Query<PageInput & { search?: string; category?: ConnectorCategory }, Page<ConnectorListing>>
    readonly get: Query<ById & { version?: string }, ConnectorSummary<unknown>>
    readonly options: Mutation<OptionsRequest, OptionsPage>
    readonly schema: Mutation<FormRequest & { field?: string }, { readonly schema: unknown }>
  }
  readonly triggers: {
    readonly sample: Mutation<ById & { definition?: WorkflowDefinition }, TriggerSample>
  }
  readonly workflows: {
    readonly list: Query<PageInput & { customerId?: string; search?: string }, Page<WorkflowSummary>>
    readonly get: Query<ById, Workflow>
    readonly create: Mutation<{ customerId: string; name: string }, Workflow>
    readonly update: Mutation<ById & { name?: string; enabled?: boolean }, WorkflowSummary>
    readonly saveDraft: Mutation<
      SaveDraftRequest,
      { readonly revision: number; readonly issues: readonly DefinitionIssue[] }
    >
    readonly watchDraft: Subscription<ById, DraftState>
    readonly versions: Query<ById & PageInput, Page<Version>>
    readonly publish: Mutation<ById & { revision?: number }, Version>
    readonly versionById: Query<{ versionId: string }, { readonly definition: unknown; readonly number: number | null }>
    readonly delete: Mutation<ById, unknown>
    readonly testRun: Mutation<
      ById & { definition?: WorkflowDefinition; input: JsonValue; upTo?: string },
      { readonly runId: string }
    >
    readonly testStep: Mutation<
      ById & { stepId: string; definition?: WorkflowDefinition; trigger?: JsonValue },
      StepTest
    >
    readonly pin: Mutation<ById & { stepId: string; value: JsonValue }, unknown>
    readonly unpin: Mutation<ById & { stepId: string }, unknown>
    readonly samples: Query<ById, Samples>
  }
  readonly workflowTests: {
    readonly list: Query<ById, { readonly data: readonly StoredTest[] }>
    readonly record: Mutation<ById & { runId: string; name: string }, StoredTest>
    readonly update: Mutation<ById & { name?: string; expected?: Expectation }, StoredTest>
    readonly delete: Mutation<ById, unknown>
    readonly run: Mutation<ById & { definition?: WorkflowDefinition }, { readonly data: readonly StoredTest[] }>
  }
  readonly runs: {
    readonly list: Query<
      PageInput & {
        workflowId?: string
        status?: RunStatus
        mode?: RunMode
        version?: number
        search?: string
        createdSince?: string
      },
      Page<RunSummary>
    >
    readonly get: Query<ById, Run>
    readonly steps: Query<ById, { readonly data: readonly StepRun[] }>
    readonly cancel: Mutation<ById, unknown>
    readonly suspend: Mutation<ById, unknown>
    readonly resume: Mutation<ById, unknown>
    readonly redrive: Mutation<ById, unknown>
    readonly redriveMany: Mutation<
      { workflowId: string; failedSince: string; limit?: number },
      { readonly redriven: readonly string[]; readonly hasMore: boolean }
    >
    readonly rerun: Mutation<ById & { version?: 'same' | 'latest'; trigger?: JsonValue }, { readonly id: string }>
    readonly fork: Mutation<
      ById & { fromStep: string; trigger?: JsonValue; version?: 'same' | 'latest' },
      { readonly id: string }
    >
    /** Whether a fork can go on with the newest version. */
    readonly checkFork: Query<ById & { fromStep: string }, ForkCheck>
    readonly history: Query<ById, { readonly data: readonly RunHistoryItem[] }>
    readonly stepOutput: Query<ById & { stepPath: string; iteration: string }, { readonly output: JsonValue }>
    readonly stepLogs: Query<ById & { stepPath: string; iteration: string }, { readonly data: readonly LogLine[] }>
    readonly watch: Subscription<{ runId: string }, RunEvent>
    readonly watchList: Subscription<{ workflowId: string }, RunEvent>
    /** How all runs of a customer stand; of the session's own when none is named. */
    readonly watchAll: Subscription<{ customerId?: string }, RunEvent>
  }
  readonly automations: {
    readonly list: Query<{ customerId: string }, { readonly data: readonly Automation[] }>
    readonly configure: Mutation<AutomationChange, Automation>
  }
  readonly templates: {
    readonly list: Query<PageInput, Page<Template>>
    readonly use: Mutation<
      ById & {
        customerId: string
        name?: string
        values?: JsonObject
        /** Connection ids by connector. */
        connections?: Record<string, string | null>
      },
      ById
    >
  }
  readonly assistant: {
    readonly get: Query<Record<string, never>, { readonly isAvailable: boolean }>
    /** Takes up to a minute. */
    readonly draft: Mutation<{ description: string }, DraftedWorkflow>
  }
  readonly approvals: {
    readonly list: Query<PageInput & { runId?: string; state?: 'open' | 'decided' }, Page<Approval>>
    readonly decide: Mutation<ById & { decision: 'approve' | 'reject'; comment?: string }, unknown>
  }
}
