// What the builder reads from the API, field by field as the API contract says.
import type { DefinitionIssue, ErrorRecord, JsonObject, JsonValue, RunStatus, WorkflowDefinition } from '@inlay/engine'
import type { PartialMessages } from '../messages/messages.js'
import type { Appearance } from '../theme/tokens.js'
import type { Offer } from './guardrails.js'

/** A JSON Schema (draft 2020-12) as zod writes it. For the API it is any JSON: `readConnector` makes sure. */
export type JsonSchema = Readonly<Record<string, unknown>>

export interface Page<T> {
  readonly data: readonly T[]
  readonly nextCursor: string | null
}

/** How the vendor looks and speaks, as far as the widget shows it. */
export interface Brand {
  /** Null: the vendor's name. */
  readonly productName: string | null
  /** `data:` addresses of images. */
  readonly logo: string | null
  readonly logoDark: string | null
  readonly supportUrl: string | null
  readonly appearance: Appearance
  /** Own words by language and key. */
  readonly texts: Readonly<Record<string, PartialMessages>>
}

export interface Me {
  readonly caller: 'member' | 'apiKey' | 'embed'
  /** The vendor. */
  readonly tenant: { readonly name: string; readonly brand: Brand }
  readonly customer: { readonly id: string; readonly externalId: string; readonly name: string } | null
  readonly member?: { readonly id: string } | null
  readonly endUser?: { readonly sub: string } | null
  readonly permissions: readonly string[]
  /** What is offered to the customer; nothing is held back from the vendor's people. */
  readonly guardrails?: Offer
  /** Bytes of a file that may be uploaded; null or absent where no files are kept. */
  readonly maxFileBytes?: number | null
}

/** What actions and triggers show of themselves. */
export interface MemberSummary<Schema = JsonSchema> {
  readonly id: string
  readonly name: string
  readonly description: string
  readonly inputSchema: Schema
  readonly outputSchema: Schema
  readonly sampleOutput: JsonValue
  /** OAuth scopes without which the service refuses. */
  readonly scopes: readonly string[]
  /** Fields whose choices the service knows. */
  readonly dynamicOptions: Readonly<
    Record<string, { readonly dependsOn: readonly string[]; readonly isSearchable: boolean }>
  >
  /** Fields whose shape the service knows. */
  readonly dynamicSchemas: Readonly<Record<string, { readonly dependsOn: readonly string[] }>>
  /** Whether the output's shape depends on the input. */
  readonly hasDynamicOutput: boolean
}

export interface ActionSummary<Schema = JsonSchema> extends MemberSummary<Schema> {
  readonly sampleInput: JsonValue
}

export interface TriggerSummary<Schema = JsonSchema> extends MemberSummary<Schema> {
  readonly kind: 'polling' | 'webhook' | 'appWebhook' | 'event'
  /** Null for triggers that do not poll. */
  readonly intervalMs: number | null
}

/** One way to connect an account. */
export interface AuthSummary<Schema = JsonSchema> {
  readonly id: string
  readonly kind: 'apiKey' | 'bearer' | 'basic' | 'oauth2' | 'custom'
  readonly name: string
  readonly help: string | null
  /** Of the connection form; secret fields have the format `password`. */
  readonly schema: Schema
  readonly scopes: readonly { readonly scope: string; readonly description: string; readonly optional: boolean }[]
}

/** A connector in a list. */
export interface ConnectorListing {
  readonly id: string
  readonly version: string
  readonly name: string
  readonly description: string
  /** An inline SVG document. */
  readonly icon: string | null
  readonly color: string | null
  readonly categories: readonly string[]
  readonly connection: 'required' | 'optional' | 'none'
  readonly counts: { readonly actions: number; readonly triggers: number }
  /** Actions and triggers whose names were searched for. */
  readonly matches: readonly { readonly kind: 'action' | 'trigger'; readonly id: string; readonly name: string }[]
}

export interface ConnectorSummary<Schema = JsonSchema> {
  readonly id: string
  readonly version: string
  readonly name: string
  readonly description: string
  /** An inline SVG document. */
  readonly icon: string | null
  readonly color: string | null
  readonly categories: readonly string[]
  /** Markdown. */
  readonly docs: string | null
  readonly connection: 'required' | 'optional' | 'none'
  /** The usual way first; empty when there is nothing to connect. */
  readonly auth: readonly AuthSummary<Schema>[]
  readonly actions: readonly ActionSummary<Schema>[]
  readonly triggers: readonly TriggerSummary<Schema>[]
}

