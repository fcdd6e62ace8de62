import { generateKeyPairSync } from 'node:crypto'
import { type CustomerId, newId, type TenantId, type TenantScope, UserError } from '@inlay/engine'
import type { Database } from '../database/index.js'
import { lookupOf } from '../database/index.js'
import { createApiKey, isApiKey } from './api-key-format.js'
import type { Caller, EmbedCaller, MemberCaller } from './caller.js'
import { hashPassword, verifyPassword } from './passwords.js'
import {
  EMBED_PERMISSIONS,
  type EmbedRole,
  MEMBER_PERMISSIONS,
  type MemberRole,
  scopePermissions,
} from './permissions.js'
import type { ApiKey, Member, SigningKey } from './schema.js'
import type { SessionStore } from './sessions.js'

/** Members, their sessions, API keys and signing keys. */
export interface IdentityService {
  createMember(
    scope: TenantScope,
    member: { email: string; name: string; role: MemberRole; password: string },
  ): Promise<string>
  listMembers(scope: TenantScope): Promise<Member[]>
  /** Begins a session. @throws UserError `auth.invalid_credentials` */
  signIn(email: string, password: string): Promise<{ token: string; caller: MemberCaller }>
  signOut(token: string): Promise<void>
  /** Who a session token belongs to. */
  memberOf(token: string): Promise<Caller | null>
  /** Who a bearer token belongs to: an API key or an embed session. */
  bearerOf(token: string): Promise<Caller | null>
  createApiKey(
    scope: TenantScope,
    key: { name: string; scopes: readonly string[]; expiresAt?: string | undefined },
  ): Promise<{ apiKey: ApiKey; secret: string }>
  listApiKeys(scope: TenantScope): Promise<ApiKey[]>
  revokeApiKey(scope: TenantScope, id: string): Promise<void>
  /** Makes a key pair when no public key is given; the private half is given once and not kept. */
  createSigningKey(
    scope: TenantScope,
    key: { algorithm: 'EdDSA' | 'RS256'; publicKey?: string | undefined },
  ): Promise<{ signingKey: SigningKey; privateKey: string | null }>
  listSigningKeys(scope: TenantScope): Promise<SigningKey[]>
  revokeSigningKey(scope: TenantScope, id: string): Promise<void>
}

interface MemberRow {
  readonly tenant_id: TenantId
  readonly id: string
  readonly email: string
  readonly name: string
  readonly role: MemberRole
  readonly password_hash: string
  readonly created_at: Date
}

interface ApiKeyRow {
  readonly tenant_id: TenantId
  readonly id: string
  readonly name: string
  readonly prefix: string
  readonly scopes: string[]
  readonly created_at: Date
  readonly expires_at: Date | null
  readonly last_used_at: Date | null
}

interface SigningKeyRow {
  readonly id: string
  readonly algorithm: 'EdDSA' | 'RS256'
  readonly public_key: string
  readonly created_at: Date
}

const KEY_CACHE_MS = 5000
const RSA_BITS = 2048

export function createIdentityService(database: Database, sessions: SessionStore): IdentityService {
  return new SqlIdentityService(database, sessions)
}

class SqlIdentityService implements IdentityService {
  /** Callers by the hash of their key, for a few seconds: a revoked key works no longer than that. */
  private readonly keyCache = new Map<string, { caller: Caller | null; until: number }>()

  constructor(
    private readonly database: Database,
    private readonly sessions: SessionStore,
  ) {}

  async createMember(
    { tenantId }: TenantScope,
    member: Parameters<IdentityService['createMember']>[1],
  ): Promise<string> {
    const id = newId('mem', Date.now())
    const hash = await hashPassword(member.password)
    await this.database.withTenant(
      { tenantId },
      (sql) => sql`
      INSERT INTO inlay.members (tenant_id, id, email, lookup, name, role, password_hash)
      VALUES (${tenantId}, ${id}, ${member.email}, ${emailLookup(member.email)}, ${member.name}, ${member.role}, ${hash})`,
    )
    return id
  }

  async listMembers(scope: TenantScope): Promise<Member[]> {
    const rows = await this.database.withTenant(
      scope,
      (sql) => sql<MemberRow[]>`
      SELECT id, email, name, role, created_at FROM inlay.members WHERE tenant_id = ${scope.tenantId} ORDER BY id`,
    )
    return rows.map(({ id, email, name, role, created_at }) => ({
      id,
      email,
      name,
      role,
      createdAt: created_at.toISOString(),
    }))
  }

