import { type ApiError, ConnectionError, toApiError } from './errors.js'

const BASE_MS = 200
const MAX_MS = 5_000

export interface RetryOptions {
  readonly maxRetries: number
  /** Whether a call may be repeated although its first outcome is not known. */
  readonly isSafe: boolean
}

/** Repeats a call that may succeed later, with full jitter. Calls that change something are repeated only when they were refused unexecuted. */
export async function withRetries<T>(call: () => Promise<T>, { maxRetries, isSafe }: RetryOptions): Promise<T> {
  for (let attempt = 0; ; attempt++) {
    try {
      return await call()
    } catch (thrown) {
      const error = toApiError(thrown)
      if (attempt >= maxRetries || !mayRetry(error, isSafe)) throw error
      await new Promise((resolve) => setTimeout(resolve, Math.random() * Math.min(MAX_MS, BASE_MS * 2 ** attempt)))
    }
  }
}

function mayRetry(error: ApiError, isSafe: boolean): boolean {
  if (error.status === 429 || error.status === 503) return true
  return isSafe && (error instanceof ConnectionError || error.status >= 500 || error.status === 408)
}
