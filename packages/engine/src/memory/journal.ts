import { createHash } from 'node:crypto'
import { FencedError } from '../contracts/errors.js'
import type { RunId } from '../contracts/ids.js'
import type { JsonValue } from '../contracts/json.js'
import {
  identityOf,
  isTerminal,
  type RunIdentity,
  type StepAddress,
  type StepRecord,
  type WebhookResponse,
} from '../contracts/run.js'
import type { TenantScope } from '../contracts/scope.js'
import type { Clock } from '../ports/clock.js'
import { assertDeduplicationKey } from '../ports/deduplication-key.js'
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
import { fairShare } from './fair-share.js'
import { Slots } from './slots.js'
import {
  addressKey,
  currentSteps,
  historyOf,
  isClaimable,
  isExecuted,
  isHeld,
  newStoredRun,
  type StoredRun,
  toClaimed,
  toDue,
  toRecord,
  writeSteps,
} from './stored-run.js'
import { dueNow, endRun, parkRun, releaseRun, reopenRun, suspendRun, takeOver } from './transitions.js'
import { answerWait, childAnswer, offerEvent, type StoredEvent } from './waiting.js'

/** How long a run rests after `due` named it, and before its first dispatch counts as lost. */
const REDISPATCH_MS = 5000
/** As many as one call of `due` names, at most. */
const MAX_DUE = 1000

/** A journal in this process's memory: for tests, and for hosts that can afford to lose runs. */
export function createMemoryJournal({ clock }: { clock: Clock }): Journal {
  return new MemoryJournal(clock)
}

class MemoryJournal implements Journal {
  private readonly runs = new Map<RunId, StoredRun>()
  private readonly keys = new Map<string, StoredRun>()
  /** Runs that have not ended: `due` and `publish` look at these alone. */
  private readonly open = new Set<StoredRun>()
  private readonly slots = new Slots()
  private readonly events = new Map<string, StoredEvent>()
  /** Addresses of answered and open waits by the hash of their token. */
  private readonly tokens = new Map<string, { readonly stored: StoredRun; readonly address: StepAddress }>()

  constructor(private readonly clock: Clock) {}

  async create(run: NewRun, lease?: { leaseMs: number }): Promise<CreatedRun> {
    const now = this.clock.now()
    const key = keyOf(run)
    if (run.slot !== undefined) assertSlot(run.slot)
    const earlier = (key === undefined ? undefined : this.keys.get(key)) ?? this.runs.get(run.runId)
    if (earlier !== undefined) {
      const { runId } = earlier.run
      return { runId, created: false, createdAt: earlier.createdAt, admission: 'admitted', cancelled: [] }
    }
    const stored = newStoredRun(run, now)
    this.runs.set(run.runId, stored)
    this.open.add(stored)
    if (key !== undefined) this.keys.set(key, stored)
    const admitted = this.admit(stored, now)
    if (admitted.admission === 'admitted' && lease !== undefined) takeOver(stored, now, lease.leaseMs)
    return { runId: run.runId, created: true, createdAt: now, ...admitted }
  }

  async claim({ runIds, leaseMs }: { runIds: readonly RunId[]; leaseMs: number }): Promise<ClaimedRun[]> {
    const now = this.clock.now()
    return runIds.flatMap((runId) => {
      const stored = this.runs.get(runId)
      if (stored === undefined || !isClaimable(stored, now)) return []
      if (stored.status === 'running' && stored.leaseUntil !== undefined) {
        stored.recoveries += 1
        stored.history.push({ at: now, what: 'recovered' })
      }
      takeOver(stored, now, leaseMs)
      return [toClaimed(stored, now)]
    })
  }

  async append(lease: Lease, steps: readonly StepWrite[]): Promise<RunRequests> {
    const stored = this.held(lease)
    this.write(stored, steps)
    return { cancelRequested: stored.cancelRequested, suspendRequested: stored.suspendRequested }
  }

