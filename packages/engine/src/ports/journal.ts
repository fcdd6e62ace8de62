import type { ErrorRecord } from '../contracts/errors.js'
import type { CustomerId, RunId, TenantId } from '../contracts/ids.js'
import type { JsonObject, JsonValue } from '../contracts/json.js'
import type {
  RunIdentity,
  RunStatus,
  StepAddress,
  StepRecord,
  TerminalRunStatus,
  WebhookResponse,
} from '../contracts/run.js'
import type { TenantScope } from '../contracts/scope.js'

/** A run to be recorded as `pending`. */
export interface NewRun extends RunIdentity {
  /** What the workflow sees as `trigger`. */
  readonly trigger: JsonValue
  /**
   * A second `create` with the same tenant, workflow and key answers the first run's id and records nothing.
   * 1 to 255 characters, none of them a control character.
   */
  readonly deduplicationKey?: string
  /** The `call` step that started this run and is told when it ends. */
  readonly parent?: RunParent
  /** What a fork takes over from another run. */
  readonly steps?: readonly StepRecord[]
  /** The run that this one was made from, by `rerun` or `fork`. */
  readonly origin?: RunId
  /** Seconds by which the run overtakes others when work is picked. -600 to 600. @default 0 */
  readonly priority?: number
  /** Milliseconds from now before which the run does not begin. @default 0 */
  readonly delayMs?: number
  /** The limit that the run counts against from its beginning to its end. */
  readonly slot?: RunSlot
  /** Why the run is recorded as cancelled at once, without ever beginning. Comes before delay and slot. */
  readonly refused?: ErrorRecord
}

/** Where a child run was called from. */
export interface RunParent extends StepAddress {
  readonly runId: RunId
}

/** One of a bounded number of places. */
export interface RunSlot {
  /** Unique within the tenant; 1 to 255 characters. */
  readonly key: string
  readonly limit: number
  /**
   * When no place is free: `queue` records the run, which begins when a place becomes free; `skip` records it as
   * cancelled; `cancelOldest` asks the oldest holder to cancel and queues the run.
   */
  readonly onConflict: 'queue' | 'skip' | 'cancelOldest'
}

/** The outcome of `create`. */
export interface CreatedRun {
  readonly runId: RunId
  readonly created: boolean
  /** Of the run that `runId` names; Unix milliseconds by the journal's clock. */
  readonly createdAt: number
  /** `queued` runs wait for a place, `skipped` ones have ended, `delayed` ones wait for their time: none may be dispatched now. */
  readonly admission: 'admitted' | 'queued' | 'skipped' | 'delayed'
  /** Runs that have been asked to cancel in favour of this one. */
  readonly cancelled: readonly DueRun[]
}

/** The right to write to a run, until `FencedError` says otherwise. */
export interface Lease extends RunIdentity {
  readonly epoch: number
}

/** What somebody wants of a run that is being executed. */
export interface RunRequests {
  readonly cancelRequested: boolean
  readonly suspendRequested: boolean
}

/** A claimed run with all that is needed to go on with it. */
export interface ClaimedRun extends Lease, RunRequests {
  readonly trigger: JsonValue
  /** Unix milliseconds by the journal's clock. */
  readonly createdAt: number
  /** Unix milliseconds by the journal's clock at the claim; an activation counts its time from here. */
  readonly claimedAt: number
  /** How often a lease on this run has expired with its owner dead, since it was created or redriven. */
  readonly recoveries: number
  /** Everything recorded so far, oldest first; of one address the last counts. Empty for a new run. */
  readonly steps: readonly StepRecord[]
  /** What open waits have been given. */
  readonly answers: readonly WaitAnswer[]
}

/** What ended a wait. */
export interface WaitAnswer extends StepAddress {
  readonly answer: JsonValue
}

/** What a step waits for besides time. */
export type WaitRegistration =
  | {
      readonly kind: 'event'
      readonly name: string
      /** Dotted path in the payload and the value that must be found there, for each. */
      readonly match: JsonObject
    }
  | {
      readonly kind: 'approval' | 'callback'
      /** The secret that answers it; journals keep its hash only. */
      readonly token: string
      /** What an inbox shows: title, message, assignees, deadline. */
      readonly detail: JsonObject
    }
  | { readonly kind: 'child'; readonly runId: RunId }

