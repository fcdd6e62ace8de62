import type { ErrorRecord } from './errors.js'
import type { CustomerId, RunId, TenantId, VersionId, WorkflowId } from './ids.js'
import type { JsonValue } from './json.js'

/** `waiting`: for time, an event or a person's answer. `suspended`: by an operator. */
export const RUN_STATUSES = ['pending', 'running', 'waiting', 'suspended', 'succeeded', 'failed', 'cancelled'] as const
/** One of `RUN_STATUSES`. */
export type RunStatus = (typeof RUN_STATUSES)[number]

/** How a run can end. */
export const TERMINAL_RUN_STATUSES = ['succeeded', 'failed', 'cancelled'] as const satisfies readonly RunStatus[]
/** One of `TERMINAL_RUN_STATUSES`. */
export type TerminalRunStatus = (typeof TERMINAL_RUN_STATUSES)[number]

/** Whether a run of this status has ended. */
export function isTerminal(status: RunStatus): status is TerminalRunStatus {
  return status === 'succeeded' || status === 'failed' || status === 'cancelled'
}

/** `forgotten`: a redrive made as if the step had never run. */
export const STEP_STATUSES = [
  'running',
  'waiting',
  'retrying',
  'succeeded',
  'failed',
  'skipped',
  'cancelled',
  'forgotten',
] as const
/** One of `STEP_STATUSES`. */
export type StepStatus = (typeof STEP_STATUSES)[number]

/** How a run came to be. `test` runs are started from the builder and never count for a customer's quota. */
export type RunMode = 'live' | 'test'

/** Who and what a run belongs to; fixed for its life. */
export interface RunIdentity {
  readonly runId: RunId
  readonly tenantId: TenantId
  readonly customerId: CustomerId
  readonly workflowId: WorkflowId
  readonly versionId: VersionId
  readonly mode: RunMode
}

/** The identity alone of something that has more. */
export function identityOf({ runId, tenantId, customerId, workflowId, versionId, mode }: RunIdentity): RunIdentity {
  return { runId, tenantId, customerId, workflowId, versionId, mode }
}

/** What a step is addressed by in a run's journal. */
export interface StepAddress {
  /** Ids of the enclosing blocks and of the step itself, joined by `/`, for example `size/tell`. */
  readonly stepPath: string
  /** Zero-based indices of the enclosing loops, outermost first, joined by `.`; `"0"` outside any loop. */
  readonly iteration: string
}

/** What is known of one step (of one loop iteration) in a run. */
export interface StepRecord extends StepAddress {
  readonly type: string
  readonly status: StepStatus
  /** 1 for the first attempt. */
  readonly attempt: number
  readonly input?: JsonValue
  readonly output?: JsonValue
  readonly error?: ErrorRecord
  /** Unix milliseconds. */
  readonly startedAt: number
  /** Unix milliseconds; absent while the step is `running`, `waiting` or `retrying`. */
  readonly finishedAt?: number
  /** Unix milliseconds at which a `waiting` or `retrying` step goes on. */
  readonly wakeAt?: number
}

/** The answer that a `respond` step gives to the HTTP caller of a webhook trigger. */
export interface WebhookResponse {
  /** HTTP status code, 200 to 599. */
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: JsonValue
}

/** `runId/stepPath/iteration`: the same across attempts, recoveries and workers. */
export function idempotencyKey(runId: RunId, address: StepAddress): string {
  return `${runId}/${address.stepPath}/${address.iteration}`
}
