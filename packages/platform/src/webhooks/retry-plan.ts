/** When a delivery that failed is tried again, and what makes an endpoint be switched off. */

const FIRST_DELAY_MS = 45_000
const FACTOR = 4
const HOUR_MS = 3_600_000
const GIVE_UP_ENDPOINT_MS = 5 * 24 * HOUR_MS
const MAX_RETRY_AFTER_MS = 24 * HOUR_MS
const GONE = 410

/** Attempts of a series: 45 seconds, 3, 12, 48 minutes, 3, 13 and 51 hours after each other, about three days in all. */
export const MAX_ATTEMPTS = 8

/** What came of an attempt. */
export interface AttemptOutcome {
  /** The HTTP status; null when there was no answer. */
  readonly status: number | null
  /** What the answer asks for in `Retry-After`. */
  readonly retryAfterMs?: number | undefined
}

/** What follows an attempt. */
export type AfterAttempt =
  | { readonly status: 'succeeded' }
  | { readonly status: 'pending'; readonly delayMs: number }
  | { readonly status: 'failed' }

/** Any 2xx is success. */
export function isSuccess({ status }: AttemptOutcome): boolean {
  return status !== null && status >= 200 && status < 300
}

/**
 * What follows an attempt: nothing, another one after a pause of four times the one before (a tenth less to a tenth more,
 * so that what failed together does not come back together), or the end.
 *
 * @param attempt of the series, from 1
 * @param random from 0 to 1
 */
export function afterAttempt(outcome: AttemptOutcome, attempt: number, random: number): AfterAttempt {
  if (isSuccess(outcome)) return { status: 'succeeded' }
  if (outcome.status === GONE || attempt >= MAX_ATTEMPTS) return { status: 'failed' }
  const planned = Math.round(FIRST_DELAY_MS * FACTOR ** (attempt - 1) * (0.9 + 0.2 * random))
  return { status: 'pending', delayMs: Math.max(planned, Math.min(outcome.retryAfterMs ?? 0, MAX_RETRY_AFTER_MS)) }
}

/**
 * Why an endpoint is switched off after a failed attempt; undefined when it stays.
 *
 * @param failingForMs since the first attempt of those that have all failed
 */
export function reasonToDisable(outcome: AttemptOutcome, failingForMs: number): 'gone' | 'failing' | undefined {
  if (isSuccess(outcome)) return undefined
  if (outcome.status === GONE) return 'gone'
  return failingForMs > GIVE_UP_ENDPOINT_MS ? 'failing' : undefined
}

/** Reads `Retry-After`, in seconds or as a date. @returns undefined for anything else */
export function readRetryAfter(header: string | undefined, nowMs: number): number | undefined {
  if (header === undefined) return undefined
  if (/^\d{1,9}$/.test(header.trim())) return Number(header) * 1000
  const at = Date.parse(header)
  return Number.isNaN(at) ? undefined : Math.max(0, at - nowMs)
}
