import { UserError } from '@inlay/engine'
import type { Redis } from 'ioredis'
import type { Caller } from '../caller.js'
import { createRateLimiter, type RateLimiter, tryAgainIn } from './rate-limiter.js'

interface CallRates {
  readonly windowSeconds: number
  /** Of one person, so that nobody uses up what the others of a customer have. */
  readonly perPerson: number
  /** Of one customer, whoever calls. */
  readonly perCustomer: number
  /** What was done too often, as one sentence. */
  readonly title: string
}

/** Calls that reach outside, or that cost somebody money, by kind. */
const CALL_RATES = {
  /** Tests of single steps: each may call a service. */
  stepTests: { windowSeconds: 60, perPerson: 30, perCustomer: 120, title: 'Many steps were tried in a short time.' },
  /** Choices and shapes of fields, which services are asked for. */
  formQuestions: {
    windowSeconds: 60,
    perPerson: 120,
    perCustomer: 600,
    title: 'A service was asked for choices very often in a short time.',
  },
  /** Workflows that a model proposes; its answers cost the operator money. */
  proposals: {
    windowSeconds: 3600,
    perPerson: 15,
    perCustomer: 30,
    title: 'Many workflows were described in a short time.',
  },
  /** Sign-ins to services that are begun. */
  authorizations: {
    windowSeconds: 600,
    perPerson: 20,
    perCustomer: 60,
    title: 'Many accounts were begun to be connected in a short time.',
  },
  /** Files that are uploaded: each is kept for weeks. */
  uploads: { windowSeconds: 600, perPerson: 60, perCustomer: 200, title: 'Many files were uploaded in a short time.' },
  /** Looks at the records of domains. */
  domainChecks: { windowSeconds: 60, perPerson: 20, perCustomer: 20, title: 'Domains were checked very often.' },
  /** Tools that agents call: one that goes round in circles starts runs. */
  toolCalls: { windowSeconds: 60, perPerson: 60, perCustomer: 120, title: 'Many tools were called in a short time.' },
} as const satisfies Record<string, CallRates>

/** A kind of call that is limited. */
export type CallKind = keyof typeof CALL_RATES

/** API keys speak for all customers of a tenant: they may do as much as this many of them. */
const CUSTOMERS_OF_A_KEY = 10

/** Bounds calls of a kind: per person and per customer; per API key for callers that are no people. */
export interface CallLimits {
  /** Counts a call before it is made. @throws UserError `limit.too_many_calls`, with when to try again */
  take(kind: CallKind, caller: Caller): Promise<void>
}

/** @param keyPrefix of the counters. @default 'inlay' */
export function createCallLimits(redis: Redis, keyPrefix = 'inlay'): CallLimits {
  // Made of the very keys of the table.
  const limiters = Object.fromEntries(
    Object.entries(CALL_RATES).map(([kind, rates]) => [kind, limitersOf(redis, `${keyPrefix}:calls:${kind}`, rates)]),
  ) as Record<CallKind, CallLimiters>
  return {
    take: async (kind, caller) => {
      const { tenantId, customerId } = caller.scope
      const { person, customer, key } = limiters[kind]
      const own = caller.kind === 'apiKey' ? key : person
      const excess =
        (await own.take(`${tenantId}:${caller.id}`)) ??
        (customerId === undefined ? undefined : await customer.take(`${tenantId}:${customerId}`))
      if (excess === undefined) return
      const { retryAfterMs } = excess
      throw new UserError('too_many', 'limit.too_many_calls', CALL_RATES[kind].title, {
        detail: tryAgainIn(retryAfterMs),
        data: { retryAfterMs },
      })
    },
  }
}

interface CallLimiters {
  readonly person: RateLimiter
  readonly customer: RateLimiter
  readonly key: RateLimiter
}

function limitersOf(redis: Redis, keyPrefix: string, { windowSeconds, perPerson, perCustomer }: CallRates) {
  const limiter = (of: string, points: number) =>
    createRateLimiter({ redis, keyPrefix: `${keyPrefix}:${of}`, points, windowSeconds })
  return {
    person: limiter('person', perPerson),
    customer: limiter('customer', perCustomer),
    key: limiter('key', perCustomer * CUSTOMERS_OF_A_KEY),
  }
}
