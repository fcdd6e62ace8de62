import { createPublicKey, randomBytes } from 'node:crypto'
import { type CustomerId, type TenantId, UserError } from '@inlay/engine'
import { decodeJwt, jwtVerify } from 'jose'
import { z } from 'zod'
import { type Database, lookupOf } from '../database/index.js'
import type { TenancyService } from '../tenancy/index.js'
import type { EmbedCaller } from './caller.js'
import { EMBED_PERMISSIONS, EMBED_ROLES } from './permissions.js'

const SESSION_MS = 10 * 60_000
const MAX_TOKEN_SECONDS = 300
const CLOCK_SKEW_SECONDS = 30

const claimsSchema = z.object({
  iss: z.string().regex(/^ten_[0-9a-f]{32}$/),
  sub: z.string().min(1).max(200),
  customer: z.string().min(1).max(200),
  customer_name: z.string().max(200).optional(),
  name: z.string().max(200).optional(),
  role: z.enum(EMBED_ROLES),
  jti: z.string().min(8).max(200),
  iat: z.number(),
  exp: z.number(),
  origins: z.array(z.string()).optional(),
})
type Claims = z.infer<typeof claimsSchema>

export interface EmbedExchange {
  readonly sessionToken: string
  readonly expiresAt: string
  readonly caller: EmbedCaller
}

export interface EmbedService {
  /**
   * Exchanges a token that the tenant's backend signed for a short session. Each token works once.
   *
   * @param origin of the calling page, when the request names one
   * @throws UserError `embed.token_invalid`, `embed.token_used`, `embed.origin_denied`
   */
  exchange(token: string, origin: string | undefined): Promise<EmbedExchange>
}

export function createEmbedService(deps: {
  database: Database
  tenancy: TenancyService
  audience: string
}): EmbedService {
  const { database, tenancy, audience } = deps
  return {
    exchange: async (token, origin) => {
      const claims = await verifyToken(token, { database, audience })
      const tenantId = claims.iss as TenantId
      await assertOrigin(tenancy, claims, origin)
      await useOnce(database, tenantId, claims)
      const customerId = await tenancy.ensureCustomer(
        { tenantId },
        { externalId: claims.customer, name: claims.customer_name },
      )
      return openSession(database, { tenantId, customerId, claims })
    },
  }
}

async function verifyToken(
  token: string,
  { database, audience }: { database: Database; audience: string },
): Promise<Claims> {
  try {
    const tenantId = claimsSchema.shape.iss.parse(decodeJwt(token).iss) as TenantId
    const { payload } = await jwtVerify(
      token,
      async ({ kid, alg }) => {
        const [row] = await database.withTenant(
          { tenantId },
          (sql) => sql<{ algorithm: string; public_key: string }[]>`
          SELECT algorithm, public_key FROM inlay.signing_keys
          WHERE tenant_id = ${tenantId} AND id = ${kid ?? ''} AND revoked_at IS NULL`,
        )
        // The algorithm is the key's, whatever the token says of itself.
        if (row === undefined || row.algorithm !== alg) throw new Error('unknown key')
        return createPublicKey(row.public_key)
      },
      {
        algorithms: ['EdDSA', 'RS256'],
        audience,
        issuer: tenantId,
        typ: 'inlay-embed+jwt',
        clockTolerance: CLOCK_SKEW_SECONDS,
      },
    )
    const claims = claimsSchema.parse(payload)
    if (typeof payload.aud !== 'string') throw new Error('several audiences')
    if (claims.exp - claims.iat > MAX_TOKEN_SECONDS) throw new Error('too long a life')
    return claims
  } catch (cause) {
    throw new UserError('unauthenticated', 'embed.token_invalid', 'The embed token is not valid.', {
      detail:
        "It must be signed with one of the tenant's signing keys, name this control plane as audience, and live for five minutes at most.",
      cause,
    })
  }
}

async function assertOrigin(tenancy: TenancyService, claims: Claims, origin: string | undefined): Promise<void> {
  if (origin === undefined) return
  const { allowedOrigins } = await tenancy.getTenant({ tenantId: claims.iss as TenantId })
  const narrowed = claims.origins ?? allowedOrigins
  if (allowedOrigins.includes(origin) && narrowed.includes(origin)) return
  throw new UserError('denied', 'embed.origin_denied', `Pages of ${origin} may not use this tenant's widget.`, {
    detail: "Add the origin to the tenant's allowed origins.",
  })
}

async function useOnce(database: Database, tenantId: TenantId, { jti, exp }: Claims): Promise<void> {
  const rows = await database.withTenant({ tenantId }, async (sql) => {
    await sql`DELETE FROM inlay.used_embed_tokens WHERE tenant_id = ${tenantId} AND expires_at < now() - interval '5 minutes'`
    return sql`INSERT INTO inlay.used_embed_tokens (tenant_id, jti, expires_at)
      VALUES (${tenantId}, ${jti}, ${new Date(exp * 1000)}) ON CONFLICT DO NOTHING RETURNING jti`
  })
  if (rows.length === 0) {
    throw new UserError('unauthenticated', 'embed.token_used', 'This embed token was used before.', {
      detail: 'Sign a new token for each exchange.',
    })
  }
}

interface SessionRequest {
  readonly tenantId: TenantId
  readonly customerId: CustomerId
  readonly claims: Claims
}

async function openSession(
  database: Database,
  { tenantId, customerId, claims }: SessionRequest,
): Promise<EmbedExchange> {
  const sessionToken = `ink_embed_${randomBytes(32).toString('base64url')}`
  const expiresAt = new Date(Date.now() + SESSION_MS)
  const { sub, role, name = null } = claims
  await database.withTenant({ tenantId }, async (sql) => {
    await sql`DELETE FROM inlay.embed_sessions WHERE tenant_id = ${tenantId} AND expires_at < now()`
    await sql`INSERT INTO inlay.embed_sessions (tenant_id, lookup, customer_id, sub, name, role, expires_at)
      VALUES (${tenantId}, ${lookupOf(sessionToken)}, ${customerId}, ${sub}, ${name}, ${role}, ${expiresAt})`
  })
  const caller: EmbedCaller = {
    kind: 'embed',
    id: `${customerId}:${sub}`,
    scope: { tenantId, customerId },
    permissions: EMBED_PERMISSIONS[role],
    endUser: { sub, name, role },
  }
  return { sessionToken, expiresAt: expiresAt.toISOString(), caller }
}
