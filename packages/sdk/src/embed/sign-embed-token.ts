import { randomUUID } from 'node:crypto'
import { UserError } from '@inlay/engine'
import { importJWK, importPKCS8, type JWK, SignJWT } from 'jose'

/** Roles an end user can have in the widget, from fewest to most rights. */
export const EMBED_ROLES = ['viewer', 'editor', 'publisher', 'admin'] as const
/** What an end user may do in the embedded builder. */
export type EmbedRole = (typeof EMBED_ROLES)[number]

/** `typ` of the token's header (RFC 8725 section 3.11), so that no other kind of token passes for one. */
export const EMBED_TOKEN_TYPE = 'inlay-embed+jwt'

/** The longest life of a token, in seconds. */
export const MAX_EMBED_TOKEN_SECONDS = 300

/** Who the token is for and who signs it. */
export interface EmbedTokenOptions {
  /** The private key as PKCS #8 PEM or JWK: Ed25519 (`EdDSA`) or RSA (`RS256`). */
  readonly signingKey: string | JWK
  /** The key's id, as shown where the key was made. */
  readonly keyId: string
  /** Your tenant's id: `ten_…`. */
  readonly tenantId: string
  /** The address of the control plane, for example `https://automation.example.com`. */
  readonly audience: string
  /** The end user: `sub` is your id for the person. */
  readonly user: { readonly sub: string; readonly name?: string }
  /** The customer the person works for: `externalId` is your id. Created when it is first seen. */
  readonly customer: { readonly externalId: string; readonly name?: string }
  /** @default 'editor' */
  readonly role?: EmbedRole
  /** Origins of the pages that may use the token. @default the tenant's allowed origins */
  readonly origins?: readonly string[]
  /** 1 to 300. @default 300 */
  readonly expiresInSeconds?: number
}

/**
 * Signs the token that your backend hands to the widget. No network call is made; each token can be exchanged once.
 *
 * @throws UserError `embed.invalid_options`, `embed.invalid_key`
 */
export async function signEmbedToken(options: EmbedTokenOptions): Promise<string> {
  const seconds = options.expiresInSeconds ?? MAX_EMBED_TOKEN_SECONDS
  assertOptions(options, seconds)
  const { key, algorithm } = await importKey(options.signingKey)
  const now = Math.floor(Date.now() / 1000)
  return new SignJWT({
    customer: options.customer.externalId,
    role: options.role ?? 'editor',
    ...(options.customer.name === undefined ? {} : { customer_name: options.customer.name }),
    ...(options.user.name === undefined ? {} : { name: options.user.name }),
    ...(options.origins === undefined ? {} : { origins: options.origins }),
  })
    .setProtectedHeader({ alg: algorithm, kid: options.keyId, typ: EMBED_TOKEN_TYPE })
    .setIssuer(options.tenantId)
    .setAudience(options.audience)
    .setSubject(options.user.sub)
    .setJti(randomUUID())
    .setIssuedAt(now)
    .setExpirationTime(now + seconds)
    .sign(key)
}

function assertOptions(options: EmbedTokenOptions, seconds: number): void {
  const problems = [
    ...(/^ten_[0-9a-f]{32}$/.test(options.tenantId) ? [] : ['tenantId must be an id such as ten_…']),
    ...(URL.canParse(options.audience) ? [] : ['audience must be the address of the control plane']),
    ...(options.user.sub === '' ? ['user.sub must not be empty'] : []),
    ...(options.customer.externalId === '' ? ['customer.externalId must not be empty'] : []),
    ...(EMBED_ROLES.includes(options.role ?? 'editor') ? [] : [`role must be one of ${EMBED_ROLES.join(', ')}`]),
    ...(Number.isInteger(seconds) && seconds >= 1 && seconds <= MAX_EMBED_TOKEN_SECONDS
      ? []
      : [`expiresInSeconds must be from 1 to ${MAX_EMBED_TOKEN_SECONDS}`]),
  ]
  if (problems.length > 0) throw new UserError('invalid', 'embed.invalid_options', `${problems.join('; ')}.`)
}

type SigningKey = Awaited<ReturnType<typeof importPKCS8>>

async function importKey(signingKey: string | JWK): Promise<{ key: SigningKey; algorithm: 'EdDSA' | 'RS256' }> {
  for (const algorithm of ['EdDSA', 'RS256'] as const) {
    try {
      const key =
        typeof signingKey === 'string'
          ? await importPKCS8(signingKey, algorithm)
          : await importJWK(signingKey, algorithm)
      if (!(key instanceof Uint8Array)) return { key, algorithm }
    } catch {
      // Not a key of this algorithm; the next one, or the error below, says so.
    }
  }
  const title = 'signingKey must be a private Ed25519 or RSA key, as PKCS #8 PEM or JWK.'
  throw new UserError('invalid', 'embed.invalid_key', title)
}