/** How a connection is doing; `reconnect_needed`: only a person can mend it; `pending`: nobody has signed in yet. */
const CONNECTION_STATUSES = ['ok', 'unverified', 'failing', 'reconnect_needed', 'pending'] as const
export type ConnectionStatus = (typeof CONNECTION_STATUSES)[number]

export interface Connection {
  readonly id: string
  readonly customerId: string
  readonly connector: string
  /** The connector's way to connect; null for connections from before there were several. */
  readonly method: string | null
  readonly name: string
  readonly status: ConnectionStatus
  readonly detail: string | null
  /** The service's account that the credentials belong to, when the connector can tell. */
  readonly account: { readonly id: string; readonly label: string } | null
  readonly scopes: readonly string[]
  /** What is not secret. */
  readonly fields: Readonly<Record<string, unknown>>
  /** When the service was last asked whether the account works; null: never. */
  readonly checkedAt: string | null
  readonly createdAt: string
  readonly updatedAt: string
}

/** What would break without a connection. */
export interface ConnectionUsage {
  readonly connectionId: string
  readonly workflows: readonly { readonly id: string; readonly name: string; readonly enabled: boolean }[]
}

/** A person's signing in to a service, as the one who began it sees it. */
export interface Authorization {
  readonly id: string
  readonly status: 'pending' | 'authorized' | 'confirmed' | 'failed' | 'expired'
  /** Who has to confirm next. */
  readonly awaiting: 'person' | 'host' | null
  readonly account: { readonly id: string; readonly label: string } | null
  readonly scopes: readonly string[]
  readonly connectionId: string | null
  readonly error: { readonly code: string; readonly detail: string } | null
  readonly expiresAt: string
}

export interface BegunAuthorization extends Authorization {
  /** Where to send the person's browser, once. Null: nobody has to sign in. */
  readonly url: string | null
}

export interface AuthorizationRequest {
  readonly customerId: string
  readonly connector: string
  readonly method: string
  readonly name: string
  readonly fields: JsonObject
  /** Optional scopes to ask for beside those that are required. */
  readonly scopes: string[]
  /** A connection to connect again. */
  readonly connectionId?: string
}

/** How a workflow's connector trigger is doing. */
export interface ConnectorTriggerState {
  readonly kind: TriggerSummary['kind'] | null
  readonly status: 'starting' | 'active' | 'failing' | 'stopped' | 'removing'
  /** What went wrong last, and what to do about it. */
  readonly detail: string | null
  readonly lastPollAt: string | null
  readonly nextAt: string | null
}

/** Data with which a trigger is tried out; `sample`: made up by the connector's author. */
export interface TriggerSample {
  readonly source: 'service' | 'sample'
  readonly data: JsonValue
  readonly detail: string | null
}

export interface WorkflowSummary {
  readonly id: string
  readonly customerId: string
  readonly name: string
  readonly enabled: boolean
  readonly triggerType: string
  readonly publishedVersion: number | null
  readonly hasUnpublishedChanges: boolean
  readonly lastRun: { readonly id: string; readonly status: RunStatus; readonly createdAt: string } | null
  readonly updatedAt: string
}

export interface Workflow extends WorkflowSummary {
  readonly draft: {
    /** May not compile, and may not even be drawable: see `readDefinition`. */
    readonly definition: unknown
    readonly revision: number
    readonly issues: readonly DefinitionIssue[]
    readonly updatedAt: string
  }
  readonly published: { readonly id: string; readonly number: number; readonly publishedAt: string } | null
  readonly trigger: {
    readonly webhookUrl: string | null
    readonly nextFireAt: string | null
    /** Of workflows that a connector's trigger starts. */
    readonly connector: ConnectorTriggerState | null
  }
}

export interface Version {
  readonly id: string
  readonly number: number
  readonly publishedAt: string
  readonly publishedBy: string | null
}

/** A decision that a run waits for. */
export interface Approval {
  readonly id: string
  readonly runId: string
  readonly stepPath: string
  readonly iteration: string
  readonly title: string
  readonly message: string
  readonly deadline: string | null
  readonly workflowId: string
  readonly workflowName: string
  readonly openedAt: string
  /** Null while it is open. */
  readonly decision: ApprovalDecisionRecord | null
}

/** What became of an approval. */
export interface ApprovalDecisionRecord {
  /** Null: nobody decided in time. */
  readonly approved: boolean | null
  readonly by: string | null
  readonly comment: string | null
  readonly at: string
}

/** A workflow to begin from. */
export interface Template {
  readonly id: string
  readonly name: string
  readonly description: string
  /** What it is for, in a word or two; the gallery is grouped by it. */
  readonly useCase: string | null
  /** Ids of the connectors that it works with. */
  readonly connectors: readonly string[]
  readonly definition: unknown
  /** JSON Schema of what a customer sets; null: nothing. */
  readonly settings: unknown
  readonly createdAt: string
}

