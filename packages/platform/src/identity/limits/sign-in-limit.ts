import { UserError } from '@inlay/engine'
import type { Redis } from 'ioredis'
import { lookupOf } from '../../database/index.js'
import { createRateLimiter, tryAgainIn } from './rate-limiter.js'

const WINDOW_SECONDS = 15 * 60
const ATTEMPTS_PER_ACCOUNT = 5
const ATTEMPTS_PER_ADDRESS = 50

/** Bounds guessing of passwords: per account and per address, in windows of 15 minutes. */
export interface SignInLimit {
  /**
   * Counts an attempt before it is made.
   *
   * @param onLocked is called for the first attempt that an account refuses in its window
   * @throws UserError `auth.too_many_attempts`
   */
  consume(attempt: SignInAttempt, onLocked?: () => Promise<void>): Promise<void>
  /** A success clears the account's count and gives the address its attempt back. */
  reward(attempt: SignInAttempt): Promise<void>
}

/** Who tries, and where from. */
export interface SignInAttempt {
  readonly email: string
  readonly address: string
}

/** @param keyPrefix of the counters. @default 'inlay' */
export function createSignInLimit(redis: Redis, keyPrefix = 'inlay'): SignInLimit {
  const limiter = (kind: string, points: number) =>
    createRateLimiter({ redis, keyPrefix: `${keyPrefix}:sign-in:${kind}`, points, windowSeconds: WINDOW_SECONDS })
  const accounts = limiter('account', ATTEMPTS_PER_ACCOUNT)
  const addresses = limiter('address', ATTEMPTS_PER_ADDRESS)
  return {
    consume: async ({ email, address }, onLocked) => {
      const fromHere = await addresses.take(address)
      const excess = fromHere ?? (await accounts.take(keyOf(email)))
      if (excess === undefined) return
      const { retryAfterMs, isFirst } = excess
      if (fromHere === undefined && isFirst) await onLocked?.()
      throw new UserError('too_many', 'auth.too_many_attempts', 'There were too many attempts to sign in.', {
        detail: tryAgainIn(retryAfterMs),
        data: { retryAfterMs },
      })
    },
    reward: async ({ email, address }) => {
      await Promise.all([accounts.forget(keyOf(email)), addresses.giveBack(address)])
    },
  }
}

/** Addresses of people are not kept in Redis in the clear. */
function keyOf(email: string): string {
  return lookupOf(email.trim().toLowerCase())
}
