import type { ErrorRecord } from '../contracts/errors.js'
import type { RunId } from '../contracts/ids.js'
import type { JsonValue } from '../contracts/json.js'
import type { RunIdentity, RunStatus, StepRecord, TerminalRunStatus, WebhookResponse } from '../contracts/run.js'
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
}

/** The outcome of `create`. */
export interface CreatedRun {
  readonly runId: RunId
  readonly created: boolean
  /** Of the run that `runId` names; Unix milliseconds by the journal's clock. */
  readonly createdAt: number
}

/** The right to write to a run, until `FencedError` says otherwise. */
export interface Lease extends RunIdentity {
  readonly epoch: number
}

/** A claimed run with all that is needed to go on with it. */
export interface ClaimedRun extends Lease {
  readonly trigger: JsonValue
  /** Unix milliseconds by the journal's clock. */
  readonly createdAt: number
  /** Unix milliseconds by the journal's clock at the claim; an activation counts its time from here. */
  readonly claimedAt: number
  /** How often a lease on this run has expired with its owner dead. */
  readonly recoveries: number
  readonly cancelRequested: boolean
  /** Everything recorded so far, in no particular order; empty for a new run. */
  readonly steps: readonly StepRecord[]
}

export interface RunEnd {
  readonly status: TerminalRunStatus
  readonly output?: JsonValue
  readonly error?: ErrorRecord
}

/** A run as readers see it. */
export interface RunRecord extends RunIdentity {
  readonly status: RunStatus
  readonly trigger: JsonValue
  readonly output?: JsonValue
  readonly error?: ErrorRecord
  readonly response?: WebhookResponse
  /** Unix milliseconds. */
  readonly createdAt: number
  readonly startedAt?: number
  readonly finishedAt?: number
  readonly wakeAt?: number
}

export interface DueRun {
  readonly runId: RunId
  readonly dispatchSeq: number
}

/**
 * The durable record of runs, and the only truth about them.
 *
 * Promises: what a resolved promise reports is durable. Writes of all runs in a process may share commits.
 * Every write under a lease is refused with `FencedError` once the run has a newer epoch or has ended, and then leaves no trace.
 * Writes of one run take effect in the order in which they were asked for. Payloads come back as they went in, whatever
 * JSON they are, and a recorded null is told from nothing. What is wrong with one write never fails another.
 * Times are decided by the journal's own clock. All methods are safe to repeat after an unknown outcome (a cut connection).
 * Deliberately absent: transactions, and any way to write without a lease other than those named here.
 */
export interface Journal {
  /**
   * Records a new run. `created` is false when `deduplicationKey` was seen before; `runId` is then the first run's. It is
   * also false when the run itself exists already.
   *
   * @throws UserError `journal.invalid_deduplication_key`
   * @param lease makes the run begin its life claimed by its creator (an eager start): one write instead of two.
   * Its epoch is then 1.
   */
  create(run: NewRun, lease?: { owner: string; leaseMs: number }): Promise<CreatedRun>

  /**
   * Takes over runs that have work now (pending; due waiting; running with an expired lease), raising each one's epoch.
   * Runs that are not due, ended, or leased by a living owner are silently left out.
   */
  claim(request: { runIds: readonly RunId[]; owner: string; leaseMs: number }): Promise<ClaimedRun[]>

  /** Records steps under a lease; later records of one address replace earlier ones wholly. @throws FencedError */
  append(lease: Lease, steps: readonly StepRecord[]): Promise<{ cancelRequested: boolean }>

  /** Records the answer for a waiting HTTP caller. The first one stands. @throws FencedError */
  respond(lease: Lease, steps: readonly StepRecord[], response: WebhookResponse): Promise<void>

  /** Records the last steps and ends the run, atomically. @throws FencedError */
  finish(lease: Lease, steps: readonly StepRecord[], end: RunEnd): Promise<void>

  /**
   * Records steps, sets the run `waiting` until `wakeAt` (Unix ms) and gives up the lease, atomically. A run that
   * somebody wants cancelled does not rest: it is due at once.
   *
   * @throws FencedError
   */
  park(lease: Lease, steps: readonly StepRecord[], wakeAt: number): Promise<{ dispatchSeq: number }>

  /** Prolongs leases. Answers per lease, in order: still held, and whether somebody asked to cancel. */
  renew(leases: readonly Lease[], leaseMs: number): Promise<{ held: boolean; cancelRequested: boolean }[]>

  /** Gives leases up at once (shutdown), so that another worker can claim without waiting for expiry. */
  release(leases: readonly Lease[]): Promise<void>

  /** Ends a run that nobody executes, or asks its owner to. */
  requestCancel(scope: TenantScope, runId: RunId): Promise<'cancelled' | 'requested' | 'already_ended' | 'not_found'>

  /**
   * Finds runs that should be dispatched (again) and raises their `dispatchSeq`: pending ones that no worker took, due
   * waiting ones, and running ones whose lease expired. A run is not returned again for a few seconds.
   *
   * @param limit how many at most, up to 1000
   */
  due(limit: number): Promise<DueRun[]>

  /** Resolves to undefined when the run does not exist in this scope. */
  readRun(scope: TenantScope, runId: RunId): Promise<RunRecord | undefined>

  /** Steps in the order they started, those of one moment by their address. Empty when the run does not exist in this scope. */
  readSteps(scope: TenantScope, runId: RunId): Promise<StepRecord[]>
}
