import { createPublicKey, type KeyObject } from 'node:crypto'
import { type TenantId, UserError } from '@inlay/engine'
import { decodeJwt, jwtVerify } from 'jose'
import { z } from 'zod'
import type { Database } from '../database/index.js'
import type { Addresses } from '../domains/addresses.js'
import { EMBED_ROLES } from './permissions.js'
import type { SigningAlgorithm } from './schema.js'
import { SIGNING_ALGORITHMS } from './schema.js'

const MAX_TOKEN_SECONDS = 300
const CLOCK_SKEW_SECONDS = 30
/** `typ` of the header: no other kind of token passes for one of these (RFC 8725 section 3.11). */
const TOKEN_TYPE = 'inlay-embed+jwt'

const claimsSchema = z.object({
  iss: z.string().regex(/^ten_[0-9a-f]{32}$/),
  aud: z.string(),
  sub: z.string().min(1).max(200),
  customer: z.string().min(1).max(200),
  customer_name: z.string().max(200).optional(),
  name: z.string().max(200).optional(),
  role: z.enum(EMBED_ROLES),
  jti: z.string().min(8).max(200),
  iat: z.number(),
  exp: z.number(),
  origins: z.array(z.string()).max(50).optional(),
})

/** What a verified embed token says. */
export interface EmbedClaims extends Omit<z.infer<typeof claimsSchema>, 'iss' | 'aud'> {
  readonly tenantId: TenantId
}

interface Verification {
  readonly database: Database
  /** Knows the addresses of the control plane. */
  readonly addresses: Pick<Addresses, 'basesOf'>
}

/**
 * Checks an embed token: signed with a living key of the tenant that it names as issuer, by that key's algorithm, for
 * this control plane, alive and of at most five minutes.
 *
 * @param only the tenant whose tokens alone count
 * @throws UserError `embed.token_invalid`; why is in its cause, not shown to the caller
 */
export async function verifyEmbedToken(
  token: string,
  { database, addresses }: Verification,
  only?: TenantId,
): Promise<EmbedClaims> {
  let audience: readonly string[] = []
  try {
    // Only to know whose keys to try: nothing of it is believed before the signature is checked.
    const tenantId = claimsSchema.shape.iss.parse(decodeJwt(token).iss) as TenantId
    if (only !== undefined && tenantId !== only) throw new RefusedToken('it is not for this domain')
    audience = addresses.basesOf(tenantId)
    const { payload } = await jwtVerify(token, ({ kid, alg }) => findKey(database, tenantId, { kid, alg }), {
      algorithms: [...SIGNING_ALGORITHMS],
      audience: [...audience],
      issuer: tenantId,
      typ: TOKEN_TYPE,
      clockTolerance: CLOCK_SKEW_SECONDS,
      requiredClaims: ['iat', 'exp', 'jti', 'sub'],
    })
    const { iss: _iss, aud: _aud, ...claims } = claimsSchema.parse(payload)
    assertLife(claims)
    return { ...claims, tenantId }
  } catch (cause) {
    if (!isRefusal(cause)) throw cause
    throw new UserError('unauthenticated', 'embed.token_invalid', 'The embed token is not valid.', {
      detail: `It must be signed with one of the tenant's signing keys, name ${audience[0] ?? 'this address'} as audience, and live for five minutes at most.`,
      cause,
    })
  }
}

function assertLife({ iat, exp }: { readonly iat: number; readonly exp: number }): void {
  if (exp - iat > MAX_TOKEN_SECONDS) throw new RefusedToken('it lives longer than five minutes')
  if (iat > Date.now() / 1000 + CLOCK_SKEW_SECONDS) throw new RefusedToken('it was issued in the future')
}

class RefusedToken extends Error {}

/** Errors of the token, as opposed to those of the database on the way. */
function isRefusal(error: unknown): boolean {
  if (error instanceof RefusedToken || error instanceof z.ZodError) return true
  return error instanceof Error && 'code' in error && String(error.code).startsWith('ERR_J')
}

interface KeyHint {
  readonly kid: string | undefined
  readonly alg: string | undefined
}

async function findKey(database: Database, tenantId: TenantId, { kid = '', alg }: KeyHint): Promise<KeyObject> {
  const [row] = await database.withTenant(
    { tenantId },
    (sql) => sql<{ algorithm: SigningAlgorithm; public_key: string }[]>`
      SELECT algorithm, public_key FROM inlay.signing_keys
      WHERE tenant_id = ${tenantId} AND id = ${kid.slice(0, 100)} AND revoked_at IS NULL`,
  )
  // The algorithm is the key's, whatever the token says of itself.
  if (row === undefined || row.algorithm !== alg) throw new RefusedToken('its key is unknown')
  return createPublicKey(row.public_key)
}
