import { isDeepStrictEqual } from 'node:util'
import { asJson, type JsonValue } from '../contracts/json.js'
import {
  identityOf,
  type RunStatus,
  type StepAddress,
  type StepRecord,
  type WebhookResponse,
} from '../contracts/run.js'
import type {
  ClaimedRun,
  DueRun,
  HistoryEntry,
  Lease,
  NewRun,
  RunEnd,
  RunRecord,
  StepWrite,
  WaitRegistration,
} from '../ports/journal.js'

/** A wait that is open, or answered and not yet closed. */
export interface StoredWait extends StepAddress {
  readonly wait: WaitRegistration
  readonly openedAt: number
  answer?: JsonValue
}

/** All there is of one run in memory. */
export interface StoredRun {
  readonly run: NewRun
  readonly createdAt: number
  /** Everything written, in order; never changed. */
  readonly log: (StepRecord | StepWrite)[]
  /** What was written to the log, and what happened besides, in order. */
  readonly history: (HistoryEntry | StepWrite)[]
  readonly waits: Map<string, StoredWait>
  /** Ids of the events that waits of this run have been given. */
  readonly eventsTaken: Set<string>
  status: RunStatus
  epoch: number
  /** Epoch and number of the last write: one that is repeated is known by them. */
  writtenIn: number
  lastSeq: number
  recoveries: number
  dispatchSeq: number
  leaseUntil: number | undefined
  dueAt: number | undefined
  wakeAt: number | undefined
  cancelRequested: boolean
  suspendRequested: boolean
  /** An answer has come while somebody held the lease. */
  isWoken: boolean
  isDead: boolean
  /** Waits for a place. */
  isQueued: boolean
  startedAt: number | undefined
  finishedAt: number | undefined
  output: JsonValue | undefined
  error: RunEnd['error']
  response: WebhookResponse | undefined
}

export function newStoredRun(run: NewRun, now: number): StoredRun {
  return {
    run,
    createdAt: now,
    log: [...(run.steps ?? [])],
    history: [{ at: now, what: 'created' }],
    waits: new Map(),
    eventsTaken: new Set(),
    status: 'pending',
    epoch: 0,
    writtenIn: -1,
    lastSeq: -1,
    recoveries: 0,
    dispatchSeq: 0,
    leaseUntil: undefined,
    dueAt: undefined,
    wakeAt: undefined,
    cancelRequested: false,
    suspendRequested: false,
    isWoken: false,
    isDead: false,
    isQueued: false,
    startedAt: undefined,
    finishedAt: undefined,
    output: undefined,
    error: undefined,
    response: undefined,
  }
}

/** `dueAt` has no say: it tells when to dispatch a run again, and moves on with each dispatch. */
export function isClaimable({ status, leaseUntil, wakeAt, isQueued }: StoredRun, now: number): boolean {
  if (status === 'pending') return !isQueued && (wakeAt ?? 0) <= now
  if (status === 'waiting') return wakeAt !== undefined && wakeAt <= now
  return status === 'running' && (leaseUntil === undefined || leaseUntil < now)
}

export function isHeld(stored: StoredRun, lease: Lease): boolean {
  const { tenantId, customerId } = stored.run
  const isSameRun = tenantId === lease.tenantId && customerId === lease.customerId
  return isSameRun && stored.epoch === lease.epoch && stored.status === 'running'
}

/** Whether somebody executes the run now. */
export function isExecuted({ status, leaseUntil }: StoredRun, now: number): boolean {
  return status === 'running' && leaseUntil !== undefined && leaseUntil > now
}

export function writeSteps(stored: StoredRun, steps: readonly StepWrite[]): void {
  for (const write of steps) {
    // What comes again after an unknown outcome begins with what is there already.
    if (stored.writtenIn === stored.epoch && write.seq <= stored.lastSeq) continue
    stored.writtenIn = stored.epoch
    stored.lastSeq = write.seq
    stored.log.push(write)
    stored.history.push(write)
    if (write.wait === undefined) continue
    const { stepPath, iteration, wait, at } = write
    if (wait === null) stored.waits.delete(addressKey(write))
    else if (!isSameWait(stored.waits.get(addressKey(write))?.wait, wait))
      stored.waits.set(addressKey(write), { stepPath, iteration, wait, openedAt: at })
  }
}

/** A wait that is opened as it already stands keeps what it was given. */
function isSameWait(known: WaitRegistration | undefined, opened: WaitRegistration): boolean {
  return isDeepStrictEqual({ ...known, detail: undefined }, { ...opened, detail: undefined })
}

/** Everything that happened to a run, in order. */
export function historyOf({ history }: StoredRun): HistoryEntry[] {
  return history.map((line) => ('what' in line ? line : toEntry(line, line.at)))
}

/** A record without what only its way into the journal needed. */
function toStep(record: StepRecord | StepWrite): StepRecord {
  if (!('seq' in record)) return record
  const { seq: _, at: __, wait: ___, ...step } = record
  return step
}

export function toEntry(step: StepRecord, at: number): HistoryEntry {
  const { stepPath, iteration, type, attempt, status, error } = step
  const detail = error === undefined ? {} : { detail: { error: asJson(error) } }
  return { at, what: status, step: { stepPath, iteration, type, attempt }, ...detail }
}

export function addressKey({ stepPath, iteration }: StepAddress): string {
  return `${stepPath}\n${iteration}`
}

/** The last record of each step that counts. */
export function currentSteps({ log }: StoredRun): StepRecord[] {
  const latest = new Map<string, StepRecord | StepWrite>()
  for (const step of log) latest.set(addressKey(step), step)
  return [...latest.values()].filter(({ status }) => status !== 'forgotten').map(toStep)
}

export function toDue({ run, dispatchSeq }: StoredRun): DueRun {
  return { runId: run.runId, tenantId: run.tenantId, customerId: run.customerId, dispatchSeq }
}

export function toClaimed(stored: StoredRun, claimedAt: number): ClaimedRun {
  const { run, epoch, createdAt, recoveries, cancelRequested, suspendRequested } = stored
  return {
    ...identityOf(run),
    trigger: run.trigger,
    epoch,
    createdAt,
    claimedAt,
    recoveries,
    cancelRequested,
    suspendRequested,
    steps: stored.log.map(toStep),
    answers: [...stored.waits.values()].flatMap(({ stepPath, iteration, answer }) =>
      answer === undefined ? [] : [{ stepPath, iteration, answer }],
    ),
  }
}

export function toRecord(stored: StoredRun): RunRecord {
  const { run, status, createdAt, isDead } = stored
  return {
    ...identityOf(run),
    trigger: run.trigger,
    status,
    isDead,
    createdAt,
    ...definedOnly({
      output: stored.output,
      error: stored.error,
      response: stored.response,
      parent: run.parent,
      origin: run.origin,
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
