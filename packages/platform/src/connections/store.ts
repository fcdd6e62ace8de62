import type { ConnectionId, CustomerId, JsonObject, TenantScope } from '@inlay/engine'
import type { PageRequest } from '../api/pagination.js'
import type { Database, ScopedSql } from '../database/index.js'

export interface ConnectionRow {
  readonly id: ConnectionId
  readonly customer_id: CustomerId
  readonly connector: string
  readonly name: string
  readonly status: 'ok' | 'unverified' | 'failing'
  readonly detail: string | null
  readonly fields: JsonObject
  readonly secret: Buffer
  readonly created_at: Date
  readonly updated_at: Date
}

/** A scope that names one customer. */
export type CustomerScope = Required<TenantScope>

export interface ConnectionFilter extends PageRequest {
  readonly customerId?: string | undefined
  readonly connector?: string | undefined
}

/** The rows of connections and of customers' wrapped keys. */
export class ConnectionStore {
  constructor(private readonly database: Database) {}

  list(scope: TenantScope, { cursor, limit, customerId, connector }: ConnectionFilter): Promise<ConnectionRow[]> {
    return this.run(
      scope,
      (sql) => sql<ConnectionRow[]>`
      SELECT id, customer_id, connector, name, status, detail, fields, created_at, updated_at FROM inlay.connections
      WHERE tenant_id = ${scope.tenantId} AND (${cursor ?? null}::text IS NULL OR id < ${cursor ?? null})
        AND (${customerId ?? null}::text IS NULL OR customer_id = ${customerId ?? null})
        AND (${connector ?? null}::text IS NULL OR connector = ${connector ?? null})
      ORDER BY id DESC LIMIT ${limit + 1}`,
    )
  }

  async find(scope: TenantScope, id: string): Promise<ConnectionRow | undefined> {
    const [row] = await this.run(
      scope,
      (sql) => sql<ConnectionRow[]>`
      SELECT id, customer_id, connector, name, status, detail, fields, secret, created_at, updated_at
      FROM inlay.connections WHERE tenant_id = ${scope.tenantId} AND id = ${id}`,
    )
    return row
  }

  async insert(scope: TenantScope, row: Omit<ConnectionRow, 'created_at' | 'updated_at'>): Promise<void> {
    await this.run(
      scope,
      (sql) => sql`
      INSERT INTO inlay.connections (tenant_id, id, customer_id, connector, name, status, detail, fields, secret)
      VALUES (${scope.tenantId}, ${row.id}, ${row.customer_id}, ${row.connector}, ${row.name}, ${row.status}, ${row.detail},
        ${sql.json(row.fields as never)}, ${row.secret})`,
    )
  }

  async rename(scope: TenantScope, id: string, name: string): Promise<void> {
    await this.run(
      scope,
      (sql) => sql`UPDATE inlay.connections SET name = ${name}, updated_at = now()
        WHERE tenant_id = ${scope.tenantId} AND id = ${id}`,
    )
  }

  async replaceValues(
    scope: TenantScope,
    id: string,
    row: Pick<ConnectionRow, 'status' | 'fields' | 'secret'>,
  ): Promise<void> {
    await this.run(
      scope,
      (sql) => sql`
      UPDATE inlay.connections SET status = ${row.status}, detail = NULL, fields = ${sql.json(row.fields as never)},
        secret = ${row.secret}, updated_at = now()
      WHERE tenant_id = ${scope.tenantId} AND id = ${id}`,
    )
  }

  async setStatus(
    scope: TenantScope,
    id: string,
    { status, detail }: Pick<ConnectionRow, 'status' | 'detail'>,
  ): Promise<void> {
    await this.run(
      scope,
      (sql) => sql`UPDATE inlay.connections SET status = ${status}, detail = ${detail}, updated_at = now()
        WHERE tenant_id = ${scope.tenantId} AND id = ${id}`,
    )
  }

  async delete(scope: TenantScope, id: string): Promise<boolean> {
    const rows = await this.run(
      scope,
      (sql) => sql`
      DELETE FROM inlay.connections WHERE tenant_id = ${scope.tenantId} AND id = ${id} RETURNING id`,
    )
    return rows.length > 0
  }

  /** The customer's wrapped data key; undefined when there is no such customer. */
  async readKey(owner: CustomerScope): Promise<{ wrapped: Buffer | null } | undefined> {
    const [row] = await this.run(
      owner,
      (sql) => sql<{ data_key: Buffer | null }[]>`
      SELECT data_key FROM inlay.customers WHERE tenant_id = ${owner.tenantId} AND id = ${owner.customerId}`,
    )
    return row === undefined ? undefined : { wrapped: row.data_key }
  }

  /** Keeps a first key; answers the key that stands, which may be another's that came first. */
  async keepKey(owner: CustomerScope, wrapped: Buffer): Promise<Buffer | undefined> {
    const [row] = await this.run(
      owner,
      (sql) => sql<{ data_key: Buffer }[]>`
      UPDATE inlay.customers SET data_key = coalesce(data_key, ${wrapped})
      WHERE tenant_id = ${owner.tenantId} AND id = ${owner.customerId} RETURNING data_key`,
    )
    return row?.data_key
  }

  private run<T>(scope: TenantScope, query: (sql: ScopedSql) => Promise<T>): Promise<T> {
    return this.database.withTenant(scope, query)
  }
}
