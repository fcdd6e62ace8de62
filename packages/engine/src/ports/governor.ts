import type { ConnectionId, TenantId } from '../contracts/ids.js'

/** A call that an action is about to make. */
export interface GovernedCall {
  readonly tenantId: TenantId
  readonly connectorId: string
  /** Name or address, with the port when it is not the usual one. */
  readonly host: string
  readonly connectionId?: ConnectionId
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
 * Keeps calls from services that do not stand them: circuit breakers for those that fail, and rates.
 *
 * Promises: `before` costs no round trip while a service is well. A governor whose own store is away lets every call pass.
 * Deliberately absent: waiting. Who is refused tries again by its retry policy, which releases the worker.
 */
export interface Governor {
  /** @throws StepError `rate_limited` with the time after which to try again */
  before(call: GovernedCall): Promise<CallPermit>
}
