import type { RunId } from '../contracts/ids.js'
import { assertDeduplicationKey } from '../ports/deduplication-key.js'
import type { CreatedRun, NewRun } from '../ports/journal.js'
import { jsonField, numberField, type TextRow, textField, toColumns } from './columns.js'
import type { Query } from './query.js'
import { CREATE_COLUMNS, CREATE_SQL, FIND_COLUMNS, FIND_SQL } from './statements/create.sql.js'
import { NULL_VALUE } from './statements/fragments.sql.js'

/** A run to be recorded, as `create` was asked for it. */
export interface Creation {
  readonly run: NewRun
  readonly owner: string | undefined
  readonly row: TextRow
}

/** @throws UserError `journal.invalid_deduplication_key`, `journal.invalid_text`; TypeError when the trigger is no JSON */
export function toCreation(run: NewRun, lease: { owner: string; leaseMs: number } | undefined): Creation {
  const { deduplicationKey: key } = run
  if (key !== undefined) assertDeduplicationKey(key)
  const row = [
    textField(run.runId, 'run id'),
    textField(run.tenantId, 'tenant id'),
    textField(run.customerId, 'customer id'),
    textField(run.workflowId, 'workflow id'),
    textField(run.versionId, 'version id'),
    run.mode,
    key ?? NULL_VALUE,
    lease === undefined ? NULL_VALUE : textField(lease.owner, 'owner'),
    numberField(lease?.leaseMs),
    jsonField(run.trigger),
  ]
  return { run, owner: lease?.owner, row }
}

/**
 * Records runs of distinct ids.
 *
 * @param isRetry whether an earlier attempt may have been committed without our knowing
 */
export async function createRuns(
  query: Query,
  creations: readonly Creation[],
  isRetry: boolean,
): Promise<CreatedRun[]> {
  type Row = { readonly id: RunId; readonly created_at: number }
  const rows = await query<Row>(
    CREATE_SQL,
    toColumns(
      creations.map(({ row }) => row),
      CREATE_COLUMNS.length,
    ),
  )
  const createdAt = new Map(rows.map((row) => [row.id, row.created_at]))
  const known = creations.filter(({ run }) => !createdAt.has(run.runId))
  const found = known.length === 0 ? new Map<RunId, CreatedRun>() : await findRuns(query, known, isRetry)
  return creations.map(({ run: { runId } }) => {
    const at = createdAt.get(runId)
    return at === undefined
      ? (found.get(runId) ?? { runId, created: false, createdAt: 0 })
      : { runId, created: true, createdAt: at }
  })
}

/** What stands in the place of each run; after an unknown outcome that may be the very run we recorded. */
async function findRuns(
  query: Query,
  creations: readonly Creation[],
  isRetry: boolean,
): Promise<Map<RunId, CreatedRun>> {
  type Row = { n: number; id: RunId; created_at: number; epoch: number | null; lease_owner: string | null }
  const asked = creations.map(({ row: [id = '', tenantId = '', , workflowId = '', , , key = NULL_VALUE] }, n) => [
    String(n),
    id,
    tenantId,
    workflowId,
    key,
  ])
  const rows = await query<Row>(FIND_SQL, toColumns(asked, FIND_COLUMNS.length))
  const found = new Map<RunId, CreatedRun>()
  for (const { n, id, created_at, epoch, lease_owner } of rows) {
    const creation = creations[n]
    if (creation === undefined) continue
    const isUntouched = creation.owner === undefined || (epoch === 1 && lease_owner === creation.owner)
    const isOurs = isRetry && id === creation.run.runId && isUntouched
    found.set(creation.run.runId, { runId: id, created: isOurs, createdAt: created_at })
  }
  return found
}
