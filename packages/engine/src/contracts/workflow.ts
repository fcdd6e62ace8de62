import type { ErrorKind } from './errors.js'
import type { JsonObject, JsonValue } from './json.js'

/** The schema tag of every definition this engine understands. */
export const WORKFLOW_SCHEMA = 'inlay/workflow@1'

/** A definition: what a version of a workflow holds. Its schema is `workflowSchema` in `compile/schema.ts`. */
export interface WorkflowDefinition {
  readonly schema: typeof WORKFLOW_SCHEMA
  readonly name: string
  readonly trigger: Trigger
  readonly steps: readonly Step[]
  /** What expressions see as `vars`: settings that are changed without touching a step. */
  readonly vars?: JsonObject
  /** Duration that a run may be executed at a stretch; waiting does not count. */
  readonly timeout?: string
  /** How many runs may be under way at once. */
  readonly concurrency?: ConcurrencyPolicy
  /** Starts one run for a burst of triggers, with the last one's data. */
  readonly debounce?: DebouncePolicy
  /** Starts one run for many triggers; its `trigger` is `{ items: [...] }`. */
  readonly batchEvents?: BatchPolicy
  /** Drops triggers above a rate. */
  readonly rateLimit?: RatePolicy
  /** Queues triggers above a rate: their runs start later. */
  readonly throttle?: RatePolicy
  /** Seconds by which runs overtake (or, when negative, let pass) those that were started at the same time. -600 to 600. @default 0 */
  readonly priority?: number
}

/** At most `limit` runs between their first and their last step, waiting ones included. */
export interface ConcurrencyPolicy {
  /** Template over `trigger`, `customer` and `tenant`; runs with the same text share a limit. @default one limit for the workflow */
  readonly key?: string
  /** 1 to 1000. */
  readonly limit: number
  /** What happens to a run that is one too many: it waits its turn, is not carried out, or has the oldest one cancelled. @default 'queue' */
  readonly onConflict?: 'queue' | 'skip' | 'cancelOldest'
}

/** When a burst of triggers becomes one run. */
export interface DebouncePolicy {
  /** Template; triggers with the same text belong together. */
  readonly key?: string
  /** Duration without another trigger after which the run starts. */
  readonly period: string
  /** Duration after the first trigger at which the run starts at the latest. */
  readonly timeout?: string
}

/** When gathered triggers become one run. */
export interface BatchPolicy {
  /** Template; triggers with the same text belong together. */
  readonly key?: string
  /** Triggers after which the run starts at once. 2 to 1000. */
  readonly maxSize: number
  /** Duration after the first trigger at which the run starts at the latest. */
  readonly timeout: string
}

/** How many runs may start in a period. */
export interface RatePolicy {
  /** Template; triggers with the same text share a limit. */
  readonly key?: string
  /** Runs per period. */
  readonly limit: number
  /** Duration. */
  readonly period: string
}

/** What starts the runs of a workflow. */
export type Trigger = WebhookTrigger | ScheduleTrigger | EventTrigger | ConnectorTriggerStart | ManualTrigger

/** Starts a run for each HTTP request to the workflow's own address. */
export interface WebhookTrigger {
  readonly type: 'webhook'
}

/** Starts runs by the clock: either `cron` (five fields) in a time zone, or every so often. */
export interface ScheduleTrigger {
  readonly type: 'schedule'
  readonly cron?: string
  /** IANA name, for example `Europe/Berlin`. @default 'UTC' */
  readonly timeZone?: string
  /** A duration of at least one minute. */
  readonly every?: string
}

/** Starts a run for each event of that name which the tenant's product sends. */
export interface EventTrigger {
  readonly type: 'event'
  readonly name: string
  /** An expression over `trigger`; the run starts when it is true. */
  readonly filter?: string
}

/** Starts a run for each thing that a connector's trigger hears of at its service. */
export interface ConnectorTriggerStart {
  readonly type: 'connector'
  readonly connector: string
  /** Exact connector version; the newest at publish time when absent. */
  readonly version?: string
  /** A name in the connector's `triggers`. */
  readonly trigger: string
  /** Id of the connection whose account is listened to. */
  readonly connection?: string
  /** Plain values: nothing has happened yet that an expression could refer to. */
  readonly input: JsonObject
}

