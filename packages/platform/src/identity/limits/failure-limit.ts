import { isInlayError, UserError } from '@inlay/engine'
import type { Redis } from 'ioredis'
import { createRateLimiter, type Rate, tryAgainIn } from './rate-limiter.js'

/** Slows down an address that fails again and again. What succeeds is never counted, so that an office may share one. */
export interface FailureLimit {
  /**
   * Does the work and counts it when it is refused.
   *
   * @throws UserError `limit.too_many_failures`, without doing it, when too much was refused before
   */
  guard<T>(address: string, work: () => Promise<T>): Promise<T>
}

interface FailureLimitOptions extends Rate {
  readonly redis: Redis
  readonly keyPrefix: string
  /** Told once per window of an address that is slowed down from now on. */
  readonly onReached?: (address: string) => void
}

/** Counts refusals; errors of ours are nobody's failure. */
export function createFailureLimit({ onReached, ...options }: FailureLimitOptions): FailureLimit {
  const limiter = createRateLimiter(options)
  return {
    guard: async (address, work) => {
      const excess = await limiter.look(address)
      if (excess !== undefined) throw tooManyFailures(excess.retryAfterMs)
      try {
        return await work()
      } catch (error) {
        if (isInlayError(error) && 'reason' in error) {
          await limiter.take(address)
          if ((await limiter.look(address)) !== undefined) onReached?.(address)
        }
        throw error
      }
    },
  }
}

function tooManyFailures(retryAfterMs: number): UserError {
  return new UserError('too_many', 'limit.too_many_failures', 'Too many requests from here were refused.', {
    detail: tryAgainIn(retryAfterMs),
    data: { retryAfterMs },
  })
}
