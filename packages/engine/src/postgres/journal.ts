import type postgres from 'postgres'
import { FencedError } from '../contracts/errors.js'
import type { RunId } from '../contracts/ids.js'
import type { RunStatus, StepRecord, WebhookResponse } from '../contracts/run.js'
import type { TenantScope } from '../contracts/scope.js'
import type { ClaimedRun, CreatedRun, DueRun, Journal, Lease, NewRun, RunEnd, RunRecord } from '../ports/journal.js'
import { GroupWriter } from './group-writer.js'
import { type ClaimRow, type RunRow, type StepRow, toClaimedRun, toRunRecord, toStepRecord } from './rows.js'
import { CREATE_SQL, FIND_KEYS_SQL } from './statements/create.sql.js'
import { CANCEL_SQL, CLAIM_SQL, DUE_SQL, RELEASE_SQL, RENEW_SQL } from './statements/lease.sql.js'
import { READ_RUN_SQL, READ_STEPS_SQL } from './statements/read.sql.js'
import { READ_STATE_SQL, WRITE_SQL } from './statements/write.sql.js'

/**
 * The journal in PostgreSQL 15 or newer, in the tables that `migrate` makes. Writes of all runs in the process share
 * commits; `synchronous_commit` is left as the server has it (on).
 *
 * `sql` is a client of its own or shared, best made with `fetch_types: false` and `types: ARRAY_TYPES`; its role needs SELECT, INSERT and UPDATE on the engine's tables
 */
export function createPostgresJournal({
  sql,
  queryTimeoutMs = DEFAULT_QUERY_TIMEOUT_MS,
}: PostgresJournalOptions): Journal {
  return new PostgresJournal(sql, queryTimeoutMs)
}

const DEFAULT_QUERY_TIMEOUT_MS = 15_000

export interface PostgresJournalOptions {
  readonly sql: postgres.Sql
  /** A query without an answer for this long counts as lost, and is repeated where that is safe. @default 15_000 */
  readonly queryTimeoutMs?: number
}

interface RunWrite {
  readonly lease: Lease
  readonly steps: readonly StepRecord[]
  readonly change: RunChange
}

interface RunChange {
  /** Absent when the run goes on. */
  readonly status?: RunStatus
  readonly end?: RunEnd
  readonly response?: WebhookResponse
  readonly wakeAt?: number
}

interface WriteAnswer {
  readonly cancelRequested: boolean
  readonly dispatchSeq: number
}

interface Creation {
  readonly run: NewRun
  readonly lease: { readonly owner: string; readonly leaseMs: number } | undefined
}

class PostgresJournal implements Journal {
  private readonly creates = new GroupWriter<Creation, CreatedRun>((creations) => this.createAll(creations))
  private readonly writes = new GroupWriter<RunWrite, WriteAnswer>((writes, { isRetry }) =>
    this.writeAll(writes, isRetry),
  )

  constructor(
    private readonly sql: postgres.Sql,
    private readonly queryTimeoutMs: number,
  ) {}

  create(run: NewRun, lease?: { owner: string; leaseMs: number }): Promise<CreatedRun> {
    return this.creates.write({ run, lease })
  }

  async append(lease: Lease, steps: readonly StepRecord[]): Promise<{ cancelRequested: boolean }> {
    return this.writes.write({ lease, steps, change: {} })
  }

  async respond(lease: Lease, steps: readonly StepRecord[], response: WebhookResponse): Promise<void> {
    await this.writes.write({ lease, steps, change: { response } })
  }

  async finish(lease: Lease, steps: readonly StepRecord[], end: RunEnd): Promise<void> {
    await this.writes.write({ lease, steps, change: { status: end.status, end } })
  }

  async park(lease: Lease, steps: readonly StepRecord[], wakeAt: number): Promise<{ dispatchSeq: number }> {
    return this.writes.write({ lease, steps, change: { status: 'waiting', wakeAt } })
  }

  async claim(request: { runIds: readonly RunId[]; owner: string; leaseMs: number }): Promise<ClaimedRun[]> {
    const rows = await this.query<ClaimRow>(CLAIM_SQL, [[...request.runIds], request.owner, request.leaseMs])
    return rows.map(toClaimedRun)
  }

  async renew(leases: readonly Lease[], leaseMs: number): Promise<{ held: boolean; cancelRequested: boolean }[]> {
    const rows = await this.query<{ id: RunId; cancel_requested: boolean }>(RENEW_SQL, [
      ...idsAndEpochs(leases),
      leaseMs,
    ])
    const held = new Map(rows.map((row) => [row.id, row.cancel_requested]))
    return leases.map(({ runId }) => ({ held: held.has(runId), cancelRequested: held.get(runId) ?? false }))
  }

  async release(leases: readonly Lease[]): Promise<void> {
    await this.query(RELEASE_SQL, idsAndEpochs(leases))
  }

