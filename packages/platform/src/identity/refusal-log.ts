import { isInlayError, type JsonObject, type TenantId } from '@inlay/engine'
import type { Redis } from 'ioredis'
import { decodeJwt } from 'jose'
import type { AuditAction, AuditLog } from '../audit/index.js'
import type { TenancyService } from '../tenancy/index.js'
import type { RequestFacts } from './acting.js'
import { createRateLimiter } from './limits/rate-limiter.js'
import type { MembersService } from './members.js'

/** Anybody can fail in a tenant's name: a flood must not become one of the log. */
const RECORDED_PER_HOUR = 200
const HOUR_SECONDS = 3600

/** Records who was not let in, in the audit log of the tenant that it concerns. What concerns none is not recorded. */
export interface RefusalLog {
  /** A sign-in to an account that there is, in each tenant that has it. */
  signIn(email: string, action: SignInRefusal, facts: RequestFacts): Promise<void>
  /** An embed token that was refused, with the code of the refusal and why. */
  embed(token: string, refusal: unknown, facts: RequestFacts): Promise<void>
}

type SignInRefusal = Extract<AuditAction, 'member.sign_in_failed' | 'member.sign_in_locked'>

interface RefusalLogDeps {
  readonly redis: Redis
  readonly audit: AuditLog
  readonly identity: Pick<MembersService, 'findMemberships'>
  readonly tenancy: Pick<TenancyService, 'getTenant'>
}

interface Refused {
  readonly action: AuditAction
  readonly target?: { readonly kind: string; readonly id: string }
  readonly details?: JsonObject
  readonly facts: RequestFacts
}

/** @param keyPrefix of the counters. @default 'inlay' */
export function createRefusalLog({ redis, audit, identity, tenancy }: RefusalLogDeps, keyPrefix = 'inlay'): RefusalLog {
  const recorded = createRateLimiter({
    ...{ redis, keyPrefix: `${keyPrefix}:refusals`, points: RECORDED_PER_HOUR, windowSeconds: HOUR_SECONDS },
  })
  const record = async (tenantId: TenantId, { facts, ...entry }: Refused): Promise<void> => {
    if ((await recorded.take(tenantId)) !== undefined) return
    // Whoever it was has not shown who they are.
    const source = { actor: { kind: 'anonymous', id: 'anonymous' }, ...facts } as const
    await audit.record({ tenantId }, { ...entry, source })
  }
  return {
    signIn: async (email, action, facts) => {
      for (const { tenantId, memberId } of await identity.findMemberships(email)) {
        await record(tenantId, { action, target: { kind: 'member', id: memberId }, facts })
      }
    },
    embed: async (token, refusal, facts) => {
      const tenantId = claimedTenant(token)
      if (tenantId === undefined || !isInlayError(refusal)) return
      const isThere = await tenancy.getTenant({ tenantId }).then(
        () => true,
        () => false,
      )
      const why = causeOf(refusal.cause)
      const details = { code: refusal.code, ...(why === undefined ? {} : { why }) }
      if (isThere) await record(tenantId, { action: 'embed.refused', details, facts })
    },
  }
}

/** Nothing of the token was believed: it says only whose log may want to know. */
function claimedTenant(token: string): TenantId | undefined {
  try {
    const { iss } = decodeJwt(token)
    return iss !== undefined && /^ten_[0-9a-f]{32}$/.test(iss) ? (iss as TenantId) : undefined
  } catch {
    return undefined
  }
}

/** The message of the token library, or of our own checks: neither repeats what the token holds. */
function causeOf(cause: unknown): string | undefined {
  if (!(cause instanceof Error)) return undefined
  return cause.name === 'ZodError' ? 'a claim is missing or not valid' : cause.message
}
