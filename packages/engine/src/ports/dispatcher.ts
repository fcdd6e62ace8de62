import type { CustomerId, RunId, TenantId } from '../contracts/ids.js'

/** A run that some worker should look at. */
export interface Dispatch {
  readonly runId: RunId
  /** Whose run it is, so that one customer's flood need not stand before another's runs. */
  readonly tenantId: TenantId
  readonly customerId: CustomerId
  /** Grows with each dispatch of the run, so that a queue does not swallow it as a duplicate. */
  readonly dispatchSeq: number
  /** Milliseconds to wait before a worker should look at the run. @default 0 */
  readonly delayMs?: number
}

/**
 * Tells some worker, soon, that runs have work. A hint and no more: it may be lost, repeated or reordered, and the
 * sweeper makes up for it from the journal. It carries ids only, never payloads, and must not throw when its transport is down.
 */
export interface Dispatcher {
  /** Returns at once. */
  dispatch(runs: readonly Dispatch[]): void
}
