import type { JsonValue, TenantScope } from '@inlay/engine'
import type { Database, ScopedSql } from '../database/index.js'
import type { TenantConnector, TenantConnectorSource } from './schema.js'

/** A connector of a tenant's own. */
export interface TenantConnectorRow {
  readonly id: string
  readonly source: TenantConnectorSource
  readonly connector: string | null
  readonly url: string | null
  readonly secret: Buffer | null
  readonly former_secret: Buffer | null
  readonly status: TenantConnector['status']
  readonly detail: string | null
  readonly created_at: Date
  readonly updated_at: Date
}

/** One version of one, by the connector's own id. */
export interface VersionRow {
  readonly connector: string
  readonly version: string
}

/** The rows of tenants' own connectors and of their versions. */
export class TenantConnectorStore {
  constructor(private readonly database: Database) {}

  /** Runs several of the others in one transaction. */
  within<T>(scope: TenantScope, run: (sql: ScopedSql) => Promise<T>): Promise<T> {
    return this.database.withTenant(scope, run)
  }

  list(sql: ScopedSql, { tenantId }: TenantScope): Promise<TenantConnectorRow[]> {
    return sql<TenantConnectorRow[]>`
      SELECT id, source, connector, url, secret, former_secret, status, detail, created_at, updated_at
      FROM inlay.tenant_connectors WHERE tenant_id = ${tenantId} ORDER BY id`
  }

  async find(sql: ScopedSql, { tenantId }: TenantScope, id: string): Promise<TenantConnectorRow | undefined> {
    const [row] = await sql<TenantConnectorRow[]>`
      SELECT id, source, connector, url, secret, former_secret, status, detail, created_at, updated_at
      FROM inlay.tenant_connectors WHERE tenant_id = ${tenantId} AND id = ${id}`
    return row
  }

  versions(sql: ScopedSql, { tenantId }: TenantScope): Promise<VersionRow[]> {
    return sql<VersionRow[]>`
      SELECT connector, version FROM inlay.tenant_connector_versions WHERE tenant_id = ${tenantId}`
  }

  /** A version's definition, and where its connector comes from. */
  async definition(sql: ScopedSql, { tenantId }: TenantScope, { connector, version }: VersionRow) {
    const [row] = await sql<(TenantConnectorRow & { readonly definition: JsonValue })[]>`
      SELECT c.id, c.source, c.connector, c.url, c.secret, c.former_secret, c.status, c.detail, c.created_at, c.updated_at,
        v.definition
      FROM inlay.tenant_connector_versions v JOIN inlay.tenant_connectors c USING (tenant_id, connector)
      WHERE v.tenant_id = ${tenantId} AND v.connector = ${connector} AND v.version = ${version}`
    return row
  }

  async insert(
    sql: ScopedSql,
    { tenantId }: TenantScope,
    row: Pick<TenantConnectorRow, 'id' | 'source' | 'url' | 'secret' | 'status'>,
  ): Promise<void> {
    await sql`
      INSERT INTO inlay.tenant_connectors (tenant_id, id, source, url, secret, status)
      VALUES (${tenantId}, ${row.id}, ${row.source}, ${row.url}, ${row.secret}, ${row.status})`
  }

  async setStatus(
    sql: ScopedSql,
    { tenantId }: TenantScope,
    { id, status, detail }: Pick<TenantConnectorRow, 'id' | 'status' | 'detail'>,
  ): Promise<void> {
    await sql`
      UPDATE inlay.tenant_connectors SET status = ${status}, detail = ${detail}, updated_at = now()
      WHERE tenant_id = ${tenantId} AND id = ${id}`
  }

  /** @returns false when the tenant has another connector of that id */
  async setConnector(sql: ScopedSql, { tenantId }: TenantScope, id: string, connector: string): Promise<boolean> {
    const rows = await sql`
      UPDATE inlay.tenant_connectors SET connector = ${connector}, updated_at = now()
      WHERE tenant_id = ${tenantId} AND id = ${id} AND NOT EXISTS (
        SELECT FROM inlay.tenant_connectors other
        WHERE other.tenant_id = ${tenantId} AND other.connector = ${connector} AND other.id <> ${id})
      RETURNING id`
    return rows.length > 0
  }

  async setSecret(sql: ScopedSql, { tenantId }: TenantScope, id: string, secret: Buffer): Promise<void> {
    await sql`
      UPDATE inlay.tenant_connectors SET former_secret = secret, secret = ${secret}, updated_at = now()
      WHERE tenant_id = ${tenantId} AND id = ${id}`
  }

  /** Keeps a version; answers the definition that stands, which may be an earlier one. */
  async keepVersion(
    sql: ScopedSql,
    { tenantId }: TenantScope,
    { connector, version, definition }: VersionRow & { readonly definition: JsonValue },
  ): Promise<JsonValue> {
    await sql`
      INSERT INTO inlay.tenant_connector_versions (tenant_id, connector, version, definition)
      VALUES (${tenantId}, ${connector}, ${version}, ${sql.json(definition as never)})
      ON CONFLICT (tenant_id, connector, version) DO NOTHING`
    const [row] = await sql<{ definition: JsonValue }[]>`
      SELECT definition FROM inlay.tenant_connector_versions
      WHERE tenant_id = ${tenantId} AND connector = ${connector} AND version = ${version}`
    return row?.definition ?? null
  }

  /** Development versions may change; workflows that are pinned to one change with it. */
  async replaceVersion(
    sql: ScopedSql,
    { tenantId }: TenantScope,
    { connector, version, definition }: VersionRow & { readonly definition: JsonValue },
  ): Promise<void> {
    await sql`
      UPDATE inlay.tenant_connector_versions SET definition = ${sql.json(definition as never)}, created_at = now()
      WHERE tenant_id = ${tenantId} AND connector = ${connector} AND version = ${version}`
  }

  async delete(sql: ScopedSql, { tenantId }: TenantScope, id: string): Promise<boolean> {
    const { count } = await sql`DELETE FROM inlay.tenant_connectors WHERE tenant_id = ${tenantId} AND id = ${id}`
    return count > 0
  }
}
