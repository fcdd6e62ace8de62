import type { RunId } from '../contracts/ids.js'
import type { RunStatus, StepAddress } from '../contracts/run.js'
import { isTerminal } from '../contracts/run.js'
import type { TenantScope } from '../contracts/scope.js'
import type { DueRun } from '../ports/journal.js'
import { textField } from './columns.js'
import { type DueRow, toDueRun, toDueRuns } from './due-rows.js'
import type { Connection, Query } from './query.js'
import { admitNext, settle } from './settlements.js'
import { SEPARATOR } from './statements/fragments.sql.js'
import {
  CANCEL_SQL,
  LOCK_STANDING_SQL,
  REOPEN_SQL,
  RESUME_SQL,
  STANDING_SQL,
  SUSPEND_SQL,
} from './statements/request.sql.js'
import { LOCK_SLOT_SQL, SLOT_STATE_SQL, TAKE_SLOT_SQL } from './statements/slot.sql.js'

/** A run in a scope, as the parameters that statements begin with. */
export type ScopeArguments = [tenantId: string, customerId: string | null, runId: string]

/** Names a run of a scope to a statement. */
export function scopeArguments({ tenantId, customerId }: TenantScope, runId: RunId): ScopeArguments {
  return [tenantId, customerId ?? null, runId]
}

/** What became of a run that was asked to cancel. */
export interface CancelRow extends DueRow {
  readonly status: RunStatus
  readonly has_duties: boolean
}

/** The run that was asked, whether or not it should be dispatched. */
export function toCancelled(row: CancelRow): DueRun {
  return toDueRun(row)
}

interface Standing {
  readonly status: RunStatus
  readonly has_duties: boolean
  readonly slot_key: string | null
  readonly slot_limit: number | null
}

async function statusOf(query: Query, scope: ScopeArguments): Promise<RunStatus | undefined> {
  const [standing] = await query<Standing>(STANDING_SQL, scope)
  return standing?.status
}

/** Ends a run that has not begun, or has others end themselves. */
export async function requestCancel(
  connection: Connection,
  scope: TenantScope,
  runId: RunId,
): Promise<{ outcome: 'cancelled' | 'requested' | 'already_ended' | 'not_found'; due: readonly DueRun[] }> {
  const [row] = await connection.query<CancelRow>(CANCEL_SQL, scopeArguments(scope, runId))
  if (row === undefined) {
    const status = await statusOf(connection.query, scopeArguments(scope, runId))
    return { outcome: status === undefined ? 'not_found' : 'already_ended', due: [] }
  }
  if (row.status !== 'cancelled') return { outcome: 'requested', due: toDueRuns([row]) }
  const due = row.has_duties ? await settle(connection, { runId, tenantId: row.tenant_id }) : []
  return { outcome: 'cancelled', due }
}

/** Suspends a run that nobody executes, or asks its owner to. */
export async function requestSuspend(
  { query }: Connection,
  scope: TenantScope,
  runId: RunId,
): Promise<'suspended' | 'requested' | 'already_ended' | 'already_suspended' | 'not_found'> {
  const [row] = await query<{ status: RunStatus }>(SUSPEND_SQL, scopeArguments(scope, runId))
  if (row !== undefined) return row.status === 'suspended' ? 'suspended' : 'requested'
  const status = await statusOf(query, scopeArguments(scope, runId))
  if (status === undefined) return 'not_found'
  return isTerminal(status) ? 'already_ended' : 'already_suspended'
}

/** Lets a suspended run go on, or takes the request back. */
export async function resume(
  connection: Connection,
  scope: TenantScope,
  runId: RunId,
): Promise<{ outcome: 'resumed' | 'not_suspended' | 'not_found'; due: readonly DueRun[] }> {
  type Row = DueRow & { readonly queue: string | null }
  const [row] = await connection.query<Row>(RESUME_SQL, scopeArguments(scope, runId))
  if (row === undefined) {
    const status = await statusOf(connection.query, scopeArguments(scope, runId))
    return { outcome: status === undefined ? 'not_found' : 'not_suspended', due: [] }
  }
  const { queue, tenant_id: tenantId } = row
  if (queue === null) return { outcome: 'resumed', due: toDueRuns([row]) }
  // Suspended runs are passed over when places are given on; one may be free.
  const due = await connection.transaction(async (query) => {
    await query(LOCK_SLOT_SQL, [tenantId, queue])
    return admitNext(query, tenantId, queue)
  })
  return { outcome: 'resumed', due }
}

/** Makes a failed or cancelled run pending again, without the steps to forget. */
export async function reopen(
  connection: Connection,
  { scope, runId }: { scope: TenantScope; runId: RunId },
  forget: readonly StepAddress[],
): Promise<{ outcome: 'reopened' | 'not_ended' | 'not_found'; due: readonly DueRun[] }> {
  const target = scopeArguments(scope, runId)
  const forgotten = toForgotten(forget)
  for (;;) {
    const [standing] = await connection.query<Standing>(STANDING_SQL, target)
    if (standing === undefined) return { outcome: 'not_found', due: [] }
    if (!isTerminal(standing.status) || standing.status === 'succeeded') return { outcome: 'not_ended', due: [] }
    // What the end left to do is done first: afterwards the run has a life of its own again.
    const settled = standing.has_duties ? await settle(connection, { runId, tenantId: scope.tenantId }) : []
    const due = await connection.transaction((query) => reopenOnce(query, { target, forgotten }, standing))
    if (due !== undefined) return { outcome: 'reopened', due: [...settled, ...due] }
  }
}

interface Reopening {
  readonly target: ScopeArguments
  readonly forgotten: readonly [stepPaths: string, iterations: string]
}

/** Resolves to undefined when the run has changed since it was looked at. */
async function reopenOnce(
  query: Query,
  { target, forgotten }: Reopening,
  { slot_key: slotKey, slot_limit: limit }: Standing,
): Promise<DueRun[] | undefined> {
  const [tenantId, , runId] = target
  if (slotKey !== null) await query(LOCK_SLOT_SQL, [tenantId, slotKey])
  const [locked] = await query<Standing>(LOCK_STANDING_SQL, target)
  if (locked === undefined || !isTerminal(locked.status) || locked.has_duties) return undefined
  const isQueued = slotKey !== null && !(await takePlace(query, [tenantId, slotKey, runId], limit ?? 1))
  const rows = await query<DueRow>(REOPEN_SQL, [...target, String(isQueued), ...forgotten])
  return isQueued ? [] : toDueRuns(rows)
}

/** Whether a place was free; else the run waits for one. */
async function takePlace(
  query: Query,
  place: readonly [tenantId: string, slotKey: string, runId: string],
  limit: number,
): Promise<boolean> {
  const [state] = await query<{ taken: number }>(SLOT_STATE_SQL, [...place, '', null])
  const isFree = (state?.taken ?? 0) < limit
  await query(TAKE_SLOT_SQL, [...place, limit, String(isFree)])
  return isFree
}

/** Distinct addresses as two columns. */
function toForgotten(forget: readonly StepAddress[]): [stepPaths: string, iterations: string] {
  const distinct = [...new Map(forget.map((step) => [`${step.stepPath}\n${step.iteration}`, step])).values()]
  return [
    distinct.map(({ stepPath }) => textField(stepPath, 'step path')).join(SEPARATOR),
    distinct.map(({ iteration }) => textField(iteration, 'iteration')).join(SEPARATOR),
  ]
}
