import type { HttpResponse } from '../contracts/connector.js'
import { parseRetryAfter } from './retry-after.js'

const FORBIDDEN = 403
const TOO_MANY_REQUESTS = 429
const UNAVAILABLE = 503

/**
 * Whether an answer says that the service is called too often, and for how long it wants to be left alone if it says
 * that too. Such are status 429, a 503 that names a time, and a 403 of those that say so with it (GitHub, Google).
 *
 * @param nowMs Unix milliseconds, against which dates count
 */
export function readThrottling(
  { status, headers }: Pick<HttpResponse, 'status' | 'headers'>,
  nowMs: number,
): { readonly retryAfterMs: number | undefined } | undefined {
  if (status < FORBIDDEN) return undefined
  const asked = parseRetryAfter(headers['retry-after'], nowMs)
  switch (status) {
    case TOO_MANY_REQUESTS:
      return { retryAfterMs: asked ?? resetTime(headers, nowMs) }
    case UNAVAILABLE:
      return asked === undefined ? undefined : { retryAfterMs: asked }
    case FORBIDDEN:
      return asked !== undefined || headers['x-ratelimit-remaining'] === '0'
        ? { retryAfterMs: asked ?? resetTime(headers, nowMs) }
        : undefined
    default:
      return undefined
  }
}

/** Of the drafts of the HTTP working group on rate limits, and of the names that came before them. */
function resetTime(headers: HttpResponse['headers'], nowMs: number): number | undefined {
  return (
    limitTime(headers['ratelimit']) ??
    untilReset(headers['ratelimit-reset'], nowMs) ??
    untilReset(headers['x-ratelimit-reset-after'], nowMs) ??
    untilReset(headers['x-ratelimit-reset'], nowMs)
  )
}

/** `"default";r=0;t=30`, in earlier drafts `limit=10, remaining=0, reset=30`. The limit that is used up counts. */
function limitTime(value = ''): number | undefined {
  const spent = [...value.matchAll(/\br=0\s*;\s*t=(\d{1,9})/g)]
  const named = spent.length > 0 ? spent : [...value.matchAll(/\b(?:t|reset)\s*=\s*(\d{1,9})/g)]
  if (named.length === 0) return undefined
  return Math.max(...named.map(([, seconds]) => Number(seconds))) * 1000
}

/** More seconds than anybody waits: such a number is the moment itself, in seconds since 1970. */
const EPOCH_SECONDS = 1_000_000_000

function untilReset(value: string | undefined, nowMs: number): number | undefined {
  const text = value?.trim() ?? ''
  if (!/^\d{1,12}(\.\d+)?$/.test(text)) return undefined
  const seconds = Number(text)
  return seconds < EPOCH_SECONDS ? Math.ceil(seconds * 1000) : Math.max(0, Math.ceil(seconds * 1000 - nowMs))
}
