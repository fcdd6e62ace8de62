import type { ErrorRecord } from '../contracts/errors.js'
import type { CustomerId, RunId, TenantId, VersionId, WorkflowId } from '../contracts/ids.js'
import type { JsonValue } from '../contracts/json.js'
import type { RunMode, RunStatus, StepRecord, StepStatus, WebhookResponse } from '../contracts/run.js'
import type { ClaimedRun, RunRecord } from '../ports/journal.js'

/** Rows as the statements give them; the tables' own constraints are what makes these types true. */
interface IdentityRow {
  readonly id: RunId
  readonly tenant_id: TenantId
  readonly customer_id: CustomerId
  readonly workflow_id: WorkflowId
  readonly version_id: VersionId
  readonly mode: RunMode
  readonly trigger: JsonValue
  readonly created_at: number
}

export interface ClaimRow extends IdentityRow {
  readonly epoch: number
  readonly recoveries: number
  readonly cancel_requested: boolean
  readonly claimed_at: number
  readonly steps: readonly NullableStep[] | null
}

export interface RunRow extends IdentityRow {
  readonly status: RunStatus
  readonly output: JsonValue | null
  readonly error: ErrorRecord | null
  readonly response: WebhookResponse | null
  readonly started_at: number | null
  readonly finished_at: number | null
  readonly wake_at: number | null
}

export interface StepRow {
  readonly step_path: string
  readonly iteration: string
  readonly type: string
  readonly status: StepStatus
  readonly attempt: number
  readonly input: JsonValue | null
  readonly output: JsonValue | null
  readonly error: ErrorRecord | null
  readonly started_at: number
  readonly finished_at: number | null
  readonly wake_at: number | null
}

/** A step record with null for what is absent. */
type NullableStep = { readonly [K in keyof StepRecord]-?: StepRecord[K] | null }

export function toClaimedRun(row: ClaimRow): ClaimedRun {
  return {
    ...toIdentity(row),
    epoch: row.epoch,
    createdAt: row.created_at,
    claimedAt: row.claimed_at,
    recoveries: row.recoveries,
    cancelRequested: row.cancel_requested,
    steps: (row.steps ?? []).map((step) => withoutNulls(step)),
  }
}

export function toRunRecord(row: RunRow): RunRecord {
  return {
    ...toIdentity(row),
    status: row.status,
    createdAt: row.created_at,
    ...withoutNulls<Partial<RunRecord>>({
      output: row.output,
      error: row.error,
      response: row.response,
      startedAt: row.started_at,
      finishedAt: row.finished_at,
      wakeAt: row.wake_at,
    }),
  }
}

export function toStepRecord(row: StepRow): StepRecord {
  return withoutNulls({
    stepPath: row.step_path,
    iteration: row.iteration,
    type: row.type,
    status: row.status,
    attempt: row.attempt,
    input: row.input,
    output: row.output,
    error: row.error,
    startedAt: row.started_at,
    finishedAt: row.finished_at,
    wakeAt: row.wake_at,
  })
}

function toIdentity(
  row: IdentityRow,
): Pick<ClaimedRun, 'runId' | 'tenantId' | 'customerId' | 'workflowId' | 'versionId' | 'mode' | 'trigger'> {
  return {
    runId: row.id,
    tenantId: row.tenant_id,
    customerId: row.customer_id,
    workflowId: row.workflow_id,
    versionId: row.version_id,
    mode: row.mode,
    trigger: row.trigger,
  }
}

/** Absent columns come as null; records leave absent fields out. */
function withoutNulls<T extends object>(fields: { readonly [K in keyof T]: T[K] | null }): T {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null)) as T
}
