import type { RunId } from '../contracts/ids.js'
import type { CreatedRun, DueRun, NewRun, RunSlot } from '../ports/journal.js'
import { textField } from './columns.js'
import { type Admission, createRuns, toCreation } from './creations.js'
import { isTransientError } from './database-errors.js'
import type { Connection, Query } from './query.js'
import { type CancelRow, toCancelled } from './requests.js'
import { type EndedRun, settle } from './settlements.js'
import { CANCEL_SQL } from './statements/request.sql.js'
import { LOCK_SLOT_SQL, OLDEST_HOLDER_SQL, SLOT_STATE_SQL, TAKE_SLOT_SQL } from './statements/slot.sql.js'

/** A run to be recorded, with the place that it needs. */
export interface SlotCreation {
  readonly run: NewRun
  readonly slot: RunSlot
  readonly lease: { owner: string; leaseMs: number } | undefined
}

/** Each is a transaction of its own; more at once would leave no connection to others. */
const SLOTS_AT_ONCE = 3

/**
 * Records runs that count against limits, of distinct slots. Answers in order, each with what concerns it alone.
 *
 * @param isRetry whether an earlier attempt may have been committed without our knowing
 */
export async function createInSlots(
  connection: Connection,
  creations: readonly SlotCreation[],
  isRetry: boolean,
): Promise<(CreatedRun | Error)[]> {
  const outcomes: PromiseSettledResult<CreatedRun>[] = []
  for (let from = 0; from < creations.length; from += SLOTS_AT_ONCE) {
    const batch = creations.slice(from, from + SLOTS_AT_ONCE)
    outcomes.push(...(await Promise.allSettled(batch.map((creation) => createInSlot(connection, creation, isRetry)))))
  }
  return outcomes.map((outcome) => {
    if (outcome.status === 'fulfilled') return outcome.value
    // Thrown rather than answered, so that all are tried again: those that succeeded are recognised.
    if (isTransientError(outcome.reason) || !(outcome.reason instanceof Error)) throw outcome.reason
    return outcome.reason
  })
}

/**
 * Records a run that counts against a limit: admitted, queued or skipped. Whoever changes the places of a slot holds its
 * lock, so that two runs cannot take the last one.
 *
 * @param isRetry whether an earlier attempt may have been committed without our knowing
 */
async function createInSlot(connection: Connection, creation: SlotCreation, isRetry: boolean): Promise<CreatedRun> {
  const { run } = creation
  const { created, cancelled, ended } = await connection.transaction((query) => record(query, creation, isRetry))
  if (ended === undefined) return { ...created, cancelled }
  // The one that was to make room had not begun, so that its place is free at once; perhaps for this very run.
  const due = await settle(connection, ended)
  const isAdmitted = due.some(({ runId }) => runId === run.runId)
  return { ...created, admission: isAdmitted ? 'admitted' : created.admission, cancelled }
}

interface Recorded {
  readonly created: CreatedRun
  readonly cancelled: readonly DueRun[]
  /** A run that ended at once when it was cancelled. */
  readonly ended?: EndedRun
}

async function record(query: Query, { run, slot, lease }: SlotCreation, isRetry: boolean): Promise<Recorded> {
  const { tenantId, runId, workflowId, deduplicationKey = null } = run
  const key = textField(slot.key, 'slot')
  await query(LOCK_SLOT_SQL, [tenantId, key])
  const [state] = await query<{ taken: number; is_known: boolean }>(SLOT_STATE_SQL, [
    tenantId,
    key,
    runId,
    workflowId,
    deduplicationKey,
  ])
  const admission = admissionTo(slot, state?.taken ?? 0)
  const [created] = await createRuns(query, [toCreation(run, lease, admission)], isRetry)
  if (created === undefined) throw new TypeError('A creation was not answered.')
  if (state?.is_known !== false || !created.created || admission.kind === 'skipped') return { created, cancelled: [] }
  await query(TAKE_SLOT_SQL, [tenantId, key, runId, slot.limit, String(admission.kind === 'admitted')])
  const isOneTooMany = admission.kind === 'queued' && slot.onConflict === 'cancelOldest'
  return { created, ...(isOneTooMany ? await cancelOldest(query, run, key) : { cancelled: [] }) }
}

function admissionTo({ key, limit, onConflict }: RunSlot, taken: number): Admission {
  if (taken < limit) return { kind: 'admitted' }
  if (onConflict !== 'skip') return { kind: 'queued' }
  const error = {
    kind: 'limit',
    title: `The run was skipped: ${taken} of ${limit} places are taken.`,
    detail: `Runs that share the concurrency key "${key}" are skipped while ${limit} of them are under way. Raise the limit, or let further runs queue.`,
    retryable: false,
  }
  return { kind: 'skipped', error: JSON.stringify(error) }
}

async function cancelOldest(query: Query, { tenantId }: NewRun, key: string): Promise<Omit<Recorded, 'created'>> {
  const [oldest] = await query<{ run_id: RunId }>(OLDEST_HOLDER_SQL, [tenantId, key])
  if (oldest === undefined) return { cancelled: [] }
  const [row] = await query<CancelRow>(CANCEL_SQL, [tenantId, null, oldest.run_id])
  if (row === undefined) return { cancelled: [] }
  const cancelled = [toCancelled(row)]
  return row.status === 'cancelled' ? { cancelled, ended: { runId: row.id, tenantId } } : { cancelled }
}
