import { BugError, newId, type TenantId, type TenantScope, UserError } from '@inlay/engine'
import type { ActingScope, AuditLog } from '../audit/index.js'
import { type Database, lookupOf, narrowToTenant, type ScopedSql } from '../database/index.js'
import { createApiKey, isApiKey } from './api-key-format.js'
import type { ApiKeyCaller } from './caller.js'
import { scopePermissions } from './permissions.js'
import type { ApiKey } from './schema.js'

export interface NewApiKey {
  readonly name: string
  /** Permission names, or `*`. */
  readonly scopes: readonly string[]
  /** ISO 8601; never when absent. */
  readonly expiresAt?: string | undefined
}

/** Keys with which a tenant's own programs call. Only hashes are stored. */
export interface ApiKeysService {
  /** `secret` is the whole key, given this once. That it was made is recorded with it. */
  createApiKey(scope: ActingScope, key: NewApiKey): Promise<{ apiKey: ApiKey; secret: string }>
  /** Keys that are not revoked, newest first. */
  listApiKeys(scope: TenantScope): Promise<ApiKey[]>
  /** Other processes may accept the key for 5 more seconds. @throws UserError `api_key.not_found` */
  revokeApiKey(scope: ActingScope, id: string): Promise<void>
  /**
   * Whose key it is; null when it is malformed, unknown, revoked or expired. That a key is in use is recorded before this
   * resolves, once a minute.
   */
  apiKeyCaller(key: string): Promise<ApiKeyCaller | null>
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

const CACHE_MS = 5000
const CACHE_SIZE = 10_000

/** @param audit is told in the transaction that does it: what cannot be recorded is not done */
export function createApiKeysService(
  database: Database,
  audit: Pick<AuditLog, 'record'>,
  nowMs: () => number = Date.now,
): ApiKeysService {
  return new HashedApiKeys(database, audit, nowMs)
}

class HashedApiKeys implements ApiKeysService {
  /** By the hash of the key, for a few seconds: programs call often, and each look-up is a transaction. */
  private readonly cache = new Map<string, { readonly caller: ApiKeyCaller | null; readonly until: number }>()

  constructor(
    private readonly database: Database,
    private readonly audit: Pick<AuditLog, 'record'>,
    private readonly nowMs: () => number,
  ) {}

  async createApiKey(scope: ActingScope, key: NewApiKey): Promise<{ apiKey: ApiKey; secret: string }> {
    const { tenantId } = scope
    const id = newId<string>('key', this.nowMs())
    const { secret, prefix } = createApiKey()
    const { name, scopes, expiresAt = null } = key
    const row = await this.database.withTenant({ tenantId }, async (sql) => {
      const entry = { action: 'api_key.created' as const, target: targetOf(id), details: { name, scopes } }
      await this.audit.record(scope, entry, sql)
      const [inserted] = await sql<ApiKeyRow[]>`
        INSERT INTO inlay.api_keys (tenant_id, id, lookup, name, prefix, scopes, expires_at)
        VALUES (${tenantId}, ${id}, ${lookupOf(secret)}, ${name}, ${prefix}, ${[...scopes]}, ${expiresAt})
        RETURNING id, name, prefix, scopes, created_at, expires_at, last_used_at`
      return inserted
    })
    if (row === undefined) throw new BugError('An inserted API key was not returned.')
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

  async revokeApiKey(scope: ActingScope, id: string): Promise<void> {
    const { tenantId } = scope
    await this.database.withTenant({ tenantId }, async (sql) => {
      const rows = await sql`
        UPDATE inlay.api_keys SET revoked_at = now()
        WHERE tenant_id = ${tenantId} AND id = ${id} AND revoked_at IS NULL RETURNING id`
      if (rows.length === 0) throw new UserError('not_found', 'api_key.not_found', `There is no API key ${id}.`)
      await this.audit.record(scope, { action: 'api_key.revoked', target: targetOf(id) }, sql)
    })
    this.cache.clear()
  }

  async apiKeyCaller(key: string): Promise<ApiKeyCaller | null> {
    if (!isApiKey(key)) return null
    const lookup = lookupOf(key)
    const cached = this.cache.get(lookup)
    if (cached !== undefined && cached.until > this.nowMs()) return cached.caller
    const caller = await this.database.withLookup(lookup, (sql) => readCaller(sql, lookup, this.audit))
    if (this.cache.size >= CACHE_SIZE) this.cache.clear()
    this.cache.set(lookup, { caller, until: this.nowMs() + CACHE_MS })
    return caller
  }
}

function targetOf(id: string) {
  return { kind: 'apiKey', id }
}

async function readCaller(
  sql: ScopedSql,
  lookup: string,
  audit: Pick<AuditLog, 'record'>,
): Promise<ApiKeyCaller | null> {
  const [row] = await sql<(Pick<ApiKeyRow, 'tenant_id' | 'id' | 'scopes'> & { is_use_stale: boolean })[]>`
    SELECT tenant_id, id, scopes, (last_used_at IS NULL OR last_used_at < now() - interval '1 minute') AS is_use_stale
    FROM inlay.api_keys WHERE lookup = ${lookup} AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > now())`
  if (row === undefined) return null
  if (row.is_use_stale) {
    await narrowToTenant(sql, row.tenant_id)
    await sql`UPDATE inlay.api_keys SET last_used_at = now() WHERE tenant_id = ${row.tenant_id} AND id = ${row.id}`
    const source = { actor: { kind: 'apiKey' as const, id: row.id } }
    const entry = { action: 'api_key.used' as const, target: targetOf(row.id), source }
    await audit.record({ tenantId: row.tenant_id }, entry, sql)
  }
  return {
    kind: 'apiKey',
    id: row.id,
    scope: { tenantId: row.tenant_id },
    permissions: scopePermissions(row.scopes),
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
