import { FencedError } from '../contracts/errors.js'
import { isTerminal, type RunStatus, type WebhookResponse } from '../contracts/run.js'
import type { Lease, RunEnd, StepWrite } from '../ports/journal.js'
import { jsonField, numberField, type TextRow, toColumns } from './columns.js'
import { toStepFields } from './creations.js'
import { isUniqueViolation } from './database-errors.js'
import type { Query } from './query.js'
import {
  CLOSED_WAIT_COLUMNS,
  OPENED_WAIT_COLUMNS,
  READ_STATE_SQL,
  WRITE_FULL_SQL,
  WRITE_NEW_SQL,
  WRITE_PLAIN_SQL,
  WRITE_RUN_COLUMNS,
  WRITE_STEP_COLUMNS,
} from './statements/write.sql.js'
import { toWaitChanges, type WaitChanges } from './wait-rows.js'

/** What becomes of a run with a write. */
interface RunChange {
  /** Absent when the run goes on. */
  readonly status?: RunStatus
  readonly end?: RunEnd
  readonly response?: WebhookResponse
  /** Unix milliseconds. */
  readonly wakeAt?: number | undefined
}

/** A write under a lease; its rows lack the position in the batch, which is known only later. */
export interface RunWrite {
  readonly lease: Lease
  readonly status: RunStatus
  readonly row: TextRow
  readonly steps: readonly TextRow[]
  readonly waits: WaitChanges
}

export interface WriteAnswer {
  readonly cancelRequested: boolean
  readonly suspendRequested: boolean
  readonly dispatchSeq: number
  /** Whether a run that was to rest has something to do at once. */
  readonly isDue: boolean
  /** Whether something is left to do when the run has ended. */
  readonly hasDuties: boolean
}

/** @throws UserError `journal.invalid_text`, or TypeError when a payload is no JSON */
export function toRunWrite(lease: Lease, steps: readonly StepWrite[], change: RunChange): RunWrite {
  const status = change.status ?? 'running'
  const epoch = numberField(lease.epoch)
  const row = [
    lease.runId,
    lease.tenantId,
    lease.customerId,
    epoch,
    status,
    jsonField(change.end?.output),
    jsonField(change.end?.error),
    jsonField(change.response),
    numberField(change.wakeAt),
    String(change.end?.isDead ?? false),
  ]
  return {
    lease,
    status,
    row,
    steps: steps.map((step) => [
      lease.runId,
      lease.tenantId,
      lease.customerId,
      epoch,
      numberField(step.seq),
      numberField(step.at),
      ...toStepFields(step),
    ]),
    waits: toWaitChanges(steps, [lease.runId, lease.tenantId, lease.customerId]),
  }
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
  const rows = await queryOnce(query, writes, isRetry)
  const answers = new Map<number, WriteAnswer>(rows.map((row) => [row.n, toAnswer(row)]))
  if (isRetry && answers.size < writes.length) await addLandedBefore(query, writes, answers)
  return writes.map(({ lease }, n) => answers.get(n) ?? new FencedError(lease.runId))
}

interface StateRow {
  readonly n: number
  readonly cancel_requested?: boolean
  readonly suspend_requested?: boolean
  readonly dispatch_seq: number
  readonly is_due: boolean
  readonly has_duties: boolean
}

function toAnswer(row: StateRow): WriteAnswer {
  return {
    cancelRequested: row.cancel_requested ?? false,
    suspendRequested: row.suspend_requested ?? false,
    dispatchSeq: row.dispatch_seq,
    isDue: row.is_due,
    hasDuties: row.has_duties,
  }
}

/** Steps are new nearly always; only when they are not, the statement that looks for repetitions does it again. */
async function queryOnce(query: Query, writes: readonly RunWrite[], isRetry: boolean): Promise<StateRow[]> {
  const args = toArguments(writes)
  if (!writes.every(isPlain)) return query<StateRow>(WRITE_FULL_SQL, [...args, ...toWaitArguments(writes)])
  if (isRetry) return query<StateRow>(WRITE_PLAIN_SQL, args)
  try {
    return await query<StateRow>(WRITE_NEW_SQL, args)
  } catch (error) {
    if (!isUniqueViolation(error)) throw error
    return query<StateRow>(WRITE_PLAIN_SQL, args)
  }
}

/** Most writes neither park nor concern waits: they have a shorter statement. */
function isPlain({ status, waits }: RunWrite): boolean {
  return status !== 'waiting' && status !== 'suspended' && waits.opened.length === 0 && waits.closed.length === 0
}

function toArguments(writes: readonly RunWrite[]): string[] {
  const ordered = inLockOrder(writes)
  return [
    ...toColumns(
      ordered.map(({ write, position }) => [position, ...write.row]),
      WRITE_RUN_COLUMNS.length,
    ),
    ...toColumns(
      ordered.flatMap(({ write }) => write.steps),
      WRITE_STEP_COLUMNS.length,
    ),
  ]
}

function toWaitArguments(writes: readonly RunWrite[]): string[] {
  const rowsOf = (pick: (waits: WaitChanges) => readonly TextRow[]): TextRow[] =>
    writes.flatMap(({ waits }, n) => pick(waits).map((row) => [String(n), ...row]))
  return [
    ...toColumns(
      rowsOf(({ opened }) => opened),
      OPENED_WAIT_COLUMNS.length,
    ),
    ...toColumns(
      rowsOf(({ closed }) => closed),
      CLOSED_WAIT_COLUMNS.length,
    ),
  ]
}

/** All statements lock runs in the order of their ids, so that no two wait for each other. */
function inLockOrder(writes: readonly RunWrite[]): { write: RunWrite; position: string }[] {
  return writes
    .map((write, n) => ({ write, position: String(n) }))
    .sort((a, b) => (a.write.lease.runId < b.write.lease.runId ? -1 : 1))
}

/**
 * After a cut connection, a write that ends or parks a run may have been committed without our knowing. Nobody else can
 * end the run's execution without raising its epoch, so a run that stands still under ours was left so by that write.
 */
async function addLandedBefore(
  query: Query,
  writes: readonly RunWrite[],
  answers: Map<number, WriteAnswer>,
): Promise<void> {
  type LandedRow = StateRow & { readonly epoch: number; readonly status: RunStatus }
  const asked = writes.map(({ lease }, n) => [String(n), lease.runId, lease.tenantId])
  for (const row of await query<LandedRow>(READ_STATE_SQL, toColumns(asked, 3))) {
    const write = writes[row.n]
    if (write === undefined || write.status === 'running' || answers.has(row.n)) continue
    const isAtRest = row.status !== 'running' && isTerminal(row.status) === isTerminal(write.status)
    if (isAtRest && row.epoch === write.lease.epoch) answers.set(row.n, toAnswer(row))
  }
}
