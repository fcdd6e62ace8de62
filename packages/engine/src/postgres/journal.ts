import type postgres from 'postgres'
import type { RunId } from '../contracts/ids.js'
import type { JsonValue } from '../contracts/json.js'
import type { StepAddress, StepRecord, WebhookResponse } from '../contracts/run.js'
import type { TenantScope } from '../contracts/scope.js'
import type {
  ClaimedRun,
  CreatedRun,
  DueRun,
  HistoryEntry,
  Journal,
  Lease,
  NewEvent,
  NewRun,
  OpenWait,
  RunEnd,
  RunRecord,
  RunRequests,
  RunRest,
  StepWrite,
} from '../ports/journal.js'
import { assertSlot } from '../ports/run-slot.js'
import { answerToken, type OpenWaitRow, toOpenWait } from './answers.js'
import { claimRuns } from './claims.js'
import { type Creation, createRuns, toCreation } from './creations.js'
import { DueRuns } from './due-runs.js'
import {
  deliverEvent,
  type EventKey,
  findWaitedPaths,
  type Publication,
  publishEvents,
  toPublication,
} from './events.js'
import { GroupWriter } from './group-writer.js'
import { readHistory } from './history.js'
import { releaseLeases, renewLeases } from './leases.js'
import { lookForEarlier } from './looks.js'
import { type Connection, createConnection } from './query.js'
import { reopen, requestCancel, requestSuspend, resume, scopeArguments } from './requests.js'
import { type RunRow, type StepRow, toRunRecord, toStepRecord } from './rows.js'
import { type RunWrite, toRunWrite, type WriteAnswer, writeRuns } from './run-writes.js'
import { settle } from './settlements.js'
import { createInSlots, type SlotCreation } from './slots.js'
import { DEAD_RUNS_SQL, READ_RUN_SQL, READ_STEPS_SQL } from './statements/read.sql.js'
import { OPEN_WAITS_SQL } from './statements/wait.sql.js'

const DEFAULT_QUERY_TIMEOUT_MS = 15_000

/** What the journal is made of. */
export interface PostgresJournalOptions {
  /**
   * A client of its own or shared; its role needs SELECT, INSERT, UPDATE and DELETE on the engine's tables.
   * Give it the types of `ARRAY_TYPES`.
   */
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
  return createJournalOver(createConnection(sql, queryTimeoutMs))
}

/**
 * The journal over any way to run its statements.
 *
 * @internal
 */
export function createJournalOver(connection: Connection): Journal {
  return new PostgresJournal(connection)
}

class PostgresJournal implements Journal {
  private readonly creates: GroupWriter<Creation, CreatedRun>
  private readonly slotCreates: GroupWriter<SlotCreation, CreatedRun>
  private readonly writes: GroupWriter<RunWrite, WriteAnswer>
  private readonly publications: GroupWriter<Publication, boolean>
  private readonly waitedPaths: GroupWriter<EventKey, readonly string[]>
  private readonly dueRuns: DueRuns

  constructor(private readonly connection: Connection) {
    const { query } = connection
    this.dueRuns = new DueRuns(connection)
    this.creates = new GroupWriter<Creation, CreatedRun>(
      (creations, { isRetry }) => createRuns(query, creations, isRetry),
      ({ run }) => run.runId,
    )
    this.slotCreates = new GroupWriter<SlotCreation, CreatedRun>(
      (creations, { isRetry }) => createInSlots(connection, creations, isRetry),
      ({ run, slot }) => `${run.tenantId}\n${slot.key}`,
    )
    this.writes = new GroupWriter<RunWrite, WriteAnswer>(
      (writes, { isRetry }) => writeRuns(query, writes, isRetry),
      ({ lease }) => lease.runId,
    )
    this.publications = new GroupWriter<Publication, boolean>(
      (publications, { isRetry }) => publishEvents(query, publications, isRetry),
      eventKey,
    )
    this.waitedPaths = new GroupWriter<EventKey, readonly string[]>((keys) => findWaitedPaths(query, keys), eventKey)
  }

  async create(run: NewRun, lease?: { owner: string; leaseMs: number }): Promise<CreatedRun> {
    if (run.refused !== undefined) {
      const admission = { kind: 'skipped', error: JSON.stringify(run.refused) } as const
      return this.creates.write(toCreation(run, lease, admission))
    }
    if (run.slot === undefined) return this.creates.write(toCreation(run, lease))
    assertSlot(run.slot)
    return this.slotCreates.write({ run, slot: run.slot, lease })
  }

  claim(request: { runIds: readonly RunId[]; owner: string; leaseMs: number }): Promise<ClaimedRun[]> {
    return claimRuns(this.connection.query, request)
  }

  async append(lease: Lease, steps: readonly StepWrite[]): Promise<RunRequests> {
    const { cancelRequested, suspendRequested } = await this.writes.write(toRunWrite(lease, steps, {}))
    await this.lookAfter(lease, steps)
    return { cancelRequested, suspendRequested }
  }

