import type { RunId, TenantId } from '../contracts/ids.js'
import type { DueRun } from '../ports/journal.js'
import { jsonField, type TextRow, toColumns } from './columns.js'
import { type DueRow, toDueRuns } from './due-rows.js'
import type { Connection } from './query.js'
import { NULL_VALUE } from './statements/fragments.sql.js'
import { GIFT_COLUMNS, GIVE_SQL, LOCK_RUNS_SQL } from './statements/wait.sql.js'

/** An answer for a wait, with what must still be true of the wait when it is given. */
export interface Gift {
  readonly runId: RunId
  readonly tenantId: TenantId
  readonly stepPath: string
  readonly iteration: string
  /** JSON text. */
  readonly answer: string
  /** Microseconds; of the wait that was looked at. */
  readonly openedUs?: string
  /** The event that the answer tells of; a run is given it once. */
  readonly eventId?: string
  readonly childRunId?: string
  readonly tokenHash?: string
}

/** Which runs to dispatch, and how many waits were answered. */
export interface Given {
  readonly due: readonly DueRun[]
  readonly count: number
}

/**
 * Answers waits and wakes their runs. Under the lock of its run nothing happens to a wait at the same time, and the
 * second statement sees all that happened before. Of each run, a wait and an event at most once.
 */
export async function give({ transaction }: Connection, gifts: readonly Gift[]): Promise<Given> {
  if (gifts.length === 0) return { due: [], count: 0 }
  const runs = new Map(gifts.map(({ runId, tenantId }) => [runId, [runId, tenantId]]))
  const inLockOrder = [...runs.values()].sort(([a = ''], [b = '']) => (a < b ? -1 : 1))
  const rows = await transaction(async (query) => {
    await query(LOCK_RUNS_SQL, toColumns(inLockOrder, 2))
    return query<DueRow & { given: number }>(GIVE_SQL, toColumns(gifts.map(toRow), GIFT_COLUMNS.length))
  })
  return { due: toDueRuns(rows), count: rows[0]?.given ?? 0 }
}

function toRow(gift: Gift): TextRow {
  return [
    gift.runId,
    gift.tenantId,
    gift.stepPath,
    gift.iteration,
    gift.openedUs ?? NULL_VALUE,
    gift.eventId ?? NULL_VALUE,
    gift.childRunId ?? NULL_VALUE,
    gift.tokenHash ?? NULL_VALUE,
    gift.answer,
  ]
}

/** An event as it is kept. */
export interface KeptEvent {
  readonly event_id: string
  readonly name: string
  /** JSON text. */
  readonly payload: string
  /** Unix milliseconds. */
  readonly received_at: number
}

/** What a wait for an event is answered with, as JSON text: the payload is not touched. */
export function eventAnswer({ event_id, name, payload, received_at }: KeptEvent): string {
  const receivedAt = new Date(received_at).toISOString()
  return `{"id":${jsonField(event_id)},"name":${jsonField(name)},"payload":${payload},"receivedAt":"${receivedAt}"}`
}
