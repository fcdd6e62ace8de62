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
  /** Duration that a run may be executed at a stretch; waiting does not count. */
  readonly timeout?: string
}

export type Trigger = WebhookTrigger | ScheduleTrigger | EventTrigger | ManualTrigger

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
  /** An expression; the step is skipped when it is not true. */
  readonly if?: string
  readonly retry?: RetryPolicy
  /** Duration of one attempt. */
  readonly timeout?: string
  /** What happens when the step has failed for good. @default 'fail' */
  readonly onError?: 'fail' | 'continue' | { readonly fallback: readonly Step[] }
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

/** Runs branches at the same time and goes on when all have ended. */
export interface ParallelStep extends StepCommon {
  readonly type: 'parallel'
  readonly branches: Readonly<Record<string, readonly Step[]>>
  readonly join?: 'all'
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

/** Waits without holding a worker. */
export interface WaitStep extends StepCommon {
  readonly type: 'wait'
  readonly for: string
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

export type Step = ActionStep | SetStep | BranchStep | ParallelStep | ForEachStep | WaitStep | RespondStep | StopStep

export type StepType = Step['type']
export type StepOfType<T extends StepType> = Extract<Step, { type: T }>