  async respond(lease: Lease, steps: readonly StepWrite[], response: WebhookResponse): Promise<void> {
    await this.writes.write(toRunWrite(lease, steps, { response }))
    await this.lookAfter(lease, steps)
  }

  async finish(lease: Lease, steps: readonly StepWrite[], end: RunEnd): Promise<readonly DueRun[]> {
    const { hasDuties } = await this.writes.write(toRunWrite(lease, steps, { status: end.status, end }))
    // The end is durable; what it leaves to do is done by `due` when it fails here.
    return hasDuties ? settle(this.connection, lease).catch(() => []) : []
  }

  async park(
    lease: Lease,
    steps: readonly StepWrite[],
    rest: RunRest,
  ): Promise<{ dispatchSeq: number; isDueNow: boolean }> {
    const { status, wakeAt } = rest
    const { dispatchSeq, isDue } = await this.writes.write(toRunWrite(lease, steps, { status, wakeAt }))
    const woken = (await this.lookAfter(lease, steps)).find(({ runId }) => runId === lease.runId)
    return { dispatchSeq: woken?.dispatchSeq ?? dispatchSeq, isDueNow: isDue || woken !== undefined }
  }

  renew(leases: readonly Lease[], leaseMs: number): Promise<({ readonly held: boolean } & RunRequests)[]> {
    return renewLeases(this.connection.query, leases, leaseMs)
  }

  release(leases: readonly Lease[]): Promise<void> {
    return releaseLeases(this.connection.query, leases)
  }

  requestCancel(scope: TenantScope, runId: RunId): ReturnType<Journal['requestCancel']> {
    return requestCancel(this.connection, scope, runId)
  }

  requestSuspend(scope: TenantScope, runId: RunId): ReturnType<Journal['requestSuspend']> {
    return requestSuspend(this.connection, scope, runId)
  }

  resume(scope: TenantScope, runId: RunId): ReturnType<Journal['resume']> {
    return resume(this.connection, scope, runId)
  }

  reopen(scope: TenantScope, runId: RunId, forget: readonly StepAddress[]): ReturnType<Journal['reopen']> {
    return reopen(this.connection, { scope, runId }, forget)
  }

  async publish(event: NewEvent): Promise<{ readonly created: boolean; readonly due: readonly DueRun[] }> {
    const publication = toPublication(event)
    const created = await this.publications.write(publication)
    const paths = await this.waitedPaths.write(publication)
    return { created, due: paths.length === 0 ? [] : await deliverEvent(this.connection, publication, paths) }
  }

  answer(token: string, answer: JsonValue): ReturnType<Journal['answer']> {
    return answerToken(this.connection, token, answer)
  }

  async openWaits(
    { tenantId, customerId }: TenantScope,
    { kind, runId, limit }: { readonly kind?: 'approval' | 'callback'; readonly runId?: RunId; readonly limit: number },
  ): Promise<OpenWait[]> {
    const args = [tenantId, customerId ?? null, kind ?? null, runId ?? null, limit]
    return (await this.connection.query<OpenWaitRow>(OPEN_WAITS_SQL, args)).map(toOpenWait)
  }

  due(limit: number): Promise<DueRun[]> {
    return this.dueRuns.find(limit)
  }

  async deadRuns(
    { tenantId, customerId }: TenantScope,
    { limit, before }: { readonly limit: number; readonly before?: RunId },
  ): Promise<RunRecord[]> {
    const args = [tenantId, customerId ?? null, before ?? null, limit]
    return (await this.connection.query<RunRow>(DEAD_RUNS_SQL, args)).map(toRunRecord)
  }

  async readRun(scope: TenantScope, runId: RunId): Promise<RunRecord | undefined> {
    const [row] = await this.connection.query<RunRow>(READ_RUN_SQL, scopeArguments(scope, runId))
    return row === undefined ? undefined : toRunRecord(row)
  }

  async readSteps(scope: TenantScope, runId: RunId): Promise<StepRecord[]> {
    const rows = await this.connection.query<StepRow>(READ_STEPS_SQL, scopeArguments(scope, runId))
    return rows.map(toStepRecord)
  }

  readHistory(scope: TenantScope, runId: RunId): Promise<HistoryEntry[]> {
    return readHistory(this.connection.query, scopeArguments(scope, runId))
  }

  /** What a new wait is for may have come already. The write is durable: when looking fails here, `due` does it. */
  private async lookAfter(lease: Lease, steps: readonly StepWrite[]): Promise<DueRun[]> {
    const isNew = steps.some(({ wait }) => wait?.kind === 'event' || wait?.kind === 'child')
    return isNew ? lookForEarlier(this.connection, lease).catch(() => []) : []
  }
}

function eventKey({ tenantId, eventId }: EventKey): string {
  return `${tenantId}\n${eventId}`
}