/** A workflow that was proposed for a description: nothing of it is stored. */
export interface DraftedWorkflow {
  readonly name: string
  /** What it does, and what was assumed. */
  readonly explanation: string
  readonly definition: unknown
  /** What is still to be filled in. */
  readonly issues: readonly DefinitionIssue[]
}

/** A template with settings, and what the customer has made of it. */
export interface Automation {
  /** The template's. */
  readonly id: string
  readonly name: string
  readonly description: string
  /** JSON Schema of the values. */
  readonly settings: unknown
  readonly values: JsonObject
  readonly accounts: readonly AutomationAccount[]
  readonly enabled: boolean
  readonly workflowId: string | null
  readonly lastRun: WorkflowSummary['lastRun']
}

/** An account that an automation works with. */
export interface AutomationAccount {
  readonly connector: string
  readonly isRequired: boolean
  readonly connectionId: string | null
}

/** What a person changes of an automation; the rest stays. */
export interface AutomationChange {
  readonly id: string
  readonly customerId: string
  readonly values?: JsonObject
  /** Connection ids by connector. */
  readonly connections?: Record<string, string | null>
  readonly enabled?: boolean
}

export interface Samples {
  readonly trigger: JsonValue
  readonly steps: Readonly<Record<string, JsonValue>>
  /** Steps whose data is pinned, by id; `$trigger` for the trigger. */
  readonly pinned: readonly string[]
}

/** What came of the test of one step. */
export interface StepTest {
  readonly stepId: string
  /** `unfinished`: it waits for an answer from outside. `unreached`: the list around it is empty. */
  readonly status: 'succeeded' | 'failed' | 'unfinished' | 'unreached'
  /** Whether it did what it does, was worked out, or only shows what it would do. */
  readonly effect: 'called' | 'computed' | 'shown'
  /** What its own condition says; null when it has none. */
  readonly isConditionMet: boolean | null
  readonly input: JsonValue
  readonly output: JsonValue
  readonly error: Omit<ErrorRecord, 'stepPath'> | null
  readonly durationMs: number
  readonly log: readonly { readonly level: 'info' | 'warn'; readonly message: string; readonly data?: JsonValue }[]
  /** Whether later steps see its output as sample data. */
  readonly isKept: boolean
}

/** What the form of an action or trigger asks the service. */
export interface FormRequest {
  readonly connector: string
  readonly version?: string
  readonly action?: string
  readonly trigger?: string
  readonly connectionId?: string
  readonly input: JsonObject
}

export interface OptionsRequest extends FormRequest {
  readonly field: string
  readonly search?: string
  readonly cursor?: string
}

/** Some of a field's choices. */
export interface OptionsPage {
  readonly options: readonly {
    readonly value: JsonValue
    readonly label: string
    readonly description?: string | undefined
  }[]
  readonly nextCursor: string | null
}

export interface SaveDraftRequest {
  readonly id: string
  readonly definition: WorkflowDefinition
  readonly baseRevision: number
}

/** Somebody who has the draft open. */
export interface Presence {
  /** Of the window. */
  readonly id: string
  /** Null when nobody said how the person is called. */
  readonly name: string | null
  /** `here` is this window, `elsewhere` another one of the same person. */
  readonly self: 'here' | 'elsewhere' | null
  /** One of the vendor's people. */
  readonly isMember: boolean
  readonly mayEdit: boolean
}

/** How a draft stands on the server. */
export interface DraftState {
  readonly revision: number
  readonly people: readonly Presence[]
}

/** What is to come of a test's run. */
export interface Expectation {
  readonly status: 'succeeded' | 'failed'
  /** Ids of the steps that are to run. */
  readonly ran: string[]
  readonly outputs: Record<string, JsonValue>
}

/** What a test found different. */
export type TestDifference =
  | { readonly kind: 'invalid'; readonly message: string }
  | {
      readonly kind: 'status'
      readonly expected: string
      readonly actual: string
      readonly error: { readonly title: string; readonly stepId: string | null } | null
    }
  | { readonly kind: 'missing' | 'unexpected' | 'unknown'; readonly stepId: string }
  | { readonly kind: 'output'; readonly stepId: string; readonly expected: JsonValue; readonly actual: JsonValue }

/** A test that is kept with a workflow. */
export interface StoredTest {
  readonly id: string
  readonly name: string
  readonly expected: Expectation
  readonly lastResult: {
    readonly outcome: 'passed' | 'failed'
    readonly differences: readonly TestDifference[]
    readonly durationMs: number
    readonly at: string
  } | null
}
