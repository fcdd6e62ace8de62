import type { RunId, TenantId } from '../contracts/ids.js'
import type { DueRun } from '../ports/journal.js'
import { type DueRow, toDueRuns } from './due-rows.js'
import { give } from './gifts.js'
import type { Connection, Query } from './query.js'
import { DUTIES_SQL, LOCK_DUTIES_SQL, SETTLED_SQL } from './statements/settle.sql.js'
import { ADMIT_SQL, LOCK_SLOT_SQL } from './statements/slot.sql.js'

/** An ended run that may have left something to do. */
export interface EndedRun {
  readonly runId: RunId
  readonly tenantId: TenantId
}

interface DutiesRow {
  readonly parent_run_id: RunId | null
  readonly parent_step_path: string | null
  readonly parent_iteration: string | null
  readonly answer: string
  readonly slot_key: string | null
}

/**
 * Does what an ended run leaves to do: tells its parent, gives its place on, removes its waits. Safe to repeat, also by
 * several processes at once; `due` repeats it when this process dies before it is done. Resolves to whom to dispatch.
 */
export async function settle(connection: Connection, ended: EndedRun): Promise<DueRun[]> {
  const { runId, tenantId } = ended
  const [duties] = await connection.query<DutiesRow>(DUTIES_SQL, [runId, tenantId])
  if (duties === undefined) return []
  const told = await tellParent(connection, ended, duties)
  const admitted = await connection.transaction(async (query) => {
    if (duties.slot_key !== null) await query(LOCK_SLOT_SQL, [tenantId, duties.slot_key])
    const [locked] = await query(LOCK_DUTIES_SQL, [runId, tenantId])
    if (locked === undefined) return []
    await query(SETTLED_SQL, [runId, tenantId])
    return duties.slot_key === null ? [] : admitNext(query, tenantId, duties.slot_key)
  })
  return [...told, ...admitted]
}

async function tellParent(connection: Connection, child: EndedRun, duties: DutiesRow): Promise<readonly DueRun[]> {
  const { parent_run_id: runId, parent_step_path: stepPath, parent_iteration: iteration, answer } = duties
  if (runId === null || stepPath === null || iteration === null) return []
  const gift = { runId, tenantId: child.tenantId, stepPath, iteration, childRunId: child.runId, answer }
  return (await give(connection, [gift])).due
}

/** Gives free places of a slot, whose lock this transaction holds, to those that have waited longest. */
export async function admitNext(query: Query, tenantId: TenantId, slotKey: string): Promise<DueRun[]> {
  const admitted: DueRun[] = []
  for (;;) {
    const rows = await query<DueRow>(ADMIT_SQL, [tenantId, slotKey])
    if (rows.length === 0) return admitted
    admitted.push(...toDueRuns(rows))
  }
}
