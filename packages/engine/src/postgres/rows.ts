import type { CustomerId, RunId, TenantId, VersionId, WorkflowId } from '../contracts/ids.js'
import type { RunIdentity, RunMode, RunStatus, StepRecord, StepStatus } from '../contracts/run.js'
import type { ClaimedRun, RunParent, RunRecord } from '../ports/journal.js'

/** Rows as the statements give them; what wrote the tables is what makes these types true. JSON comes as text. */
export interface IdentityRow {
  readonly tenant_id: TenantId
  readonly customer_id: CustomerId
  readonly workflow_id: WorkflowId
  readonly version_id: VersionId
  readonly mode: RunMode
}

export interface StepRow {
  readonly step_path: string
  readonly iteration: string
  readonly type: string
  readonly status: StepStatus
  readonly attempt: number
  readonly input: string | null
  readonly output: string | null
  readonly error: string | null
  readonly started_at: number
  readonly finished_at: number | null
  readonly wake_at: number | null
}

/** A step of some run. */
export interface RunStepRow extends StepRow {
  readonly id: RunId
  /** Where it stands in the run's history, together with `seq`. */
  readonly step_epoch: number
  readonly seq: number
}

/** The journal row of a claimed run's trigger, which also carries the run. */
export interface TriggerRow extends RunStepRow, IdentityRow {
  readonly epoch: number
  readonly recoveries: number
  /** Whether the steps that came with it may lack some. */
  readonly is_stale: boolean
  readonly cancel_requested: boolean
  readonly suspend_requested: boolean
  /** Whether the run may have open waits. */
  readonly has_duties: boolean
  readonly created_at: number
  readonly claimed_at: number
}

export interface RunRow extends IdentityRow {
  readonly id: RunId
  readonly status: RunStatus
  readonly trigger: string | null
  readonly output: string | null
  readonly error: string | null
  readonly response: string | null
  readonly created_at: number
  readonly started_at: number | null
  readonly finished_at: number | null
  readonly wake_at: number | null
  readonly is_dead: boolean
  readonly origin_run_id: RunId | null
  readonly parent_run_id: RunId | null
  readonly parent_step_path: string | null
  readonly parent_iteration: string | null
}

/** What a wait of some run has been given. */
export interface AnswerRow {
  readonly id: RunId
  readonly step_path: string
  readonly iteration: string
  readonly answer: string
}

/** What is read with a claimed run, in any order. */
interface ClaimedParts {
  readonly steps: readonly RunStepRow[]
  readonly answers: readonly AnswerRow[]
}

export function toClaimedRun(row: TriggerRow, { steps, answers }: ClaimedParts): ClaimedRun {
  return {
    ...toIdentity(row),
    trigger: parse(row.input) ?? null,
    epoch: row.epoch,
    createdAt: row.created_at,
    claimedAt: row.claimed_at,
    recoveries: row.recoveries,
    cancelRequested: row.cancel_requested,
    suspendRequested: row.suspend_requested,
    steps: [...steps].sort((a, b) => a.step_epoch - b.step_epoch || a.seq - b.seq).map(toStepRecord),
    answers: answers.map(({ step_path, iteration, answer }) => ({
      stepPath: step_path,
      iteration,
      answer: parse(answer) ?? null,
    })),
  }
}

export function toRunRecord(row: RunRow): RunRecord {
  return {
    ...toIdentity(row),
    trigger: parse(row.trigger) ?? null,
    status: row.status,
    isDead: row.is_dead,
    createdAt: row.created_at,
    ...definedOnly<Partial<RunRecord>>({
      output: parse(row.output),
      error: parse(row.error),
      response: parse(row.response),
      parent: toParent(row),
      origin: row.origin_run_id ?? undefined,
      startedAt: row.started_at ?? undefined,
      finishedAt: row.finished_at ?? undefined,
      wakeAt: row.wake_at ?? undefined,
    }),
  }
}

export function toStepRecord(row: StepRow): StepRecord {
  return {
    stepPath: row.step_path,
    iteration: row.iteration,
    type: row.type,
    status: row.status,
    attempt: row.attempt,
    startedAt: row.started_at,
    ...definedOnly<Partial<StepRecord>>({
      input: parse(row.input),
      output: parse(row.output),
      error: parse(row.error),
      finishedAt: row.finished_at ?? undefined,
      wakeAt: row.wake_at ?? undefined,
    }),
  }
}

function toParent(row: RunRow): RunParent | undefined {
  const { parent_run_id: runId, parent_step_path: stepPath, parent_iteration: iteration } = row
  return runId === null || stepPath === null || iteration === null ? undefined : { runId, stepPath, iteration }
}

export function toIdentity(row: IdentityRow & { readonly id: RunId }): RunIdentity {
  return {
    runId: row.id,
    tenantId: row.tenant_id,
    customerId: row.customer_id,
    workflowId: row.workflow_id,
    versionId: row.version_id,
    mode: row.mode,
  }
}

/** A column's document; what was never recorded is undefined, a recorded null is null. The journal alone wrote it. */
export function parse<T>(text: string | null): T | undefined {
  return text === null ? undefined : (JSON.parse(text) as T)
}

/** Records leave absent fields out. */
function definedOnly<T extends object>(fields: { readonly [K in keyof T]: T[K] | undefined }): T {
  // Filtering at run time is what the type says; TypeScript cannot follow Object.entries.
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as T
}