  async signIn(email: string, password: string): Promise<{ token: string; caller: MemberCaller }> {
    const lookup = emailLookup(email)
    const rows = await this.database.withLookup(
      lookup,
      (sql) => sql<MemberRow[]>`
      SELECT tenant_id, id, email, name, role, password_hash FROM inlay.members WHERE lookup = ${lookup} LIMIT 5`,
    )
    // A person may be a member of several tenants; the password says which one is meant.
    for (const row of rows.length === 0 ? [undefined] : rows) {
      if ((await verifyPassword(row?.password_hash, password)) && row !== undefined) {
        const token = await this.sessions.issue({ tenantId: row.tenant_id, memberId: row.id })
        return { token, caller: toMemberCaller(row) }
      }
    }
    throw new UserError(
      'unauthenticated',
      'auth.invalid_credentials',
      'The e-mail address or the password is not right.',
    )
  }

  signOut(token: string): Promise<void> {
    return this.sessions.revoke(token)
  }

  async memberOf(token: string): Promise<Caller | null> {
    const owner = await this.sessions.check(token)
    if (owner === undefined) return null
    const { tenantId, memberId } = owner
    const [row] = await this.database.withTenant(
      { tenantId },
      (sql) => sql<MemberRow[]>`
      SELECT tenant_id, id, email, name, role FROM inlay.members WHERE tenant_id = ${tenantId} AND id = ${memberId}`,
    )
    return row === undefined ? null : toMemberCaller(row)
  }

  async bearerOf(token: string): Promise<Caller | null> {
    if (token.startsWith('ink_embed_')) return this.embedCaller(token)
    if (!isApiKey(token)) return null
    const lookup = lookupOf(token)
    const cached = this.keyCache.get(lookup)
    if (cached !== undefined && cached.until > Date.now()) return cached.caller
    const caller = await this.apiKeyCaller(lookup)
    if (this.keyCache.size > 10_000) this.keyCache.clear()
    this.keyCache.set(lookup, { caller, until: Date.now() + KEY_CACHE_MS })
    return caller
  }

  async createApiKey(
    { tenantId }: TenantScope,
    key: Parameters<IdentityService['createApiKey']>[1],
  ): Promise<{ apiKey: ApiKey; secret: string }> {
    const id = newId('key', Date.now())
    const { secret, prefix } = createApiKey()
    const [row] = await this.database.withTenant(
      { tenantId },
      (sql) => sql<ApiKeyRow[]>`
      INSERT INTO inlay.api_keys (tenant_id, id, lookup, name, prefix, scopes, expires_at)
      VALUES (${tenantId}, ${id}, ${lookupOf(secret)}, ${key.name}, ${prefix}, ${[...key.scopes]}, ${key.expiresAt ?? null})
      RETURNING id, name, prefix, scopes, created_at, expires_at, last_used_at`,
    )
    if (row === undefined) throw new UserError('conflict', 'api_key.not_created', 'The key was not created. Try again.')
    return { apiKey: toApiKey(row), secret }
  }

  async listApiKeys({ tenantId }: TenantScope): Promise<ApiKey[]> {
    const rows = await this.database.withTenant(
      { tenantId },
      (sql) => sql<ApiKeyRow[]>`
      SELECT id, name, prefix, scopes, created_at, expires_at, last_used_at FROM inlay.api_keys
      WHERE tenant_id = ${tenantId} AND revoked_at IS NULL ORDER BY id DESC`,
    )
    return rows.map(toApiKey)
  }

  async revokeApiKey({ tenantId }: TenantScope, id: string): Promise<void> {
    const rows = await this.database.withTenant(
      { tenantId },
      (sql) => sql`
      UPDATE inlay.api_keys SET revoked_at = now() WHERE tenant_id = ${tenantId} AND id = ${id} AND revoked_at IS NULL RETURNING id`,
    )
    if (rows.length === 0) throw new UserError('not_found', 'api_key.not_found', `There is no API key ${id}.`)
    this.keyCache.clear()
  }