/** A step record on its way into the journal. */
export interface StepWrite extends StepRecord {
  /** Place in the run's history under one lease, from 0; a write that is repeated is recognised by it. */
  readonly seq: number
  /** Unix milliseconds by the journal's clock. */
  readonly at: number
  /** Opens a wait, or with null closes the one that the step had. One that is opened as it already stands keeps its answer. */
  readonly wait?: WaitRegistration | null
}

/** How a run ends. */
export interface RunEnd {
  readonly status: TerminalRunStatus
  readonly output?: JsonValue
  readonly error?: ErrorRecord
  /** Puts the run on the dead-letter list: its workers kept dying. */
  readonly isDead?: boolean
}

/** How a run rests. */
export interface RunRest {
  readonly status: 'waiting' | 'suspended'
  /** Unix milliseconds by the journal's clock at which to go on; absent when nothing but an answer or a person can. */
  readonly wakeAt?: number
}

/** A run as readers see it. */
export interface RunRecord extends RunIdentity {
  readonly status: RunStatus
  readonly trigger: JsonValue
  readonly output?: JsonValue
  readonly error?: ErrorRecord
  readonly response?: WebhookResponse
  readonly parent?: RunParent
  readonly origin?: RunId
  /** Whether it is on the dead-letter list. */
  readonly isDead: boolean
  /** Unix milliseconds. */
  readonly createdAt: number
  readonly startedAt?: number
  readonly finishedAt?: number
  readonly wakeAt?: number
}

/** A run that a worker should look at. */
export interface DueRun {
  readonly runId: RunId
  readonly tenantId: TenantId
  readonly customerId: CustomerId
  readonly dispatchSeq: number
}

/** Something that happened in the tenant's product. */
export interface NewEvent {
  /** Unique within the tenant: a second event of one id is not recorded. 1 to 255 characters. */
  readonly eventId: string
  readonly tenantId: TenantId
  readonly customerId: CustomerId
  readonly name: string
  readonly payload: JsonValue
}

/** One line of a run's history. */
export interface HistoryEntry {
  /** Unix milliseconds by the journal's clock. */
  readonly at: number
  /**
   * What happened: to the run `created claimed recovered waiting suspended resumed cancel_requested suspend_requested
   * answered released redriven succeeded failed cancelled`, to a step its status.
   */
  readonly what: string
  /** The step it happened to; absent for the run itself. */
  readonly step?: StepAddress & { readonly type: string; readonly attempt: number }
  readonly detail?: JsonValue
}

/** A wait that a person or a service can answer. */
export interface OpenWait extends StepAddress {
  readonly run: RunIdentity
  readonly kind: 'approval' | 'callback'
  readonly detail: JsonObject
  /** Unix milliseconds. */
  readonly openedAt: number
}

/**
 * The durable record of runs, and the only truth about them.
 *
 * Promises: what a resolved promise reports is durable. Writes of all runs in a process may share commits.
 * Every write under a lease is refused with `FencedError` once the run has a newer epoch or has ended, and then leaves no trace.
 * Writes of one run take effect in the order in which they were asked for. Payloads come back as they went in, whatever
 * JSON they are, and a recorded null is told from nothing. What is wrong with one write never fails another.
 * Nothing that was recorded is overwritten: a later record of a step counts, the earlier ones stay in the history.
 * Times are decided by the journal's own clock. All methods are safe to repeat after an unknown outcome (a cut connection).
 * Deliberately absent: transactions, and any way to write without a lease other than those named here.
 */
export interface Journal {
  /**
   * Records a new run. `created` is false when `deduplicationKey` was seen before; `runId` is then the first run's. It is
   * also false when the run itself exists already.
   *
   * @throws UserError `journal.invalid_deduplication_key`, `journal.invalid_slot`
   * @param lease makes the run begin its life claimed by its creator (an eager start): one write instead of two.
   * Its epoch is then 1. Has no effect on a run that is not admitted at once.
   */
  create(run: NewRun, lease?: { owner: string; leaseMs: number }): Promise<CreatedRun>

  /**
   * Takes over runs that have work now (pending; due waiting; running with an expired lease), raising each one's epoch.
   * Runs that are not due, ended, suspended, or leased by a living owner are silently left out.
   */
  claim(request: { runIds: readonly RunId[]; owner: string; leaseMs: number }): Promise<ClaimedRun[]>

  /** Records steps under a lease. @throws FencedError */
  append(lease: Lease, steps: readonly StepWrite[]): Promise<RunRequests>