/** Starts by API call or from the builder only. */
export interface ManualTrigger {
  readonly type: 'manual'
}

/** When and how often a failed attempt is repeated. */
export interface RetryPolicy {
  /** Attempts in all, the first included. 1 to 100. */
  readonly maxAttempts: number
  /** Duration before the second attempt. @default '1s' */
  readonly initialInterval?: string
  /** Each interval is the one before times this. 1 to 10. @default 2 */
  readonly backoffCoefficient?: number
  /** Duration no interval exceeds. @default '1m' */
  readonly maxInterval?: string
  /** Kinds that end the step at once, whatever they say of themselves. */
  readonly nonRetryableErrors?: readonly ErrorKind[]
}

/** What every step may carry. */
export interface StepCommon {
  /** Unique in the definition: `[a-z][a-z0-9_]*`. */
  readonly id: string
  /** What people call it. */
  readonly name?: string
  /** What people wrote down about it, for each other: plain text of at most 2000 characters that no run ever reads. */
  readonly note?: string
  /** An expression; the step is skipped when it is not true. */
  readonly if?: string
  readonly retry?: RetryPolicy
  /** Duration of one attempt. */
  readonly timeout?: string
  /** What happens when the step has failed for good. @default 'fail' */
  readonly onError?: 'fail' | 'continue' | { readonly fallback: readonly Step[] }
  /** Undoes this step when the run fails or is cancelled later. Sees what the step itself gave. */
  readonly compensate?: Step
}

/** Calls an action of a connector. */
export interface ActionStep extends StepCommon {
  readonly type: 'action'
  readonly connector: string
  /** Exact connector version; the newest at publish time when absent. */
  readonly version?: string
  readonly action: string
  /** Id of the connection whose credentials are used. */
  readonly connection?: string
  readonly input: JsonObject
}

/** Computes values. */
export interface SetStep extends StepCommon {
  readonly type: 'set'
  readonly values: JsonObject
}

/** One way that a branch can take. */
export interface BranchCase {
  readonly name?: string
  readonly if: string
  readonly steps: readonly Step[]
}

/** Takes the first case whose condition is true. */
export interface BranchStep extends StepCommon {
  readonly type: 'branch'
  readonly cases: readonly BranchCase[]
  readonly else?: readonly Step[]
}

/** Runs branches at the same time. */
export interface ParallelStep extends StepCommon {
  readonly type: 'parallel'
  readonly branches: Readonly<Record<string, readonly Step[]>>
  /** `all` goes on when all branches have ended, `any` when the first has succeeded: the others are cancelled. @default 'all' */
  readonly join?: 'all' | 'any'
}

/** Runs its steps for each item of a list. Inside: `item` and `index`. */
export interface ForEachStep extends StepCommon {
  readonly type: 'forEach'
  readonly items: JsonValue
  /** Items in progress at once, 1 to 100. @default 1 */
  readonly concurrency?: number
  /** `fail` ends the loop, `skip` leaves the item out, `collect` keeps `{error}` in its place. @default 'fail' */
  readonly onItemError?: 'fail' | 'skip' | 'collect'
  readonly steps: readonly Step[]
}

/** Repeats its steps while a condition holds. Inside: `index`. The condition also sees what the last round gave. */
export interface WhileStep extends StepCommon {
  readonly type: 'while'
  readonly condition: string
  /** Rounds after which the step fails if the condition still holds. 1 to 10,000. */
  readonly max: number
  readonly steps: readonly Step[]
}

/** Waits without holding a worker, for exactly one of its kinds. */
export interface WaitStep extends StepCommon {
  readonly type: 'wait'
  /** A duration. */
  readonly for?: string
  /** A moment as ISO 8601 text with an offset, or Unix milliseconds; an expression may give either. */
  readonly until?: JsonValue
  readonly event?: EventWait
  readonly approval?: ApprovalWait
  readonly callback?: CallbackWait
  /**
   * Tells people or services of an approval or a callback, once it can be answered: these steps see the step's own output
   * `{ links }`.
   */
  readonly steps?: readonly Step[]
}