  async respond(lease: Lease, steps: readonly StepWrite[], response: WebhookResponse): Promise<void> {
    const stored = this.held(lease)
    this.write(stored, steps)
    stored.response ??= response
  }

  async finish(lease: Lease, steps: readonly StepWrite[], end: RunEnd): Promise<readonly DueRun[]> {
    const stored = this.held(lease)
    this.write(stored, steps)
    return this.end(stored, end)
  }

  async park(
    lease: Lease,
    steps: readonly StepWrite[],
    rest: RunRest,
  ): Promise<{ dispatchSeq: number; isDueNow: boolean }> {
    const now = this.clock.now()
    const stored = this.held(lease)
    this.write(stored, steps)
    this.offerWhatIsThere(stored, now)
    return parkRun(stored, rest, now)
  }

  async renew(leases: readonly Lease[], leaseMs: number): Promise<({ held: boolean } & RunRequests)[]> {
    const until = this.clock.now() + leaseMs
    return leases.map((lease) => {
      const stored = this.runs.get(lease.runId)
      if (stored === undefined || !isHeld(stored, lease)) {
        return { held: false, cancelRequested: false, suspendRequested: false }
      }
      stored.leaseUntil = until
      stored.dueAt = until
      return { held: true, cancelRequested: stored.cancelRequested, suspendRequested: stored.suspendRequested }
    })
  }

  async release(leases: readonly Lease[]): Promise<void> {
    for (const lease of leases) {
      const stored = this.runs.get(lease.runId)
      if (stored !== undefined && isHeld(stored, lease)) releaseRun(stored, this.clock.now())
    }
  }

  async requestCancel(scope: TenantScope, runId: RunId): ReturnType<Journal['requestCancel']> {
    const stored = this.visible(scope, runId)
    if (stored === undefined) return { outcome: 'not_found', due: [] }
    if (isTerminal(stored.status)) return { outcome: 'already_ended', due: [] }
    return this.cancel(stored)
  }

  async requestSuspend(scope: TenantScope, runId: RunId): ReturnType<Journal['requestSuspend']> {
    const now = this.clock.now()
    const stored = this.visible(scope, runId)
    if (stored === undefined) return 'not_found'
    if (isTerminal(stored.status)) return 'already_ended'
    if (stored.status === 'suspended') return 'already_suspended'
    stored.history.push({ at: now, what: 'suspend_requested' })
    if (isExecuted(stored, now)) {
      stored.suspendRequested = true
      return 'requested'
    }
    this.slots.leaveQueue(stored)
    suspendRun(stored, now)
    return 'suspended'
  }

  async resume(scope: TenantScope, runId: RunId): ReturnType<Journal['resume']> {
    const now = this.clock.now()
    const stored = this.visible(scope, runId)
    if (stored === undefined) return { outcome: 'not_found', due: [] }
    const isWanted = stored.status === 'suspended' || (stored.status === 'running' && stored.suspendRequested)
    if (!isWanted) return { outcome: 'not_suspended', due: [] }
    stored.history.push({ at: now, what: 'resumed' })
    stored.suspendRequested = false
    if (stored.status === 'running') return { outcome: 'resumed', due: [] }
    return { outcome: 'resumed', due: this.makePending(stored, now) }
  }

  async reopen(scope: TenantScope, runId: RunId, forget: readonly StepAddress[]): ReturnType<Journal['reopen']> {
    const now = this.clock.now()
    const stored = this.visible(scope, runId)
    if (stored === undefined) return { outcome: 'not_found', due: [] }
    if (stored.status !== 'failed' && stored.status !== 'cancelled') return { outcome: 'not_ended', due: [] }
    reopenRun(stored, forget, now)
    this.open.add(stored)
    return { outcome: 'reopened', due: this.makePending(stored, now) }
  }

  async publish(event: NewEvent): Promise<{ created: boolean; due: readonly DueRun[] }> {
    const now = this.clock.now()
    const key = `${event.tenantId} ${event.eventId}`
    const known = this.events.get(key)
    const stored = known ?? { ...event, receivedAt: now }
    this.events.set(key, stored)
    return { created: known === undefined, due: [...this.open].flatMap((run) => offerEvent(run, stored, now)) }
  }

