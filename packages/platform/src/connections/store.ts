import type { AuthKind, ConnectedAccount, ConnectionId, CustomerId, JsonObject, TenantScope } from '@inlay/engine'
import type { PageRequest } from '../api/pagination.js'
import type { Database, ScopedSql } from '../database/index.js'
import type { StoredKeys } from '../vault/index.js'
import type { ConnectionGrant } from './missing-scopes.js'
import type { ConnectionStatus } from './schema.js'

/** What is shown of a connection. */
export interface ConnectionRow {
  readonly id: ConnectionId
  readonly customer_id: CustomerId
  readonly connector: string
  readonly method: string | null
  readonly auth_kind: AuthKind | null
  readonly name: string
  readonly status: ConnectionStatus
  readonly detail: string | null
  readonly account_id: string | null
  readonly account_label: string | null
  readonly scopes: readonly string[]
  readonly fields: JsonObject
  readonly expires_at: Date | null
  /** When the service was last asked whether it works. */
  readonly checked_at: Date | null
  readonly created_at: Date
  readonly updated_at: Date
}

/** A connection with its sealed secrets, and the keys that open them, as they were at one moment. */
export interface SealedRow extends ConnectionRow, StoredKeys {
  readonly secret: Buffer
  readonly tokens: Buffer | null
  readonly token_generation: number
}

/** A connection that is made. */
export type NewRow = Pick<
  SealedRow,
  'id' | 'customer_id' | 'connector' | 'method' | 'auth_kind' | 'name' | 'status' | 'detail' | 'fields' | 'secret'
>

/** A workflow that works with a connection. */
export interface ConnectionUse {
  readonly connection_id: string
  readonly workflow_id: string
  readonly name: string
  readonly enabled: boolean
}

/** Which connections to list. */
export interface ConnectionFilter extends PageRequest {
  readonly customerId?: string | undefined
  readonly connector?: string | undefined
}

/** What a test found. */
export interface StatusChange {
  readonly status: ConnectionStatus
  readonly detail: string | null
}

/** Sealed tokens with what may be known of them. */
export interface TokenChange {
  readonly tokens: Buffer
  readonly scopes: readonly string[]
  readonly expiresAt: Date | null
}

/** The rows of connections, within a transaction of their scope. */
export class ConnectionStore {
  constructor(private readonly database: Database) {}

  /** Runs several of the others in one transaction. */
  within<T>(scope: TenantScope, run: (sql: ScopedSql) => Promise<T>): Promise<T> {
    return this.database.withTenant(scope, run)
  }

  list(scope: TenantScope, { cursor, limit, customerId, connector }: ConnectionFilter): Promise<ConnectionRow[]> {
    return this.within(
      scope,
      (sql) => sql<ConnectionRow[]>`
      SELECT ${shownColumns(sql)} FROM inlay.connections c
      WHERE tenant_id = ${scope.tenantId} AND (${cursor ?? null}::text IS NULL OR id < ${cursor ?? null})
        AND (${customerId ?? null}::text IS NULL OR customer_id = ${customerId ?? null})
        AND (${connector ?? null}::text IS NULL OR connector = ${connector ?? null})
      ORDER BY id DESC LIMIT ${limit + 1}`,
    )
  }

  /** The connections of an account of the service, of all customers in the scope. */
  ofAccount(
    scope: TenantScope,
    connector: string,
    account: string,
  ): Promise<Pick<ConnectionRow, 'id' | 'customer_id'>[]> {
    return this.within(
      scope,
      (sql) => sql<ConnectionRow[]>`
      SELECT id, customer_id FROM inlay.connections
      WHERE tenant_id = ${scope.tenantId} AND connector = ${connector} AND account_id = ${account} ORDER BY id`,
    )
  }

  /** Which workflows of a customer work with which connections, as published or as drafted. */
  usage(scope: TenantScope, customerId: string): Promise<ConnectionUse[]> {
    return this.within(
      scope,
      (sql) => sql<ConnectionUse[]>`
      SELECT c.id AS connection_id, w.id AS workflow_id, w.name, w.enabled
      FROM inlay.connections c
      JOIN inlay.workflows w ON w.tenant_id = c.tenant_id AND w.customer_id = c.customer_id
      LEFT JOIN inlay.workflow_versions v ON v.tenant_id = w.tenant_id AND v.id = w.published_version_id
      WHERE c.tenant_id = ${scope.tenantId} AND c.customer_id = ${customerId}
        -- Ids of connections are not found in any other text, and contain nothing that JSON escapes.
        AND (strpos(w.draft::text, '"' || c.id || '"') > 0 OR strpos(v.definition::text, '"' || c.id || '"') > 0)
      ORDER BY w.name, w.id`,
    )
  }

  /** What was granted to connections, as far as they are in the scope. */
  grants(scope: TenantScope, ids: readonly string[]): Promise<ConnectionGrant[]> {
    return this.within(
      scope,
      (sql) => sql<ConnectionGrant[]>`
      SELECT id, connector, name, auth_kind AS kind, scopes FROM inlay.connections
      WHERE tenant_id = ${scope.tenantId} AND id = ANY(${[...ids]})`,
    )
  }

