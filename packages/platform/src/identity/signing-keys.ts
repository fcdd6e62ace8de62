import { createPublicKey, generateKeyPairSync } from 'node:crypto'
import { BugError, newId, type TenantScope, UserError } from '@inlay/engine'
import type { ActingScope, AuditLog } from '../audit/index.js'
import type { Database } from '../database/index.js'
import type { SigningAlgorithm, SigningKey } from './schema.js'

const MIN_RSA_BITS = 2048

export interface NewSigningKey {
  readonly algorithm: SigningAlgorithm
  /** SPKI PEM. A pair is made when absent. */
  readonly publicKey?: string | undefined
}

/** Public keys by which a tenant's embed tokens are verified. */
export interface SigningKeysService {
  /** The private half (PKCS #8 PEM) of a pair made here is given this once and not kept. @throws UserError `signing_key.invalid` */
  createSigningKey(
    scope: ActingScope,
    key: NewSigningKey,
  ): Promise<{ signingKey: SigningKey; privateKey: string | null }>
  /** Keys that are not revoked, newest first. */
  listSigningKeys(scope: TenantScope): Promise<SigningKey[]>
  /** @throws UserError `signing_key.not_found` */
  revokeSigningKey(scope: ActingScope, id: string): Promise<void>
}

interface SigningKeyRow {
  readonly id: string
  readonly algorithm: SigningAlgorithm
  readonly public_key: string
  readonly created_at: Date
}

/** @param audit is told in the transaction that does it: what cannot be recorded is not done */
export function createSigningKeysService(database: Database, audit: Pick<AuditLog, 'record'>): SigningKeysService {
  return {
    createSigningKey: async (scope, { algorithm, publicKey }) => {
      const { tenantId } = scope
      if (publicKey !== undefined) assertPublicKey(publicKey, algorithm)
      const pair = publicKey === undefined ? generatePair(algorithm) : { publicKey, privateKey: null }
      const id = newId<string>('esk', Date.now())
      const row = await database.withTenant({ tenantId }, async (sql) => {
        await audit.record(scope, { action: 'signing_key.created', target: targetOf(id) }, sql)
        const [inserted] = await sql<SigningKeyRow[]>`
          INSERT INTO inlay.signing_keys (tenant_id, id, algorithm, public_key)
          VALUES (${tenantId}, ${id}, ${algorithm}, ${pair.publicKey}) RETURNING id, algorithm, public_key, created_at`
        return inserted
      })
      if (row === undefined) throw new BugError('An inserted signing key was not returned.')
      return { signingKey: toSigningKey(row), privateKey: pair.privateKey }
    },
    listSigningKeys: async ({ tenantId }) => {
      const rows = await database.withTenant(
        { tenantId },
        (sql) => sql<SigningKeyRow[]>`
        SELECT id, algorithm, public_key, created_at FROM inlay.signing_keys
        WHERE tenant_id = ${tenantId} AND revoked_at IS NULL ORDER BY id DESC`,
      )
      return rows.map(toSigningKey)
    },
    revokeSigningKey: async (scope, id) => {
      const { tenantId } = scope
      await database.withTenant({ tenantId }, async (sql) => {
        const rows = await sql`
          UPDATE inlay.signing_keys SET revoked_at = now()
          WHERE tenant_id = ${tenantId} AND id = ${id} AND revoked_at IS NULL RETURNING id`
        if (rows.length === 0) {
          throw new UserError('not_found', 'signing_key.not_found', `There is no signing key ${id}.`)
        }
        await audit.record(scope, { action: 'signing_key.revoked', target: targetOf(id) }, sql)
      })
    },
  }
}

function targetOf(id: string) {
  return { kind: 'signingKey', id }
}

function assertPublicKey(pem: string, algorithm: SigningAlgorithm): void {
  const detail =
    algorithm === 'EdDSA'
      ? 'For EdDSA it must be a public Ed25519 key as SPKI PEM.'
      : `For RS256 it must be a public RSA key of at least ${MIN_RSA_BITS} bits as SPKI PEM.`
  const refuse = (cause?: unknown): UserError =>
    new UserError('invalid', 'signing_key.invalid', 'The public key cannot be used.', { detail, cause })
  // A private key would pass: its public half can be derived. It must not be sent about, let alone stored.
  if (pem.includes('PRIVATE KEY')) throw refuse()
  try {
    const { asymmetricKeyType, asymmetricKeyDetails } = createPublicKey(pem)
    const isUsable =
      algorithm === 'EdDSA'
        ? asymmetricKeyType === 'ed25519'
        : asymmetricKeyType === 'rsa' && (asymmetricKeyDetails?.modulusLength ?? 0) >= MIN_RSA_BITS
    if (isUsable) return
  } catch (cause) {
    throw refuse(cause)
  }
  throw refuse()
}

function generatePair(algorithm: SigningAlgorithm): { publicKey: string; privateKey: string } {
  const pair =
    algorithm === 'EdDSA' ? generateKeyPairSync('ed25519') : generateKeyPairSync('rsa', { modulusLength: MIN_RSA_BITS })
  return {
    publicKey: pair.publicKey.export({ type: 'spki', format: 'pem' }).toString(),
    privateKey: pair.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  }
}

function toSigningKey({ id, algorithm, public_key, created_at }: SigningKeyRow): SigningKey {
  return { id, kid: id, algorithm, publicKey: public_key, createdAt: created_at.toISOString() }
}
