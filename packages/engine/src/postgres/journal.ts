import type postgres from 'postgres'
import type { RunId } from '../contracts/ids.js'
import type { RunStatus, StepRecord, WebhookResponse } from '../contracts/run.js'
import type { TenantScope } from '../contracts/scope.js'
import type { ClaimedRun, CreatedRun, DueRun, Journal, Lease, NewRun, RunEnd, RunRecord } from '../ports/journal.js'
import { numberField, textField, toColumns } from './columns.js'
import { type Creation, createRuns, toCreation } from './creations.js'
import { GroupWriter } from './group-writer.js'
import { createQuery, type Query } from './query.js'
import {
  type RunRow,
  type RunStepRow,
  type StepRow,
  type TriggerRow,
  toClaimedRun,
  toRunRecord,
  toStepRecord,
} from './rows.js'
import { type RunWrite, toRunWrite, type WriteAnswer, writeRuns } from './run-writes.js'
import { CANCEL_SQL } from './statements/cancel.sql.js'
import { CLAIM_SQL, DUE_SQL, LEASE_COLUMNS, RELEASE_SQL, RENEW_SQL, STEPS_SQL } from './statements/lease.sql.js'
import { READ_RUN_SQL, READ_STEPS_SQL } from './statements/read.sql.js'

const DEFAULT_QUERY_TIMEOUT_MS = 15_000

export interface PostgresJournalOptions {
  /** A client of its own or shared; its role needs SELECT, INSERT and UPDATE on the engine's tables. */
  readonly sql: postgres.Sql
  /** A query without an answer for this long counts as lost, and is repeated where that is safe. @default 15_000 */
  readonly queryTimeoutMs?: number
}

/**
 * The journal in PostgreSQL 15 or newer, in the tables that `migrate` makes. Writes of all runs in the process share
 * commits; `synchronous_commit` is left as the server has it (on).
 */
export function createPostgresJournal({
  sql,
  queryTimeoutMs = DEFAULT_QUERY_TIMEOUT_MS,
}: PostgresJournalOptions): Journal {
  return createJournalOver(createQuery(sql, queryTimeoutMs))
}

/**
 * The journal over any way to run its statements.
 *
 * @internal
 */
export function createJournalOver(query: Query): Journal {
  return new PostgresJournal(query)
}

class PostgresJournal implements Journal {
  private readonly creates: GroupWriter<Creation, CreatedRun>
  private readonly writes: GroupWriter<RunWrite, WriteAnswer>

  constructor(private readonly query: Query) {
    this.creates = new GroupWriter<Creation, CreatedRun>(
      (creations, { isRetry }) => createRuns(query, creations, isRetry),
      ({ run }) => run.runId,
    )
    this.writes = new GroupWriter<RunWrite, WriteAnswer>(
      (writes, { isRetry }) => writeRuns(query, writes, isRetry),
      ({ lease }) => lease.runId,
    )
  }

  async create(run: NewRun, lease?: { owner: string; leaseMs: number }): Promise<CreatedRun> {
    return this.creates.write(toCreation(run, lease))
  }

  async append(lease: Lease, steps: readonly StepRecord[]): Promise<{ cancelRequested: boolean }> {
    return this.writes.write(toRunWrite(lease, steps, {}))
  }

  async respond(lease: Lease, steps: readonly StepRecord[], response: WebhookResponse): Promise<void> {
    await this.writes.write(toRunWrite(lease, steps, { response }))
  }

  async finish(lease: Lease, steps: readonly StepRecord[], end: RunEnd): Promise<void> {
    await this.writes.write(toRunWrite(lease, steps, { status: end.status, end }))
  }

  async park(lease: Lease, steps: readonly StepRecord[], wakeAt: number): Promise<{ dispatchSeq: number }> {
    return this.writes.write(toRunWrite(lease, steps, { status: 'waiting', wakeAt }))
  }

  async claim(request: { runIds: readonly RunId[]; owner: string; leaseMs: number }): Promise<ClaimedRun[]> {
    const runIds = [...new Set(request.runIds)].sort().map((runId) => [textField(runId, 'run id')])
    if (runIds.length === 0) return []
    const rows = await this.query<RunStepRow>(CLAIM_SQL, [...toColumns(runIds, 1), request.owner, request.leaseMs])
    const triggers = rows.filter(isTrigger)
    const steps = groupByRun(rows.filter((row) => !isTrigger(row)))
    const reread = await this.stepsOfRecovered(triggers)
    return triggers.map((row) => toClaimedRun(row, (row.recovered ? reread : steps).get(row.id) ?? []))
  }

