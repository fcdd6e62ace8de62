import type { RunId } from '../contracts/ids.js'
import type { ClaimedRun } from '../ports/journal.js'
import { textField, toColumns } from './columns.js'
import type { Query } from './query.js'
import { type AnswerRow, type RunStepRow, type TriggerRow, toClaimedRun } from './rows.js'
import { ANSWERS_SQL, CLAIM_SQL, STEPS_SQL } from './statements/lease.sql.js'

/** Takes over those of the runs that have work now. */
export async function claimRuns(
  query: Query,
  request: { runIds: readonly RunId[]; owner: string; leaseMs: number },
): Promise<ClaimedRun[]> {
  const runIds = [...new Set(request.runIds)].sort().map((runId) => [textField(runId, 'run id')])
  if (runIds.length === 0) return []
  const rows = await query<RunStepRow>(CLAIM_SQL, [...toColumns(runIds, 1), request.owner, request.leaseMs])
  const triggers = rows.filter(isTrigger)
  const steps = groupByRun(rows.filter((row) => !isTrigger(row)))
  const reread = await readAgain(query, triggers)
  const answers = await readAnswers(query, triggers)
  return triggers.map((row) =>
    toClaimedRun(row, {
      steps: (row.is_stale ? reread : steps).get(row.id) ?? [],
      answers: answers.get(row.id) ?? [],
    }),
  )
}

/**
 * The former owner may have written between the moment the claim looked and the moment it locked the run. A statement
 * sees the journal as of its beginning, so for such runs a second one reads what now is complete.
 */
async function readAgain(query: Query, triggers: readonly TriggerRow[]): Promise<ReadonlyMap<RunId, RunStepRow[]>> {
  const stale = triggers.filter(({ is_stale }) => is_stale)
  return stale.length === 0 ? new Map() : groupByRun(await query<RunStepRow>(STEPS_SQL, toKeys(stale)))
}

/** Answers are read after the claim: from then on new ones wake the run again. */
async function readAnswers(query: Query, triggers: readonly TriggerRow[]): Promise<ReadonlyMap<RunId, AnswerRow[]>> {
  const waiting = triggers.filter(({ has_duties }) => has_duties)
  return waiting.length === 0 ? new Map() : groupByRun(await query<AnswerRow>(ANSWERS_SQL, toKeys(waiting)))
}

function toKeys(triggers: readonly TriggerRow[]): string[] {
  return toColumns(
    triggers.map((row) => [row.id, row.tenant_id]),
    2,
  )
}

function isTrigger(row: RunStepRow): row is TriggerRow {
  return row.step_path === ''
}

function groupByRun<Row extends { readonly id: RunId }>(rows: readonly Row[]): ReadonlyMap<RunId, Row[]> {
  const groups = new Map<RunId, Row[]>()
  for (const row of rows) {
    const group = groups.get(row.id)
    if (group === undefined) groups.set(row.id, [row])
    else group.push(row)
  }
  return groups
}