  /** Records the answer for a waiting HTTP caller. The first one stands. @throws FencedError */
  respond(lease: Lease, steps: readonly StepWrite[], response: WebhookResponse): Promise<void>

  /**
   * Records the last steps and ends the run, atomically; closes its waits. Soon after, even if this process dies at once,
   * its parent is told and its place is given to the next in the queue: the answer names whom to dispatch.
   *
   * @throws FencedError
   */
  finish(lease: Lease, steps: readonly StepWrite[], end: RunEnd): Promise<readonly DueRun[]>

  /**
   * Records steps, lets the run rest and gives up the lease, atomically. A waiting run that somebody wants cancelled, or
   * for which an answer has come meanwhile (an event may be older than the wait), does not rest: it is due at once.
   *
   * @throws FencedError
   */
  park(lease: Lease, steps: readonly StepWrite[], rest: RunRest): Promise<{ dispatchSeq: number; isDueNow: boolean }>

  /** Prolongs leases. Answers per lease, in order: still held, and what somebody wants of the run. */
  renew(leases: readonly Lease[], leaseMs: number): Promise<({ readonly held: boolean } & RunRequests)[]>

  /** Gives leases up at once (shutdown), so that another worker can claim without waiting for expiry. */
  release(leases: readonly Lease[]): Promise<void>

  /**
   * Ends a run that has not begun; asks the one that executes it, or has it executed once more, to undo and end others.
   * `due` names the run when it should be dispatched.
   */
  requestCancel(
    scope: TenantScope,
    runId: RunId,
  ): Promise<{ outcome: 'cancelled' | 'requested' | 'already_ended' | 'not_found'; due: readonly DueRun[] }>

  /** Suspends a run that nobody executes, or asks its owner to stop after the steps under way. */
  requestSuspend(
    scope: TenantScope,
    runId: RunId,
  ): Promise<'suspended' | 'requested' | 'already_ended' | 'already_suspended' | 'not_found'>

  /** Lets a suspended run go on, and takes back a request to suspend one. */
  resume(
    scope: TenantScope,
    runId: RunId,
  ): Promise<{ outcome: 'resumed' | 'not_suspended' | 'not_found'; due: readonly DueRun[] }>

  /**
   * Makes a failed or cancelled run pending again. The steps of `forget` count as never run; the history keeps them.
   * Recoveries are counted anew, and a request to cancel is forgotten.
   */
  reopen(
    scope: TenantScope,
    runId: RunId,
    forget: readonly StepAddress[],
  ): Promise<{ outcome: 'reopened' | 'not_ended' | 'not_found'; due: readonly DueRun[] }>

  /** Records an event and gives it to the waits that it matches. Repeating it does no harm. */
  publish(event: NewEvent): Promise<{ readonly created: boolean; readonly due: readonly DueRun[] }>

  /** Answers the approval or callback that a token stands for; the first answer stands. */
  answer(
    token: string,
    answer: JsonValue,
  ): Promise<{ outcome: 'answered' | 'already_answered' | 'not_found'; run?: RunIdentity; due: readonly DueRun[] }>

  /** Waits that can be answered, oldest first. */
  openWaits(
    scope: TenantScope,
    options: { readonly kind?: 'approval' | 'callback'; readonly runId?: RunId; readonly limit: number },
  ): Promise<OpenWait[]>

  /**
   * Finds runs that should be dispatched (again) and raises their `dispatchSeq`: pending ones that no worker took, due
   * waiting ones, and running ones whose lease expired. A run is not returned again for a few seconds. Where more are due
   * than asked for, customers take turns. Also makes up for what a process that died left undone: parents not told,
   * places not given on, events not delivered.
   *
   * @param limit how many at most, up to 1000
   */
  due(limit: number): Promise<DueRun[]>

  /** Runs on the dead-letter list, latest first. @param before the last id of the page before */
  deadRuns(scope: TenantScope, options: { readonly limit: number; readonly before?: RunId }): Promise<RunRecord[]>

  /** Resolves to undefined when the run does not exist in this scope. */
  readRun(scope: TenantScope, runId: RunId): Promise<RunRecord | undefined>

  /** The last record of each step, in the order they started, those of one moment by their address. Empty when the run does not exist in this scope. */
  readSteps(scope: TenantScope, runId: RunId): Promise<StepRecord[]>

  /** Everything that happened to a run, in order. Empty when the run does not exist in this scope. */
  readHistory(scope: TenantScope, runId: RunId): Promise<HistoryEntry[]>
}
