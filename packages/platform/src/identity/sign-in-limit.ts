import { UserError } from '@inlay/engine'
import type { Redis } from 'ioredis'
import { RateLimiterMemory, RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible'
import { lookupOf } from '../database/index.js'

const WINDOW_SECONDS = 15 * 60
const ATTEMPTS_PER_ACCOUNT = 5
const ATTEMPTS_PER_ADDRESS = 50

/** Bounds guessing of passwords: per account and per address, in windows of 15 minutes. */
export interface SignInLimit {
  /** Counts an attempt before it is made. @throws UserError `auth.too_many_attempts` */
  consume(email: string, address: string): Promise<void>
  /** A success clears the account's count and gives the address its attempt back. */
  reward(email: string, address: string): Promise<void>
}

/** Counts in Redis, and in this process's memory while Redis is away. @param keyPrefix of the counters. @default 'inlay' */
export function createSignInLimit(redis: Redis, keyPrefix = 'inlay'): SignInLimit {
  const accounts = limiter(redis, `${keyPrefix}:sign-in:account`, ATTEMPTS_PER_ACCOUNT)
  const addresses = limiter(redis, `${keyPrefix}:sign-in:address`, ATTEMPTS_PER_ADDRESS)
  return {
    consume: async (email, address) => {
      try {
        await addresses.consume(address)
        await accounts.consume(keyOf(email))
      } catch (refusal) {
        if (!(refusal instanceof RateLimiterRes)) throw refusal
        const minutes = Math.ceil(refusal.msBeforeNext / 60_000)
        throw new UserError('too_many', 'auth.too_many_attempts', 'There were too many attempts to sign in.', {
          detail: `Try again in ${minutes === 1 ? 'a minute' : `${minutes} minutes`}.`,
        })
      }
    },
    reward: async (email, address) => {
      await Promise.all([accounts.delete(keyOf(email)), addresses.reward(address)])
    },
  }
}

function limiter(redis: Redis, keyPrefix: string, points: number): RateLimiterRedis {
  const options = { keyPrefix, points, duration: WINDOW_SECONDS }
  return new RateLimiterRedis({ ...options, storeClient: redis, insuranceLimiter: new RateLimiterMemory(options) })
}

/** Addresses of people are not kept in Redis in the clear. */
function keyOf(email: string): string {
  return lookupOf(email.trim().toLowerCase())
}