  async createSigningKey(
    { tenantId }: TenantScope,
    key: Parameters<IdentityService['createSigningKey']>[1],
  ): Promise<{ signingKey: SigningKey; privateKey: string | null }> {
    const id = newId('esk', Date.now())
    const pair =
      key.publicKey === undefined ? generatePair(key.algorithm) : { publicKey: key.publicKey, privateKey: null }
    const [row] = await this.database.withTenant(
      { tenantId },
      (sql) => sql<SigningKeyRow[]>`
      INSERT INTO inlay.signing_keys (tenant_id, id, algorithm, public_key)
      VALUES (${tenantId}, ${id}, ${key.algorithm}, ${pair.publicKey}) RETURNING id, algorithm, public_key, created_at`,
    )
    if (row === undefined)
      throw new UserError('conflict', 'signing_key.not_created', 'The key was not created. Try again.')
    return { signingKey: toSigningKey(row), privateKey: pair.privateKey }
  }

  async listSigningKeys({ tenantId }: TenantScope): Promise<SigningKey[]> {
    const rows = await this.database.withTenant(
      { tenantId },
      (sql) => sql<SigningKeyRow[]>`
      SELECT id, algorithm, public_key, created_at FROM inlay.signing_keys
      WHERE tenant_id = ${tenantId} AND revoked_at IS NULL ORDER BY id DESC`,
    )
    return rows.map(toSigningKey)
  }

  async revokeSigningKey({ tenantId }: TenantScope, id: string): Promise<void> {
    const rows = await this.database.withTenant(
      { tenantId },
      (sql) => sql`
      UPDATE inlay.signing_keys SET revoked_at = now() WHERE tenant_id = ${tenantId} AND id = ${id} AND revoked_at IS NULL RETURNING id`,
    )
    if (rows.length === 0) throw new UserError('not_found', 'signing_key.not_found', `There is no signing key ${id}.`)
  }

  private async apiKeyCaller(lookup: string): Promise<Caller | null> {
    const [row] = await this.database.withLookup(
      lookup,
      (sql) => sql<ApiKeyRow[]>`
      SELECT tenant_id, id, scopes FROM inlay.api_keys
      WHERE lookup = ${lookup} AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > now())`,
    )
    if (row === undefined) return null
    await this.database.withTenant(
      { tenantId: row.tenant_id },
      (sql) => sql`
      UPDATE inlay.api_keys SET last_used_at = now()
      WHERE tenant_id = ${row.tenant_id} AND id = ${row.id} AND (last_used_at IS NULL OR last_used_at < now() - interval '1 minute')`,
    )
    return { kind: 'apiKey', id: row.id, scope: { tenantId: row.tenant_id }, permissions: scopePermissions(row.scopes) }
  }

  private async embedCaller(token: string): Promise<EmbedCaller | null> {
    type Row = { tenant_id: TenantId; customer_id: CustomerId; sub: string; name: string | null; role: EmbedRole }
    const lookup = lookupOf(token)
    const [row] = await this.database.withLookup(
      lookup,
      (sql) => sql<Row[]>`
      SELECT tenant_id, customer_id, sub, name, role FROM inlay.embed_sessions WHERE lookup = ${lookup} AND expires_at > now()`,
    )
    if (row === undefined) return null
    return {
      kind: 'embed',
      id: `${row.customer_id}:${row.sub}`,
      scope: { tenantId: row.tenant_id, customerId: row.customer_id },
      permissions: EMBED_PERMISSIONS[row.role],
      endUser: { sub: row.sub, name: row.name, role: row.role },
    }
  }
}

function emailLookup(email: string): string {
  return lookupOf(email.trim().toLowerCase())
}

function generatePair(algorithm: 'EdDSA' | 'RS256'): { publicKey: string; privateKey: string } {
  const pair =
    algorithm === 'EdDSA' ? generateKeyPairSync('ed25519') : generateKeyPairSync('rsa', { modulusLength: RSA_BITS })
  return {
    publicKey: pair.publicKey.export({ type: 'spki', format: 'pem' }).toString(),
    privateKey: pair.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  }
}

function toMemberCaller({ tenant_id, id, email, name, role }: MemberRow): MemberCaller {
  return {
    kind: 'member',
    id,
    scope: { tenantId: tenant_id },
    permissions: MEMBER_PERMISSIONS[role],
    member: { id, email, name, role },
  }
}

function toApiKey(row: ApiKeyRow): ApiKey {
  return {
    id: row.id,
    name: row.name,
    prefix: row.prefix,
    scopes: row.scopes,
    createdAt: row.created_at.toISOString(),
    expiresAt: row.expires_at?.toISOString() ?? null,
    lastUsedAt: row.last_used_at?.toISOString() ?? null,
  }
}

function toSigningKey({ id, algorithm, public_key, created_at }: SigningKeyRow): SigningKey {
  return { id, kid: id, algorithm, publicKey: public_key, createdAt: created_at.toISOString() }
}
