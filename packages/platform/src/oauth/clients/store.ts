import type { TenantId } from '@inlay/engine'
import type { Database, ScopedSql } from '../../database/index.js'

/** A tenant's own OAuth app at a service. */
export interface ClientRow {
  readonly connector: string
  readonly client_id: string
  readonly secret: Buffer | null
  /** The origin of the redirect URI that was to be registered when the app was kept; null: the operator's. */
  readonly redirect_base: string | null
  readonly created_at: Date
  readonly updated_at: Date
}

/** The rows of tenants' OAuth apps. They belong to the tenant: whose scope names a customer sees none. */
export class OAuthClientStore {
  constructor(private readonly database: Database) {}

  list(tenantId: TenantId): Promise<ClientRow[]> {
    return this.database.withTenant(
      { tenantId },
      (sql) => sql<ClientRow[]>`
        SELECT connector, client_id, secret, redirect_base, created_at, updated_at FROM inlay.oauth_clients
        WHERE tenant_id = ${tenantId} ORDER BY connector`,
    )
  }

  async find(tenantId: TenantId, connector: string): Promise<ClientRow | undefined> {
    const [row] = await this.database.withTenant(
      { tenantId },
      (sql) => sql<ClientRow[]>`
        SELECT connector, client_id, secret, redirect_base, created_at, updated_at FROM inlay.oauth_clients
        WHERE tenant_id = ${tenantId} AND connector = ${connector}`,
    )
    return row
  }

  /** Runs several of the others in one transaction. */
  within<T>(tenantId: TenantId, run: (sql: ScopedSql) => Promise<T>): Promise<T> {
    return this.database.withTenant({ tenantId }, run)
  }

  async put(
    sql: ScopedSql,
    tenantId: TenantId,
    row: Pick<ClientRow, 'connector' | 'client_id' | 'secret' | 'redirect_base'>,
  ): Promise<void> {
    await sql`
      INSERT INTO inlay.oauth_clients (tenant_id, connector, client_id, secret, redirect_base)
      VALUES (${tenantId}, ${row.connector}, ${row.client_id}, ${row.secret}, ${row.redirect_base})
      ON CONFLICT (tenant_id, connector)
      DO UPDATE SET client_id = excluded.client_id, secret = excluded.secret, redirect_base = excluded.redirect_base,
        updated_at = now()`
  }

  /** @returns false when there was none */
  async delete(sql: ScopedSql, tenantId: TenantId, connector: string): Promise<boolean> {
    const { count } = await sql`
      DELETE FROM inlay.oauth_clients WHERE tenant_id = ${tenantId} AND connector = ${connector}`
    return count > 0
  }
}
