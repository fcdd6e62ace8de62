import type { ErrorKind, ErrorRecord } from '../contracts/errors.js'

/** A retry policy with its defaults filled in and its durations in milliseconds. */
export interface ResolvedRetry {
  readonly maxAttempts: number
  readonly initialIntervalMs: number
  readonly backoffCoefficient: number
  readonly maxIntervalMs: number
  readonly nonRetryableErrors: readonly ErrorKind[]
}

/** Without a policy a step is attempted once. */
export const NO_RETRY: ResolvedRetry = {
  maxAttempts: 1,
  initialIntervalMs: 1000,
  backoffCoefficient: 2,
  maxIntervalMs: 60_000,
  nonRetryableErrors: [],
}

export interface FailedAttempt {
  /** 1 for the first. */
  readonly attempt: number
  readonly error: ErrorRecord
  /** In [0, 1), for jitter. */
  readonly random: number
}

/** Who asks to wait longer than a day is asked again after a day: a mistaken header must not hold a run for years. */
const MAX_RETRY_AFTER_MS = 86_400_000

/**
 * Milliseconds until the next attempt, or undefined when there is to be none.
 *
 * The interval grows by the coefficient up to its maximum. Full jitter then picks any moment within it, so that many runs
 * that failed together do not return together. A service's own `retryAfterMs`, up to a day, comes before it.
 */
export function nextAttemptDelay(policy: ResolvedRetry, { attempt, error, random }: FailedAttempt): number | undefined {
  if (attempt >= policy.maxAttempts || !error.retryable) return undefined
  if (policy.nonRetryableErrors.includes(error.kind)) return undefined
  const interval = policy.initialIntervalMs * policy.backoffCoefficient ** (attempt - 1)
  const jittered = Math.min(interval, policy.maxIntervalMs) * random
  return Math.round(askedFor(error) + jittered)
}

/** Connectors pass on what services say, so anything may be in it. */
function askedFor({ retryAfterMs = 0 }: ErrorRecord): number {
  return retryAfterMs > 0 ? Math.min(retryAfterMs, MAX_RETRY_AFTER_MS) : 0
}
