/** Rows of the journal as callers see them. */

import { childRunId, type HistoryEntry, type JsonValue, type RunId, type TenantId } from '@inlay/engine'
import { hideLinks } from '../approvals/index.js'
import { largeOutputOf } from './large-output.js'
import type { LogRow, RunDetailRow, RunRow, StartableRow, StepRow } from './rows.js'
import type { HistoryItem, LogLine, Run, RunSummary, StepRun } from './schema.js'

export function toSummary(row: RunRow): RunSummary {
  const { started_at: startedAt, finished_at: finishedAt } = row
  return {
    id: row.id,
    workflowId: row.workflow_id,
    workflowName: row.workflow_name ?? 'Deleted workflow',
    customerId: row.customer_id,
    versionId: row.version_id,
    versionNumber: row.version_number,
    mode: row.mode,
    status: row.status,
    error: row.error,
    createdAt: row.created_at.toISOString(),
    startedAt: startedAt?.toISOString() ?? null,
    finishedAt: finishedAt?.toISOString() ?? null,
    wakeAt: row.wake_at?.toISOString() ?? null,
    durationMs: finishedAt === null ? null : finishedAt.getTime() - (startedAt ?? row.created_at).getTime(),
    dead: row.is_dead,
    originRunId: row.origin_run_id,
  }
}

export function toRun(row: RunDetailRow): Run {
  const { parent_run_id: runId, parent_step_path: stepPath, parent_iteration: iteration } = row
  const hasParent = runId !== null && stepPath !== null && iteration !== null
  return {
    ...toSummary(row),
    trigger: hideLinks(row.trigger),
    output: hideLinks(row.output),
    parent: hasParent ? { runId, stepPath, iteration } : null,
  }
}

/** A run that begins when its debounce or batch is over, as one that has not begun. */
export function toGathered(
  id: RunId,
  workflow: StartableRow,
  { workflowId, input }: { readonly workflowId: string; readonly input: JsonValue },
): Run {
  return {
    id,
    workflowId,
    workflowName: workflow.name,
    customerId: workflow.customer_id,
    versionId: workflow.version_id ?? '',
    versionNumber: workflow.version_number,
    mode: 'live',
    status: 'pending',
    error: null,
    createdAt: new Date().toISOString(),
    startedAt: null,
    finishedAt: null,
    wakeAt: null,
    durationMs: null,
    dead: false,
    originRunId: null,
    trigger: input,
    output: null,
    parent: null,
  }
}

/** The id of a line begins with its moment. */
export function toLogLine({ id, attempt, level, message, data }: LogRow): LogLine {
  const at = new Date(Number.parseInt(id.slice('log_'.length, 'log_'.length + 12), 16)).toISOString()
  return { at, attempt, level, message: hideLinks(message), data: hideLinks(data) }
}

export function toHistoryItem({ at, what, step, detail = null }: HistoryEntry): HistoryItem {
  if (step === undefined) return { at: new Date(at).toISOString(), what, step: null, detail }
  const { stepPath, iteration, type, attempt } = step
  return { at: new Date(at).toISOString(), what, step: { stepPath, iteration, type, attempt }, detail }
}

/** Whose step it is. */
interface StepOwner {
  readonly tenantId: TenantId
  readonly runId: RunId
}

export function toStep(row: StepRow, { tenantId, runId }: StepOwner): StepRun {
  // Until it has ended, an action's record holds what it needs to go on: that is the connector's own.
  const output = row.type === 'action' && row.finished_at === null ? null : row.output
  const large = largeOutputOf(output, { tenantId, customerId: row.customer_id })
  return {
    stepPath: row.step_path,
    stepId: row.step_path.split('/').at(-1) ?? row.step_path,
    iteration: row.iteration,
    type: row.type,
    status: row.status,
    attempt: row.attempt,
    input: hideLinks(row.input),
    output: large === undefined ? hideLinks(output) : null,
    outputBytes: large?.bytes ?? null,
    childRunId: row.type === 'call' ? childOf(row, runId) : null,
    error: row.error,
    startedAt: new Date(row.started_at).toISOString(),
    finishedAt: row.finished_at === null ? null : new Date(row.finished_at).toISOString(),
    durationMs: row.finished_at === null ? null : Math.max(0, row.finished_at - row.started_at),
    wakeAt: row.wake_at === null ? null : new Date(row.wake_at).toISOString(),
  }
}

/** What a `call` step has given or failed with names its child; while it waits, its address does. */
function childOf({ status, output, error, step_path: stepPath, iteration }: StepRow, runId: RunId): string | null {
  if (status === 'waiting' || status === 'cancelled') return childRunId(runId, { stepPath, iteration })
  const told = status === 'failed' ? error?.data : output
  if (typeof told !== 'object' || told === null || !('runId' in told)) return null
  // Checked above: an object with that field.
  const { runId: child } = told as { readonly runId: JsonValue }
  return typeof child === 'string' ? child : null
}