  async find(scope: TenantScope, id: string): Promise<ConnectionRow | undefined> {
    const [row] = await this.within(
      scope,
      (sql) => sql<ConnectionRow[]>`
      SELECT ${shownColumns(sql)} FROM inlay.connections c WHERE tenant_id = ${scope.tenantId} AND id = ${id}`,
    )
    return row
  }

  /** In one statement with the keys: they belong together, whatever is being rotated meanwhile. */
  async findSealed(scope: TenantScope, id: string): Promise<SealedRow | undefined> {
    const [row] = await this.within(
      scope,
      (sql) => sql<SealedRow[]>`
      SELECT ${shownColumns(sql)}, c.secret, c.tokens, c.token_generation, k.data_key, k.former_data_key
      FROM inlay.connections c JOIN inlay.customers k ON k.tenant_id = c.tenant_id AND k.id = c.customer_id
      WHERE c.tenant_id = ${scope.tenantId} AND c.id = ${id}`,
    )
    return row
  }

  async insert(sql: ScopedSql, { tenantId }: TenantScope, row: NewRow): Promise<void> {
    await sql`
      INSERT INTO inlay.connections
        (tenant_id, id, customer_id, connector, method, auth_kind, name, status, detail, fields, secret, checked_at)
      VALUES (${tenantId}, ${row.id}, ${row.customer_id}, ${row.connector}, ${row.method}, ${row.auth_kind}, ${row.name},
        ${row.status}, ${row.detail}, ${sql.json(row.fields as never)}, ${row.secret},
        CASE WHEN ${row.status} = 'ok' THEN now() END)`
  }

  async rename(sql: ScopedSql, { tenantId }: TenantScope, { id, name }: { id: string; name: string }): Promise<void> {
    await sql`UPDATE inlay.connections SET name = ${name}, updated_at = now()
      WHERE tenant_id = ${tenantId} AND id = ${id}`
  }

  async replaceValues(
    sql: ScopedSql,
    { tenantId }: TenantScope,
    row: Pick<SealedRow, 'id' | 'status' | 'fields' | 'secret'>,
  ): Promise<void> {
    await sql`
      UPDATE inlay.connections SET status = ${row.status}, detail = NULL, fields = ${sql.json(row.fields as never)},
        secret = ${row.secret}, checked_at = now(), updated_at = now()
      WHERE tenant_id = ${tenantId} AND id = ${row.id}`
  }

  /** @param generation the one to replace; undefined to replace any. @returns whether it was done */
  async replaceTokens(
    sql: ScopedSql,
    { tenantId }: TenantScope,
    { id, generation, tokens, scopes, expiresAt }: TokenChange & { id: string; generation?: number },
  ): Promise<boolean> {
    const { count } = await sql`
      UPDATE inlay.connections SET tokens = ${tokens}, scopes = ${[...scopes]}, expires_at = ${expiresAt},
        token_generation = token_generation + 1,
        detail = CASE WHEN status = 'reconnect_needed' THEN NULL ELSE detail END,
        status = CASE WHEN status = 'reconnect_needed' THEN 'ok' ELSE status END
      WHERE tenant_id = ${tenantId} AND id = ${id}
        AND (${generation ?? null}::integer IS NULL OR token_generation = ${generation ?? null})`
    return count > 0
  }

  async setAccount(
    sql: ScopedSql,
    { tenantId }: TenantScope,
    { id, account }: { id: string; account: ConnectedAccount },
  ): Promise<void> {
    await sql`UPDATE inlay.connections SET account_id = ${account.id}, account_label = ${account.label}
      WHERE tenant_id = ${tenantId} AND id = ${id}`
  }

  async setStatus(
    sql: ScopedSql,
    { tenantId }: TenantScope,
    { id, status, detail }: StatusChange & { id: string },
  ): Promise<void> {
    await sql`UPDATE inlay.connections SET status = ${status}, detail = ${detail}, checked_at = now(), updated_at = now()
      WHERE tenant_id = ${tenantId} AND id = ${id}`
  }

  /** @returns the customer; undefined when this was no news */
  async setReconnectNeeded(
    sql: ScopedSql,
    { tenantId }: TenantScope,
    { id, detail, generation }: { id: string; detail: string; generation?: number | undefined },
  ): Promise<CustomerId | undefined> {
    const [row] = await sql<Pick<ConnectionRow, 'customer_id'>[]>`
      UPDATE inlay.connections SET status = 'reconnect_needed', detail = ${detail}, updated_at = now()
      WHERE tenant_id = ${tenantId} AND id = ${id} AND status <> 'reconnect_needed'
        AND (${generation ?? null}::integer IS NULL OR token_generation = ${generation ?? null})
      RETURNING customer_id`
    return row?.customer_id
  }

  async delete(sql: ScopedSql, { tenantId }: TenantScope, id: string): Promise<boolean> {
    const { count } = await sql`DELETE FROM inlay.connections WHERE tenant_id = ${tenantId} AND id = ${id}`
    return count > 0
  }
}

function shownColumns(sql: ScopedSql) {
  return sql`c.id, c.customer_id, c.connector, c.method, c.auth_kind, c.name, c.status, c.detail, c.account_id,
    c.account_label, c.scopes, c.fields, c.expires_at, c.checked_at, c.created_at, c.updated_at`
}
