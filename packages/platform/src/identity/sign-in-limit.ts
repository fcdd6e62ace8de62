import { UserError } from '@inlay/engine'
import type { Redis } from 'ioredis'
import { RateLimiterMemory, RateLimiterRedis } from 'rate-limiter-flexible'
import { lookupOf } from '../database/index.js'

const WINDOW_SECONDS = 15 * 60
const PER_ACCOUNT = 5
const PER_ADDRESS = 50

export interface SignInLimit {
  /** Counts a failed attempt's cost before it is made. @throws UserError `auth.too_many_attempts` */
  consume(email: string, address: string): Promise<void>
  /** A success clears the account's count. */
  reward(email: string): Promise<void>
}

/** Bounds guessing: per account and per address. Falls back to this process's memory while Redis is away. */
export function createSignInLimit(redis: Redis): SignInLimit {
  const account = limiter(redis, 'account', PER_ACCOUNT)
  const address = limiter(redis, 'address', PER_ADDRESS)
  return {
    consume: async (email, remote) => {
      try {
        await Promise.all([account.consume(keyOf(email)), address.consume(remote)])
      } catch (refusal) {
        const waitMs =
          typeof refusal === 'object' && refusal !== null && 'msBeforeNext' in refusal
            ? Number(refusal.msBeforeNext)
            : 60_000
        throw new UserError('too_many', 'auth.too_many_attempts', 'There were too many attempts to sign in.', {
          detail: `Try again in ${Math.ceil(waitMs / 60_000)} minutes.`,
        })
      }
    },
    reward: async (email) => {
      await account.delete(keyOf(email))
    },
  }
}

function limiter(redis: Redis, name: string, points: number): RateLimiterRedis {
  const options = { keyPrefix: `inlay:sign-in:${name}`, points, duration: WINDOW_SECONDS }
  return new RateLimiterRedis({ ...options, storeClient: redis, insuranceLimiter: new RateLimiterMemory(options) })
}

function keyOf(email: string): string {
  return lookupOf(email.trim().toLowerCase())
}
