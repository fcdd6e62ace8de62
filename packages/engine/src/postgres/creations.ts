import type { RunId } from '../contracts/ids.js'
import type { StepRecord } from '../contracts/run.js'
import { assertDeduplicationKey } from '../ports/deduplication-key.js'
import type { CreatedRun, NewRun } from '../ports/journal.js'
import { jsonField, numberField, type TextRow, textField, toColumns } from './columns.js'
import type { Query } from './query.js'
import {
  COPIED_STEP_COLUMNS,
  CREATE_FULL,
  CREATE_PLAIN,
  type CreateStatement,
  FIND_COLUMNS,
  FIND_SQL,
} from './statements/create.sql.js'
import { NULL_VALUE } from './statements/fragments.sql.js'

/** How a new run begins when not at once. */
export interface Admission {
  readonly kind: CreatedRun['admission']
  /** Why a skipped run has ended, as JSON. */
  readonly error?: string
}

/** A run to be recorded, as `create` was asked for it. */
export interface Creation {
  readonly run: NewRun
  readonly owner: string | undefined
  readonly row: TextRow
  /** Steps that a fork takes over. */
  readonly steps: readonly TextRow[]
  readonly admission: CreatedRun['admission']
}

/** @throws UserError `journal.invalid_deduplication_key`, `journal.invalid_text`; TypeError when the trigger is no JSON */
export function toCreation(
  run: NewRun,
  lease: { owner: string; leaseMs: number } | undefined,
  { kind, error }: Admission = { kind: 'admitted' },
): Creation {
  const { deduplicationKey: key } = run
  if (key !== undefined) assertDeduplicationKey(key)
  const isDelayed = kind === 'admitted' && (run.delayMs ?? 0) > 0
  const admission = isDelayed ? 'delayed' : kind
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
    ...(isPlain(run)
      ? []
      : [...toExtraFields(run), admission === 'admitted' ? NULL_VALUE : admission, error ?? NULL_VALUE]),
  ]
  return { run, owner: lease?.owner, row, steps: toCopiedSteps(run), admission }
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
  const isAllPlain = creations.every(({ run }) => isPlain(run))
  const statement = isAllPlain ? CREATE_PLAIN : CREATE_FULL
  const copied = toColumns(
    creations.flatMap(({ steps }) => steps),
    COPIED_STEP_COLUMNS.length,
  )
  const rows = await query<Row>(statement.sql, [...toRunColumns(creations, statement), ...(isAllPlain ? [] : copied)])
  const createdAt = new Map(rows.map((row) => [row.id, row.created_at]))
  const known = creations.filter(({ run }) => !createdAt.has(run.runId))
  const found = known.length === 0 ? new Map<RunId, CreatedRun>() : await findRuns(query, known, isRetry)
  return creations.map(({ run: { runId }, admission }) => {
    const at = createdAt.get(runId)
    return at === undefined
      ? (found.get(runId) ?? { runId, created: false, createdAt: 0, admission: 'admitted', cancelled: [] })
      : { runId, created: true, createdAt: at, admission, cancelled: [] }
  })
}

function toRunColumns(creations: readonly Creation[], { columns }: CreateStatement): string[] {
  return toColumns(
    creations.map(({ row }) => row),
    columns.length,
  )
}

/** Whether the run needs nothing but what every run has; most are so, and their statement is shorter. */
function isPlain({ parent, steps = [], origin, priority = 0, delayMs = 0, slot, refused }: NewRun): boolean {
  return (
    parent === undefined &&
    steps.length === 0 &&
    origin === undefined &&
    priority === 0 &&
    delayMs <= 0 &&
    slot === undefined &&
    refused === undefined
  )
}

const MAX_PRIORITY = 600

function toExtraFields({ parent, origin, priority = 0, delayMs = 0, slot }: NewRun): string[] {
  return [
    parent === undefined ? NULL_VALUE : textField(parent.runId, "parent's run id"),
    parent === undefined ? NULL_VALUE : textField(parent.stepPath, 'step path'),
    parent === undefined ? NULL_VALUE : textField(parent.iteration, 'iteration'),
    origin === undefined ? NULL_VALUE : textField(origin, 'origin'),
    numberField(Math.max(-MAX_PRIORITY, Math.min(MAX_PRIORITY, priority))),
    delayMs > 0 ? numberField(delayMs) : NULL_VALUE,
    slot === undefined ? NULL_VALUE : textField(slot.key, 'slot'),
    numberField(slot?.limit),
  ]
}

function toCopiedSteps({ runId, tenantId, customerId, steps = [] }: NewRun): TextRow[] {
  return steps.map((step, index) => [runId, tenantId, customerId, String(index + 1), ...toStepFields(step)])
}

/** The values of `STEP_FIELDS`. */
export function toStepFields(step: StepRecord): TextRow {
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

interface FoundRow {
  readonly n: number
  readonly id: RunId
  readonly created_at: number
  readonly epoch: number | null
  readonly lease_owner: string | null
  readonly admission: CreatedRun['admission']
}

/** What stands in the place of each run; after an unknown outcome that may be the very run we recorded. */
async function findRuns(
  query: Query,
  creations: readonly Creation[],
  isRetry: boolean,
): Promise<Map<RunId, CreatedRun>> {
  const asked = creations.map(({ row: [id = '', tenantId = '', , workflowId = '', , , key = NULL_VALUE] }, n) => [
    String(n),
    id,
    tenantId,
    workflowId,
    key,
  ])
  const rows = await query<FoundRow>(FIND_SQL, toColumns(asked, FIND_COLUMNS.length))
  const found = new Map<RunId, CreatedRun>()
  for (const { n, id, created_at, epoch, lease_owner, admission } of rows) {
    const creation = creations[n]
    if (creation === undefined) continue
    const hasLease = creation.owner !== undefined && creation.admission === 'admitted'
    const isUntouched = !hasLease || (epoch === 1 && lease_owner === creation.owner)
    const created = isRetry && id === creation.run.runId && isUntouched
    found.set(creation.run.runId, { runId: id, created, createdAt: created_at, admission, cancelled: [] })
  }
  return found
}