  async answer(token: string, answer: JsonValue): ReturnType<Journal['answer']> {
    const known = this.tokens.get(hashOf(token))
    if (known === undefined || isTerminal(known.stored.status)) return { outcome: 'not_found', due: [] }
    const run: RunIdentity = identityOf(known.stored.run)
    const open = known.stored.waits.get(addressKey(known.address))
    // A step that waits anew has another token: who holds an earlier one has been heard.
    const isOpen = open !== undefined && 'token' in open.wait && open.wait.token === token
    if (!isOpen || open.answer !== undefined) return { outcome: 'already_answered', run, due: [] }
    return { outcome: 'answered', run, due: answerWait(known.stored, open, { answer, now: this.clock.now() }) }
  }

  async openWaits(
    scope: TenantScope,
    { kind, runId, limit }: { kind?: 'approval' | 'callback'; runId?: RunId; limit: number },
  ): Promise<OpenWait[]> {
    const all = [...this.open]
      .filter((stored) => this.visible(scope, stored.run.runId) !== undefined)
      .filter((stored) => runId === undefined || stored.run.runId === runId)
      .flatMap((stored) => [...stored.waits.values()].map((open) => ({ stored, open })))
    const waits = all.flatMap(({ stored, open }): OpenWait[] => {
      const { wait, stepPath, iteration, openedAt, answer } = open
      if (answer !== undefined || (wait.kind !== 'approval' && wait.kind !== 'callback')) return []
      if (kind !== undefined && wait.kind !== kind) return []
      return [{ run: identityOf(stored.run), kind: wait.kind, detail: wait.detail, stepPath, iteration, openedAt }]
    })
    return waits.sort((a, b) => a.openedAt - b.openedAt).slice(0, limit)
  }

  async due(limit: number): Promise<DueRun[]> {
    const now = this.clock.now()
    const due = [...this.open].filter(({ dueAt }) => dueAt !== undefined && dueAt <= now)
    return fairShare(due, Math.min(limit, MAX_DUE)).map((stored) => {
      stored.dispatchSeq += 1
      stored.dueAt = now + REDISPATCH_MS
      return toDue(stored)
    })
  }

  async deadRuns(scope: TenantScope, { limit, before }: { limit: number; before?: RunId }): Promise<RunRecord[]> {
    const dead = [...this.runs.values()].filter(
      ({ isDead, run }) => isDead && this.visible(scope, run.runId) !== undefined && !(run.runId >= (before ?? '~')),
    )
    return dead
      .sort((a, b) => (a.run.runId < b.run.runId ? 1 : -1))
      .slice(0, limit)
      .map(toRecord)
  }

  async readRun(scope: TenantScope, runId: RunId): Promise<RunRecord | undefined> {
    const stored = this.visible(scope, runId)
    return stored === undefined ? undefined : toRecord(stored)
  }

  async readSteps(scope: TenantScope, runId: RunId): Promise<StepRecord[]> {
    const stored = this.visible(scope, runId)
    return stored === undefined ? [] : currentSteps(stored).sort(byStart)
  }

