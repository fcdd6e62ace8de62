import { FencedError } from '../contracts/errors.js'
import type { RunId } from '../contracts/ids.js'
import type { JsonValue } from '../contracts/json.js'
import { isTerminal, type RunStatus, type StepRecord, type WebhookResponse } from '../contracts/run.js'
import type { TenantScope } from '../contracts/scope.js'
import type { Clock } from '../ports/clock.js'
import { assertDeduplicationKey } from '../ports/deduplication-key.js'
import type { ClaimedRun, CreatedRun, DueRun, Journal, Lease, NewRun, RunEnd, RunRecord } from '../ports/journal.js'

/** How long a run rests after `due` named it, and before its first dispatch counts as lost. */
const REDISPATCH_MS = 5000
/** As many as one call of `due` names, at most. */
const MAX_DUE = 1000

interface StoredRun {
  readonly run: NewRun
  readonly createdAt: number
  readonly steps: Map<string, StepRecord>
  status: RunStatus
  epoch: number
  recoveries: number
  dispatchSeq: number
  leaseUntil: number | undefined
  dueAt: number | undefined
  wakeAt: number | undefined
  cancelRequested: boolean
  startedAt: number | undefined
  finishedAt: number | undefined
  output: JsonValue | undefined
  error: RunEnd['error']
  response: WebhookResponse | undefined
}

/** A journal in this process's memory: for tests, and for hosts that can afford to lose runs. */
export function createMemoryJournal({ clock }: { clock: Clock }): Journal {
  return new MemoryJournal(clock)
}

class MemoryJournal implements Journal {
  private readonly runs = new Map<RunId, StoredRun>()
  private readonly keys = new Map<string, StoredRun>()
  /** Runs that have not ended: `due` looks at these alone. */
  private readonly open = new Set<StoredRun>()

  constructor(private readonly clock: Clock) {}

  async create(run: NewRun, lease?: { leaseMs: number }): Promise<CreatedRun> {
    const now = this.clock.now()
    const key = keyOf(run)
    const earlier = (key === undefined ? undefined : this.keys.get(key)) ?? this.runs.get(run.runId)
    if (earlier !== undefined) return { runId: earlier.run.runId, created: false, createdAt: earlier.createdAt }
    const stored = newRun(run, now)
    if (lease !== undefined) takeOver(stored, now, lease.leaseMs)
    this.runs.set(run.runId, stored)
    this.open.add(stored)
    if (key !== undefined) this.keys.set(key, stored)
    return { runId: run.runId, created: true, createdAt: now }
  }

  async claim({ runIds, leaseMs }: { runIds: readonly RunId[]; leaseMs: number }): Promise<ClaimedRun[]> {
    const now = this.clock.now()
    return runIds.flatMap((runId) => {
      const stored = this.runs.get(runId)
      if (stored === undefined || !isClaimable(stored, now)) return []
      if (stored.status === 'running' && stored.leaseUntil !== undefined) stored.recoveries += 1
      takeOver(stored, now, leaseMs)
      return [toClaimed(stored, now)]
    })
  }

  async append(lease: Lease, steps: readonly StepRecord[]): Promise<{ cancelRequested: boolean }> {
    const stored = this.held(lease)
    write(stored, steps)
    return { cancelRequested: stored.cancelRequested }
  }

  async respond(lease: Lease, steps: readonly StepRecord[], response: WebhookResponse): Promise<void> {
    const stored = this.held(lease)
    write(stored, steps)
    stored.response ??= response
  }

  async finish(lease: Lease, steps: readonly StepRecord[], end: RunEnd): Promise<void> {
    const stored = this.held(lease)
    write(stored, steps)
    this.end(stored, end)
  }

  async park(lease: Lease, steps: readonly StepRecord[], wakeAt: number): Promise<{ dispatchSeq: number }> {
    const stored = this.held(lease)
    write(stored, steps)
    stored.status = 'waiting'
    stored.leaseUntil = undefined
    stored.wakeAt = stored.cancelRequested ? Math.min(wakeAt, this.clock.now()) : wakeAt
    stored.dueAt = stored.wakeAt
    stored.dispatchSeq += 1
    return { dispatchSeq: stored.dispatchSeq }
  }

  async renew(leases: readonly Lease[], leaseMs: number): Promise<{ held: boolean; cancelRequested: boolean }[]> {
    const until = this.clock.now() + leaseMs
    return leases.map((lease) => {
      const stored = this.runs.get(lease.runId)
      if (stored === undefined || !isHeld(stored, lease)) return { held: false, cancelRequested: false }
      stored.leaseUntil = until
      stored.dueAt = until
      return { held: true, cancelRequested: stored.cancelRequested }
    })
  }

  async release(leases: readonly Lease[]): Promise<void> {
    for (const lease of leases) {
      const stored = this.runs.get(lease.runId)
      if (stored === undefined || !isHeld(stored, lease)) continue
      // The epoch grows so that the releasing worker cannot write any more; no crash is counted.
      stored.epoch += 1
      stored.leaseUntil = undefined
      stored.dueAt = this.clock.now()
    }
  }

  async requestCancel(
    scope: TenantScope,
    runId: RunId,
  ): Promise<'cancelled' | 'requested' | 'already_ended' | 'not_found'> {
    const stored = this.visible(scope, runId)
    if (stored === undefined) return 'not_found'
    if (isTerminal(stored.status)) return 'already_ended'
    stored.cancelRequested = true
    if (stored.leaseUntil !== undefined && stored.leaseUntil > this.clock.now()) return 'requested'
    stored.epoch += 1
    this.end(stored, { status: 'cancelled' })
    return 'cancelled'
  }

