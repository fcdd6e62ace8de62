import { FencedError } from '../contracts/errors.js'
import type { RunStatus, StepRecord, WebhookResponse } from '../contracts/run.js'
import type { Lease, RunEnd } from '../ports/journal.js'
import { jsonField, numberField, type TextRow, textField, toColumns } from './columns.js'
import type { Query } from './query.js'
import { READ_STATE_SQL, WRITE_RUN_COLUMNS, WRITE_SQL, WRITE_STEP_COLUMNS } from './statements/write.sql.js'

/** What becomes of a run with a write. */
export interface RunChange {
  /** Absent when the run goes on. */
  readonly status?: RunStatus
  readonly end?: RunEnd
  readonly response?: WebhookResponse
  /** Unix milliseconds. */
  readonly wakeAt?: number
}

/** A write under a lease; its rows lack the position in the batch, which is known only later. */
export interface RunWrite {
  readonly lease: Lease
  readonly status: RunStatus
  readonly row: TextRow
  readonly steps: readonly TextRow[]
}

export interface WriteAnswer {
  readonly cancelRequested: boolean
  readonly dispatchSeq: number
}

/** @throws UserError `journal.invalid_text`, or TypeError when a payload is no JSON */
export function toRunWrite(lease: Lease, steps: readonly StepRecord[], change: RunChange): RunWrite {
  const status = change.status ?? 'running'
  const owner = [lease.runId, lease.tenantId, lease.customerId, numberField(lease.epoch)]
  const row = [
    ...owner,
    status,
    jsonField(change.end?.output),
    jsonField(change.end?.error),
    jsonField(change.response),
    numberField(change.wakeAt),
  ]
  return { lease, status, row, steps: lastOfEach(steps).map((step) => [...owner, ...toStepRow(step)]) }
}

/**
 * Writes for distinct runs, in one commit. Answers in order.
 *
 * @param isRetry whether an earlier attempt may have been committed without our knowing
 */
export async function writeRuns(
  query: Query,
  writes: readonly RunWrite[],
  isRetry: boolean,
): Promise<(WriteAnswer | FencedError)[]> {
  const ordered = inLockOrder(writes)
  const runs = ordered.map(({ row, position }) => [position, ...row])
  const steps = ordered.flatMap(({ steps: rows, position }) => rows.map((row) => [position, ...row]))
  type HeldRow = { readonly n: number; readonly cancel_requested: boolean; readonly dispatch_seq: number }
  const rows = await query<HeldRow>(WRITE_SQL, [
    ...toColumns(runs, WRITE_RUN_COLUMNS.length),
    ...toColumns(steps, WRITE_STEP_COLUMNS.length),
  ])
  const answers = new Map<number, WriteAnswer>(
    rows.map((row) => [row.n, { cancelRequested: row.cancel_requested, dispatchSeq: row.dispatch_seq }]),
  )
  if (isRetry && answers.size < writes.length) await addLandedBefore(query, writes, answers)
  return writes.map(({ lease }, n) => answers.get(n) ?? new FencedError(lease.runId))
}

/** All statements lock runs in the order of their ids, so that no two wait for each other. */
function inLockOrder(writes: readonly RunWrite[]): { row: TextRow; steps: readonly TextRow[]; position: string }[] {
  return writes
    .map(({ lease, row, steps }, n) => ({ id: lease.runId, row, steps, position: String(n) }))
    .sort((a, b) => (a.id < b.id ? -1 : 1))
}

/**
 * After a cut connection, a write that ends or parks a run may have been committed without our knowing; the run then
 * stands, under our own epoch, just as that write left it.
 */
async function addLandedBefore(
  query: Query,
  writes: readonly RunWrite[],
  answers: Map<number, WriteAnswer>,
): Promise<void> {
  type StateRow = { n: number; epoch: number; status: RunStatus; dispatch_seq: number }
  const asked = writes.map(({ lease }, n) => [String(n), lease.runId, lease.tenantId])
  for (const { n, epoch, status, dispatch_seq } of await query<StateRow>(READ_STATE_SQL, toColumns(asked, 3))) {
    const write = writes[n]
    const hasLanded = epoch === write?.lease.epoch && status === write.status && status !== 'running'
    if (hasLanded && !answers.has(n)) answers.set(n, { cancelRequested: false, dispatchSeq: dispatch_seq })
  }
}

/** One row a step: of several records of a step in one write only the last counts, as one statement may not say both. */
function lastOfEach(steps: readonly StepRecord[]): readonly StepRecord[] {
  if (steps.length < 2) return steps
  return [...new Map(steps.map((step) => [`${step.stepPath}\n${step.iteration}`, step])).values()]
}

function toStepRow(step: StepRecord): TextRow {
  return [
    textField(step.stepPath, 'step path'),
    textField(step.iteration, 'iteration'),
    textField(step.type, 'step type'),
    step.status,
    numberField(step.attempt),
    jsonField(step.input),
    jsonField(step.output),
    jsonField(step.error),
    numberField(step.startedAt),
    numberField(step.finishedAt),
    numberField(step.wakeAt),
  ]
}