/** Waits for an event of the run's customer. One that came since the run began counts; each is given to one wait of a run. */
export interface EventWait {
  readonly name: string
  /** Dotted path in the event's payload and the value that must be found there, for each. Templates. */
  readonly match?: JsonObject
  /** Duration. */
  readonly timeout?: string
  /** @default 'continue' */
  readonly onTimeout?: 'continue' | 'fail'
}

/** Waits for a person's decision. */
export interface ApprovalWait {
  /** Template. */
  readonly title: string
  /** Template. */
  readonly message?: string
  /** Who may decide, as the host understands it; anyone with the link when absent. Template. */
  readonly assignees?: JsonValue
  /** Duration until the deadline. */
  readonly timeout?: string
  /** What the deadline means. @default 'reject' */
  readonly onTimeout?: 'approve' | 'reject' | 'fail'
}

/** Waits for an HTTP request to an address of its own. */
export interface CallbackWait {
  /** Duration. */
  readonly timeout: string
  /** @default 'fail' */
  readonly onTimeout?: 'continue' | 'fail'
}

/** Runs another workflow of the same customer as a child run. */
export interface CallStep extends StepCommon {
  readonly type: 'call'
  readonly workflow: string
  /** What the child sees as `trigger`. */
  readonly input?: JsonValue
  /** Whether to wait for the child's end; its failure is then this step's, and it is cancelled with this run. @default true */
  readonly wait?: boolean
}

/** Runs JavaScript in a sandbox. */
export interface CodeStep extends StepCommon {
  readonly type: 'code'
  /** Body of an async function with `input` in scope; what it returns is the step's output. */
  readonly source: string
  readonly input?: JsonObject
}

/** Emits an event that workflows can start on or wait for. */
export interface PublishStep extends StepCommon {
  readonly type: 'publish'
  readonly event: string
  readonly payload?: JsonValue
}

/** One variant of an A/B test. */
export interface SplitVariant {
  readonly name: string
  /** Share of the traffic, relative to the others. */
  readonly weight: number
  readonly steps: readonly Step[]
}

/** Takes one of several variants by weight, always the same for the same key. */
export interface SplitStep extends StepCommon {
  readonly type: 'split'
  readonly variants: readonly SplitVariant[]
  /** Template. @default the run's id */
  readonly key?: string
}

/** Runs steps; when one fails runs `catch`, which sees the step's own output `{ error }`; runs `finally` in any case. */
export interface TryStep extends StepCommon {
  readonly type: 'try'
  readonly steps: readonly Step[]
  readonly catch?: readonly Step[]
  readonly finally?: readonly Step[]
}

/** Answers the HTTP caller of a webhook trigger. */
export interface RespondStep extends StepCommon {
  readonly type: 'respond'
  /** HTTP status, 200 to 599; a number or an expression. @default 200 */
  readonly status?: JsonValue
  readonly headers?: JsonObject
  readonly body?: JsonValue
}

/** Ends the run. */
export interface StopStep extends StepCommon {
  readonly type: 'stop'
  readonly outcome: 'succeeded' | 'failed' | 'cancelled'
  readonly output?: JsonValue
  /** Why, for people; may hold expressions. */
  readonly message?: string
}

/** Any step of a definition. */
export type Step =
  | ActionStep
  | SetStep
  | BranchStep
  | ParallelStep
  | ForEachStep
  | WhileStep
  | WaitStep
  | CallStep
  | CodeStep
  | PublishStep
  | RespondStep
  | SplitStep
  | TryStep
  | StopStep

/** What a step does, by its name in the document. */
export type StepType = Step['type']

// A type that the union has and this list has not does not compile.
const LISTED: Readonly<Record<StepType, true>> = {
  action: true,
  set: true,
  branch: true,
  parallel: true,
  forEach: true,
  while: true,
  wait: true,
  call: true,
  code: true,
  publish: true,
  respond: true,
  split: true,
  try: true,
  stop: true,
}

/** Every type of step. */
// Object.keys loses the key type that LISTED has.
export const STEP_TYPES = Object.keys(LISTED) as readonly StepType[]

/** The step of one type. */
export type StepOfType<T extends StepType> = Extract<Step, { type: T }>
