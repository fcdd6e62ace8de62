import type { Redis } from 'ioredis'
import { RateLimiterMemory, RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible'

/** How much is allowed in a window. */
export interface Rate {
  readonly points: number
  readonly windowSeconds: number
}

/** What was asked for once too often. */
export interface Excess {
  readonly retryAfterMs: number
  /** Whether it is the first one too many of its window: what follows need not be told again. */
  readonly isFirst: boolean
}

/** Counts by key, in windows that begin with the first point. */
export interface RateLimiter {
  /** Takes a point; undefined when there was one left. */
  take(key: string): Promise<Excess | undefined>
  /** Whether there is none left, without taking any. */
  look(key: string): Promise<Excess | undefined>
  /** Gives a point back. */
  giveBack(key: string): Promise<void>
  forget(key: string): Promise<void>
}

interface RateLimiterOptions extends Rate {
  readonly redis: Redis
  readonly keyPrefix: string
}

/** Counts in Redis, and in this process's memory while Redis is away. */
export function createRateLimiter({ redis, keyPrefix, points, windowSeconds }: RateLimiterOptions): RateLimiter {
  const options = { keyPrefix, points, duration: windowSeconds }
  const limiter = new RateLimiterRedis({
    ...options,
    storeClient: redis,
    insuranceLimiter: new RateLimiterMemory(options),
  })
  const excessOf = ({ msBeforeNext, consumedPoints }: RateLimiterRes): Excess => ({
    retryAfterMs: Math.max(0, msBeforeNext),
    isFirst: consumedPoints === points + 1,
  })
  return {
    take: async (key) => {
      try {
        await limiter.consume(key)
        return undefined
      } catch (refusal) {
        if (!(refusal instanceof RateLimiterRes)) throw refusal
        return excessOf(refusal)
      }
    },
    look: async (key) => {
      const state = await limiter.get(key)
      return state === null || state.consumedPoints < points ? undefined : excessOf(state)
    },
    giveBack: async (key) => {
      await limiter.reward(key)
    },
    forget: async (key) => {
      await limiter.delete(key)
    },
  }
}

/** When to try again, in words. */
export function tryAgainIn(retryAfterMs: number): string {
  const seconds = Math.max(1, Math.ceil(retryAfterMs / 1000))
  if (seconds < 60) return `Try again in ${seconds === 1 ? 'a second' : `${seconds} seconds`}.`
  const minutes = Math.ceil(seconds / 60)
  return `Try again in ${minutes === 1 ? 'a minute' : `${minutes} minutes`}.`
}