  async due(limit: number): Promise<DueRun[]> {
    const now = this.clock.now()
    const due = [...this.open].filter(({ dueAt }) => dueAt !== undefined && dueAt <= now)
    return due.slice(0, Math.min(limit, MAX_DUE)).map((stored) => {
      stored.dispatchSeq += 1
      stored.dueAt = now + REDISPATCH_MS
      return { runId: stored.run.runId, dispatchSeq: stored.dispatchSeq }
    })
  }

  async readRun(scope: TenantScope, runId: RunId): Promise<RunRecord | undefined> {
    const stored = this.visible(scope, runId)
    return stored === undefined ? undefined : toRecord(stored)
  }

  async readSteps(scope: TenantScope, runId: RunId): Promise<StepRecord[]> {
    const steps = [...(this.visible(scope, runId)?.steps.values() ?? [])]
    return steps.sort(byStart)
  }

  private visible({ tenantId, customerId }: TenantScope, runId: RunId): StoredRun | undefined {
    const stored = this.runs.get(runId)
    if (stored?.run.tenantId !== tenantId) return undefined
    return customerId === undefined || stored.run.customerId === customerId ? stored : undefined
  }

  private held(lease: Lease): StoredRun {
    const stored = this.runs.get(lease.runId)
    if (stored === undefined || !isHeld(stored, lease)) throw new FencedError(lease.runId)
    return stored
  }

  private end(stored: StoredRun, { status, output, error }: RunEnd): void {
    stored.status = status
    stored.output = output
    stored.error = error
    stored.finishedAt = this.clock.now()
    stored.leaseUntil = undefined
    stored.dueAt = undefined
    stored.wakeAt = undefined
    this.open.delete(stored)
  }
}

function keyOf({ tenantId, workflowId, deduplicationKey }: NewRun): string | undefined {
  if (deduplicationKey === undefined) return undefined
  assertDeduplicationKey(deduplicationKey)
  return `${tenantId} ${workflowId} ${deduplicationKey}`
}

function byStart(a: StepRecord, b: StepRecord): number {
  if (a.startedAt !== b.startedAt) return a.startedAt - b.startedAt
  if (a.stepPath !== b.stepPath) return a.stepPath < b.stepPath ? -1 : 1
  return a.iteration < b.iteration ? -1 : 1
}

function newRun(run: NewRun, now: number): StoredRun {
  return {
    run,
    createdAt: now,
    steps: new Map(),
    status: 'pending',
    epoch: 0,
    recoveries: 0,
    dispatchSeq: 0,
    leaseUntil: undefined,
    dueAt: now + REDISPATCH_MS,
    wakeAt: undefined,
    cancelRequested: false,
    startedAt: undefined,
    finishedAt: undefined,
    output: undefined,
    error: undefined,
    response: undefined,
  }
}

function takeOver(stored: StoredRun, now: number, leaseMs: number): void {
  stored.epoch += 1
  stored.status = 'running'
  stored.leaseUntil = now + leaseMs
  stored.dueAt = stored.leaseUntil
  stored.wakeAt = undefined
  stored.startedAt ??= now
}

function isClaimable({ status, leaseUntil, wakeAt }: StoredRun, now: number): boolean {
  if (status === 'pending') return true
  if (status === 'waiting') return wakeAt === undefined || wakeAt <= now
  return status === 'running' && (leaseUntil === undefined || leaseUntil < now)
}

function isHeld(stored: StoredRun, lease: Lease): boolean {
  const { tenantId, customerId } = stored.run
  const isSameRun = tenantId === lease.tenantId && customerId === lease.customerId
  return isSameRun && stored.epoch === lease.epoch && stored.status === 'running'
}

function write(stored: StoredRun, steps: readonly StepRecord[]): void {
  for (const step of steps) stored.steps.set(`${step.stepPath}\n${step.iteration}`, step)
}

function toClaimed(stored: StoredRun, claimedAt: number): ClaimedRun {
  const { runId, tenantId, customerId, workflowId, versionId, mode, trigger } = stored.run
  return {
    runId,
    tenantId,
    customerId,
    workflowId,
    versionId,
    mode,
    trigger,
    epoch: stored.epoch,
    createdAt: stored.createdAt,
    claimedAt,
    recoveries: stored.recoveries,
    cancelRequested: stored.cancelRequested,
    steps: [...stored.steps.values()],
  }
}

function toRecord(stored: StoredRun): RunRecord {
  const { runId, tenantId, customerId, workflowId, versionId, mode, trigger } = stored.run
  return {
    runId,
    tenantId,
    customerId,
    workflowId,
    versionId,
    mode,
    trigger,
    status: stored.status,
    createdAt: stored.createdAt,
    ...definedOnly({
      output: stored.output,
      error: stored.error,
      response: stored.response,
      startedAt: stored.startedAt,
      finishedAt: stored.finishedAt,
      wakeAt: stored.wakeAt,
    }),
  }
}

type DefinedOnly<T> = { [K in keyof T]?: Exclude<T[K], undefined> }

function definedOnly<T extends object>(fields: T): DefinedOnly<T> {
  // Filtering at run time is what the type says; TypeScript cannot follow Object.entries.
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as DefinedOnly<T>
}