  async requestCancel(
    scope: TenantScope,
    runId: RunId,
  ): Promise<'cancelled' | 'requested' | 'already_ended' | 'not_found'> {
    const args = scopeArguments(scope, runId)
    const [changed] = await this.query<{ status: RunStatus }>(CANCEL_SQL, args)
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

  private async createAll(creations: readonly Creation[]): Promise<CreatedRun[]> {
    type Row = { id: RunId; created_at: number }
    const rows = await this.query<Row>(CREATE_SQL, [`[${creations.map(creationJson).join()}]`])
    const created = new Map(rows.map(({ id, created_at }) => [id, created_at]))
    const runs = creations.map(({ run }) => run)
    const taken = runs.filter(({ runId }) => !created.has(runId))
    const holders = taken.length === 0 ? new Map<string, RunId>() : await this.keyHolders(taken)
    return runs.map((run) => {
      const runId = created.has(run.runId) ? run.runId : (holders.get(keyText(run)) ?? run.runId)
      return { runId, created: runId === run.runId, createdAt: created.get(run.runId) ?? 0 }
    })
  }

  private async keyHolders(runs: readonly NewRun[]): Promise<Map<string, RunId>> {
    const lists = [
      runs.map(({ tenantId }) => tenantId),
      runs.map(({ workflowId }) => workflowId),
      runs.map(({ deduplicationKey }) => deduplicationKey ?? ''),
    ]
    type KeyRow = { tenant_id: string; workflow_id: string; key: string; run_id: RunId }
    const rows = await this.query<KeyRow>(FIND_KEYS_SQL, lists)
    return new Map(rows.map((row) => [`${row.tenant_id} ${row.workflow_id} ${row.key}`, row.run_id]))
  }

  private async writeAll(writes: readonly RunWrite[], isRetry: boolean): Promise<(WriteAnswer | Error)[]> {
    const runs = `[${writes.map(runWriteJson).join()}]`
    const steps = `[${writes.flatMap(({ lease, steps: records }) => stepsJson(lease.runId, records)).join()}]`
    type HeldRow = { id: RunId; cancel_requested: boolean; dispatch_seq: number }
    const rows = await this.query<HeldRow>(WRITE_SQL, [runs, steps])
    const held = new Map(rows.map((row) => [row.id, row]))
    const refused = isRetry ? writes.filter(({ lease }) => !held.has(lease.runId)) : []
    const landed = refused.length === 0 ? new Map<RunId, WriteAnswer>() : await this.landedBefore(refused)
    return writes.map(({ lease }) => {
      const row = held.get(lease.runId)
      if (row !== undefined) return { cancelRequested: row.cancel_requested, dispatchSeq: row.dispatch_seq }
      return landed.get(lease.runId) ?? new FencedError(lease.runId)
    })
  }

  /**
   * After a cut connection, a write that ends or parks a run may have been committed without our knowing; the run then
   * stands, under our own epoch, just as that write left it.
   */
  private async landedBefore(writes: readonly RunWrite[]): Promise<Map<RunId, WriteAnswer>> {
    type StateRow = { id: RunId; epoch: number; status: RunStatus; dispatch_seq: number }
    const rows = await this.query<StateRow>(READ_STATE_SQL, [writes.map(({ lease }) => lease.runId)])
    const states = new Map(rows.map((row) => [row.id, row]))
    const landed = new Map<RunId, WriteAnswer>()
    for (const { lease, change } of writes) {
      const state = states.get(lease.runId)
      if (state !== undefined && state.epoch === lease.epoch && state.status === change.status) {
        landed.set(lease.runId, { cancelRequested: false, dispatchSeq: state.dispatch_seq })
      }
    }
    return landed
  }

  private async query<Row extends object>(text: string, args: readonly unknown[]): Promise<Row[]> {
    // The statements are constants of this package with numbered parameters; nothing is ever spliced into them.
    const query = this.sql.unsafe<Row[]>(text, args as postgres.ParameterOrJSON<never>[], { prepare: true })
    return withDeadline(query, this.queryTimeoutMs)
  }
}

/** The driver may leave a query without an answer when its connection is cut at a bad moment; nobody may wait for ever. */
async function withDeadline<T>(query: PromiseLike<T>, ms: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const expired = new Promise<never>((_, reject) => {
    const error = Object.assign(new Error(`PostgreSQL gave no answer within ${ms} ms.`), { code: 'ETIMEDOUT' })
    timer = setTimeout(() => reject(error), ms)
  })
  try {
    return await Promise.race([query, expired])
  } finally {
    clearTimeout(timer)
  }
}

function idsAndEpochs(leases: readonly Lease[]): [string[], number[]] {
  return [leases.map(({ runId }) => runId), leases.map(({ epoch }) => epoch)]
}

function scopeArguments({ tenantId, customerId }: TenantScope, runId: RunId): [string, string | null, string] {
  return [tenantId, customerId ?? null, runId]
}

function keyText({ tenantId, workflowId, deduplicationKey }: NewRun): string {
  return `${tenantId} ${workflowId} ${deduplicationKey ?? ''}`
}

function creationJson({ run, lease }: Creation): string {
  return JSON.stringify({
    id: run.runId,
    tenant_id: run.tenantId,
    customer_id: run.customerId,
    workflow_id: run.workflowId,
    version_id: run.versionId,
    mode: run.mode,
    key: run.deduplicationKey,
    trigger: run.trigger,
    owner: lease?.owner,
    lease_ms: lease?.leaseMs,
  })
}

function runWriteJson({ lease, change }: RunWrite): string {
  return JSON.stringify({
    id: lease.runId,
    epoch: lease.epoch,
    status: change.status,
    output: change.end?.output,
    error: change.end?.error,
    response: change.response,
    wake_at: change.wakeAt,
  })
}

/** One row a step: of several records of a step in one write only the last counts, as one statement may not say both. */
function stepsJson(runId: RunId, steps: readonly StepRecord[]): string[] {
  const last = new Map(steps.map((step) => [`${step.stepPath}\n${step.iteration}`, step]))
  return [...last.values()].map((step) =>
    JSON.stringify({
      run_id: runId,
      step_path: step.stepPath,
      iteration: step.iteration,
      type: step.type,
      status: step.status,
      attempt: step.attempt,
      input: step.input,
      output: step.output,
      error: step.error,
      started_at: Math.round(step.startedAt),
      finished_at: step.finishedAt === undefined ? undefined : Math.round(step.finishedAt),
      wake_at: step.wakeAt === undefined ? undefined : Math.round(step.wakeAt),
    }),
  )
}