  async readHistory(scope: TenantScope, runId: RunId): Promise<HistoryEntry[]> {
    const stored = this.visible(scope, runId)
    return stored === undefined ? [] : historyOf(stored)
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

  private write(stored: StoredRun, steps: readonly StepWrite[]): void {
    writeSteps(stored, steps)
    for (const { wait, stepPath, iteration } of steps) {
      if (wait === undefined || wait === null || !('token' in wait)) continue
      this.tokens.set(hashOf(wait.token), { stored, address: { stepPath, iteration } })
    }
  }

  /** Lets a new run begin, queues it, or ends it, as its slot and delay ask for. */
  private admit(stored: StoredRun, now: number): Pick<CreatedRun, 'admission' | 'cancelled'> {
    const { slot, delayMs = 0, refused } = stored.run
    if (refused !== undefined) {
      this.end(stored, { status: 'cancelled', error: refused })
      return { admission: 'skipped', cancelled: [] }
    }
    if (this.slots.take(stored)) {
      if (delayMs > 0) stored.wakeAt = now + delayMs
      stored.dueAt = stored.wakeAt ?? now + REDISPATCH_MS
      return { admission: delayMs > 0 ? 'delayed' : 'admitted', cancelled: [] }
    }
    if (slot?.onConflict === 'skip') {
      this.end(stored, { status: 'cancelled', error: skipped(slot.key, slot.limit) })
      return { admission: 'skipped', cancelled: [] }
    }
    stored.isQueued = true
    this.slots.enqueue(stored)
    const oldest = slot?.onConflict === 'cancelOldest' ? this.slots.oldestHolder(stored) : undefined
    return { admission: 'queued', cancelled: oldest === undefined ? [] : this.cancel(oldest).due }
  }

  private cancel(stored: StoredRun): { outcome: 'cancelled' | 'requested'; due: readonly DueRun[] } {
    const now = this.clock.now()
    stored.cancelRequested = true
    stored.history.push({ at: now, what: 'cancel_requested' })
    if (isExecuted(stored, now)) return { outcome: 'requested', due: [] }
    if (stored.startedAt !== undefined) {
      if (stored.status !== 'running') stored.status = 'waiting'
      return { outcome: 'requested', due: dueNow(stored, now) }
    }
    stored.epoch += 1
    return { outcome: 'cancelled', due: this.end(stored, { status: 'cancelled' }) }
  }

  private makePending(stored: StoredRun, now: number): DueRun[] {
    stored.status = 'pending'
    stored.leaseUntil = undefined
    if (!this.slots.take(stored)) {
      stored.isQueued = true
      stored.dueAt = undefined
      this.slots.enqueue(stored)
      return []
    }
    return dueNow(stored, now)
  }

  /** @returns runs that have work because of it: the parent, and the next that waits for the place */
  private end(stored: StoredRun, end: RunEnd): DueRun[] {
    const now = this.clock.now()
    endRun(stored, end, now)
    this.open.delete(stored)
    const next = this.slots.release(stored)
    return [...(next === undefined ? [] : dueNow(next, now)), ...this.tellParent(stored, now)]
  }

  private tellParent(child: StoredRun, now: number): DueRun[] {
    const parent = child.run.parent === undefined ? undefined : this.runs.get(child.run.parent.runId)
    const wait = child.run.parent === undefined ? undefined : parent?.waits.get(addressKey(child.run.parent))
    if (parent === undefined || wait === undefined) return []
    return answerWait(parent, wait, { answer: childAnswer(child), now })
  }

  /** Events and ends of children that are older than the waits for them. */
  private offerWhatIsThere(stored: StoredRun, now: number): void {
    for (const event of this.events.values()) offerEvent(stored, event, now)
    for (const open of stored.waits.values()) {
      const child = open.wait.kind === 'child' ? this.runs.get(open.wait.runId) : undefined
      if (child !== undefined && isTerminal(child.status)) this.tellParent(child, now)
    }
  }
}

function skipped(key: string, limit: number): NonNullable<RunEnd['error']> {
  const detail = `"${key}" already has as many runs under way as it may: ${limit}.`
  return { kind: 'limit', title: 'The run was skipped', detail, retryable: false }
}

function keyOf({ tenantId, workflowId, deduplicationKey }: NewRun): string | undefined {
  if (deduplicationKey === undefined) return undefined
  assertDeduplicationKey(deduplicationKey)
  return `${tenantId} ${workflowId} ${deduplicationKey}`
}

function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('hex')
}

function byStart(a: StepRecord, b: StepRecord): number {
  if (a.startedAt !== b.startedAt) return a.startedAt - b.startedAt
  if (a.stepPath !== b.stepPath) return a.stepPath < b.stepPath ? -1 : 1
  return a.iteration < b.iteration ? -1 : 1
}
