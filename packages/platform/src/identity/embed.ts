import { randomBytes } from 'node:crypto'
import { type CustomerId, type TenantId, UserError } from '@inlay/engine'
import { type Database, lookupOf } from '../database/index.js'
import type { Addresses, ServedDomain } from '../domains/addresses.js'
import type { TenancyService } from '../tenancy/index.js'
import type { EmbedCaller } from './caller.js'
import { type EmbedClaims, verifyEmbedToken } from './embed-token.js'
import { EMBED_PERMISSIONS, type EmbedRole } from './permissions.js'

const SESSION_MS = 10 * 60_000
export const EMBED_SESSION_PREFIX = 'ink_embed_'

/** A begun session of the widget. */
export interface EmbedExchange {
  /** To be sent as a bearer token; kept in the page's memory only. */
  readonly sessionToken: string
  /** ISO 8601. */
  readonly expiresAt: string
  readonly caller: EmbedCaller
}

export interface EmbedService {
  /**
   * Exchanges a token that the tenant's backend signed for a session of ten minutes. Each token works once. The
   * customer is made when it is first seen.
   *
   * @param pageOrigin of the calling page when it is not one of ours, or of the page around our frame
   * @param at the tenant's domain that was called. @default the operator's address
   * @throws UserError `embed.token_invalid`, `embed.token_used`, `embed.origin_denied`
   */
  exchange(token: string, pageOrigin: string | undefined, at?: Pick<ServedDomain, 'tenantId'>): Promise<EmbedExchange>
  /** Whose session a token is; null for anything but a living session. */
  callerOf(sessionToken: string): Promise<EmbedCaller | null>
}

interface EmbedDeps {
  readonly database: Database
  readonly tenancy: TenancyService
  /** What tokens must name as audience: an address of the control plane for their tenant. */
  readonly addresses: Pick<Addresses, 'basesOf'>
}

export function createEmbedService(deps: EmbedDeps): EmbedService {
  const { database, tenancy } = deps
  return {
    exchange: async (token, pageOrigin, at) => {
      const claims = await verifyEmbedToken(token, deps, at?.tenantId)
      await assertOrigins(tenancy, claims, pageOrigin)
      await useOnce(database, claims)
      const customerId = await tenancy.ensureCustomer(
        { tenantId: claims.tenantId },
        { externalId: claims.customer, name: claims.customer_name },
      )
      return openSession(database, customerId, claims)
    },
    callerOf: (sessionToken) => readSession(database, lookupOf(sessionToken)),
  }
}

/** A token may narrow the tenant's origins, and cannot widen them. */
async function assertOrigins(
  tenancy: TenancyService,
  { tenantId, origins }: EmbedClaims,
  pageOrigin: string | undefined,
): Promise<void> {
  const { allowedOrigins } = await tenancy.getTenant({ tenantId })
  const denied = origins?.find((origin) => !allowedOrigins.includes(origin))
  if (denied !== undefined) throw originDenied(denied)
  // A server has no origin; that our own embed page tells the one around it gives people a reason, and frame-ancestors
  // keeps out those who do not tell it.
  if (pageOrigin !== undefined && !(origins ?? allowedOrigins).includes(pageOrigin)) throw originDenied(pageOrigin)
}

function originDenied(origin: string): UserError {
  return new UserError('denied', 'embed.origin_denied', `Pages of ${origin} may not show this tenant's widget.`, {
    detail: "Add the origin to the tenant's allowed origins and, if the token lists origins, to those.",
  })
}

async function useOnce(database: Database, { tenantId, jti, exp }: EmbedClaims): Promise<void> {
  const isFirst = await database.withTenant({ tenantId }, async (sql) => {
    // What has expired, with the clocks' tolerance, is refused for that already.
    await sql`DELETE FROM inlay.used_embed_tokens
      WHERE tenant_id = ${tenantId} AND expires_at < now() - interval '5 minutes'`
    const rows = await sql`INSERT INTO inlay.used_embed_tokens (tenant_id, jti, expires_at)
      VALUES (${tenantId}, ${jti}, ${new Date(exp * 1000)}) ON CONFLICT DO NOTHING RETURNING jti`
    return rows.length > 0
  })
  if (isFirst) return
  throw new UserError('unauthenticated', 'embed.token_used', 'This embed token was used before.', {
    detail: 'Sign a new token for each exchange.',
  })
}

async function openSession(database: Database, customerId: CustomerId, claims: EmbedClaims): Promise<EmbedExchange> {
  const { tenantId, sub, role, name = null } = claims
  const sessionToken = `${EMBED_SESSION_PREFIX}${randomBytes(32).toString('base64url')}`
  const expiresAt = new Date(Date.now() + SESSION_MS)
  await database.withTenant({ tenantId }, async (sql) => {
    await sql`DELETE FROM inlay.embed_sessions WHERE tenant_id = ${tenantId} AND expires_at < now()`
    await sql`INSERT INTO inlay.embed_sessions (tenant_id, lookup, customer_id, sub, name, role, expires_at)
      VALUES (${tenantId}, ${lookupOf(sessionToken)}, ${customerId}, ${sub}, ${name}, ${role}, ${expiresAt})`
  })
  const caller = toCaller({ tenant_id: tenantId, customer_id: customerId, sub, name, role })
  return { sessionToken, expiresAt: expiresAt.toISOString(), caller }
}

interface SessionRow {
  readonly tenant_id: TenantId
  readonly customer_id: CustomerId
  readonly sub: string
  readonly name: string | null
  readonly role: EmbedRole
}

async function readSession(database: Database, lookup: string): Promise<EmbedCaller | null> {
  const [row] = await database.withLookup(
    lookup,
    (sql) => sql<SessionRow[]>`
      SELECT tenant_id, customer_id, sub, name, role FROM inlay.embed_sessions
      WHERE lookup = ${lookup} AND expires_at > now()`,
  )
  return row === undefined ? null : toCaller(row)
}

function toCaller({ tenant_id: tenantId, customer_id: customerId, sub, name, role }: SessionRow): EmbedCaller {
  return {
    kind: 'embed',
    id: `${customerId}:${sub}`,
    scope: { tenantId, customerId },
    permissions: EMBED_PERMISSIONS[role],
    endUser: { sub, name, role },
  }
}
