import type { ConnectionId, CustomerId, TenantId } from '../contracts/ids.js'

/** A call that an action is about to make. */
export interface GovernedCall {
  readonly tenantId: TenantId
  readonly connectorId: string
  /** Name or address, with the port when it is not the usual one. */
  readonly host: string
  readonly connectionId?: ConnectionId
  /** For whom; what happens to one customer's calls says nothing about another's. */
  readonly customerId?: CustomerId
  /** What the service allows one account, as `ServiceApi.pace` says. */
  readonly pace?: CallPace
}

/** A bucket of `requests` that is filled evenly within `perMs` milliseconds. */
export interface CallPace {
  readonly requests: number
  readonly perMs: number
}

/** How long a call may be kept waiting for its turn. */
export interface CallPatience {
  /** Milliseconds; calls that would wait longer are refused at once. @default 0 */
  readonly maxWaitMs?: number
  /** Ends the waiting. */
  readonly signal?: AbortSignal | undefined
}

/**
 * How a call ended. `failed`: the service could not be reached, did not answer in time, or has a problem of its own.
 * `throttled`: it asks to be called less often. `unknown`: the call says nothing of the service, for example because the
 * run was cancelled.
 */
export type CallOutcome =
  | { readonly kind: 'succeeded' | 'failed' | 'unknown' }
  | { readonly kind: 'throttled'; readonly retryAfterMs: number | undefined }

/** The permission for one call. */
export interface CallPermit {
  /** To be told how the call ended; the first time counts. Never throws. */
  end(outcome: CallOutcome): void
}

/**
 * Keeps calls from services that do not stand them: circuit breakers for those that fail, pauses for those that ask for
 * one, paces and rates. What one connection's or one customer's calls meet does not touch those of others.
 *
 * Promises: `before` costs no round trip while a service is well and no pace is given. A governor whose own store is away
 * lets every call pass. Deliberately absent: long waits. Who is refused tries again by its retry policy, which releases
 * the worker.
 */
export interface Governor {
  /**
   * Resolves when the call may be made, after at most `maxWaitMs`.
   * @throws StepError `rate_limited` with the time after which to try again
   */
  before(call: GovernedCall, patience?: CallPatience): Promise<CallPermit>
}