  async renew(leases: readonly Lease[], leaseMs: number): Promise<{ held: boolean; cancelRequested: boolean }[]> {
    type Row = { n: number; cancel_requested: boolean }
    const rows = await this.query<Row>(RENEW_SQL, [...leaseColumns(leases), leaseMs])
    const held = new Map(rows.map((row) => [leaseKey(leases[row.n]), row.cancel_requested]))
    return leases.map((lease) => {
      const cancelRequested = held.get(leaseKey(lease))
      return { held: cancelRequested !== undefined, cancelRequested: cancelRequested ?? false }
    })
  }

  async release(leases: readonly Lease[]): Promise<void> {
    await this.query(RELEASE_SQL, leaseColumns(leases))
  }

  async requestCancel(
    scope: TenantScope,
    runId: RunId,
  ): Promise<'cancelled' | 'requested' | 'already_ended' | 'not_found'> {
    const [changed] = await this.query<{ status: RunStatus }>(CANCEL_SQL, scopeArguments(scope, runId))
    if (changed !== undefined) return changed.status === 'cancelled' ? 'cancelled' : 'requested'
    return (await this.readRun(scope, runId)) === undefined ? 'not_found' : 'already_ended'
  }

  async due(limit: number): Promise<DueRun[]> {
    const rows = await this.query<{ id: RunId; dispatch_seq: number }>(DUE_SQL, [limit])
    return rows.map(({ id, dispatch_seq }) => ({ runId: id, dispatchSeq: dispatch_seq }))
  }

  async readRun(scope: TenantScope, runId: RunId): Promise<RunRecord | undefined> {
    const [row] = await this.query<RunRow>(READ_RUN_SQL, scopeArguments(scope, runId))
    return row === undefined ? undefined : toRunRecord(row)
  }

  async readSteps(scope: TenantScope, runId: RunId): Promise<StepRecord[]> {
    const rows = await this.query<StepRow>(READ_STEPS_SQL, scopeArguments(scope, runId))
    return rows.map(toStepRecord)
  }

  /**
   * The late owner of an expired lease may have written between the moment the claim looked and the moment it locked the
   * run. A statement sees the journal as of its beginning, so for these runs a second one reads what now is complete.
   */
  private async stepsOfRecovered(triggers: readonly TriggerRow[]): Promise<ReadonlyMap<RunId, StepRow[]>> {
    const recovered = triggers.filter((row) => row.recovered).map((row) => [row.id, row.tenant_id])
    if (recovered.length === 0) return new Map()
    return groupByRun(await this.query<RunStepRow>(STEPS_SQL, toColumns(recovered, 2)))
  }
}

function isTrigger(row: RunStepRow): row is TriggerRow {
  return row.step_path === ''
}

function groupByRun(rows: readonly RunStepRow[]): ReadonlyMap<RunId, StepRow[]> {
  const steps = new Map<RunId, StepRow[]>()
  for (const row of rows) {
    const list = steps.get(row.id)
    if (list === undefined) steps.set(row.id, [row])
    else list.push(row)
  }
  return steps
}

function leaseKey(lease: Lease | undefined): string {
  return lease === undefined ? '' : `${lease.runId} ${lease.epoch}`
}

/** Each lease once, in the order of the run ids: the order in which all statements lock runs. */
function leaseColumns(leases: readonly Lease[]): string[] {
  const distinct = new Map(leases.map((lease, n) => [leaseKey(lease), { lease, n }]))
  const ordered = [...distinct.values()].sort((a, b) => (a.lease.runId < b.lease.runId ? -1 : 1))
  const rows = ordered.map(({ lease, n }) => [
    String(n),
    textField(lease.runId, 'run id'),
    textField(lease.tenantId, 'tenant id'),
    numberField(lease.epoch),
  ])
  return toColumns(rows, LEASE_COLUMNS.length)
}

function scopeArguments({ tenantId, customerId }: TenantScope, runId: RunId): [string, string | null, string] {
  return [tenantId, customerId ?? null, runId]
}
