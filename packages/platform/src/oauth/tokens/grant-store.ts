import type { ConnectionId, CustomerId, TenantId, TenantScope } from '@inlay/engine'
import type { Database } from '../../database/index.js'
import type { ClientSource } from '../clients/service.js'

/** By which app a connection's tokens were got. */
export interface GrantOrigin {
  readonly connectionId: string
  readonly customerId: CustomerId
  readonly clientId: string
  readonly source: ClientSource
  /** Whether there is a way to new tokens without a person. */
  readonly canRefresh: boolean
}

/** The exclusive right to call the token endpoint for a connection, for a while. */
export interface RefreshLease {
  readonly clientId: string
  readonly source: ClientSource
  /** Unix milliseconds by the database's clock, when the lease began. */
  readonly nowMs: number
  /** When tokens were last refreshed, by the database's clock; null: never. */
  readonly refreshedAtMs: number | null
}

/** Why there is no lease. */
export type NoLease =
  | { readonly state: 'busy' }
  | { readonly state: 'resting'; readonly retryAfterMs: number; readonly lastFailure: string }
  | { readonly state: 'unknown' }

/** A connection whose tokens are about to expire. */
export interface ExpiringConnection {
  readonly tenantId: TenantId
  readonly customerId: CustomerId
  readonly id: ConnectionId
}

interface LeaseRow {
  readonly client_id: string
  readonly client_source: ClientSource
  readonly now_ms: number
  readonly refreshed_at_ms: number | null
}

/** A failure that keeps coming is tried again after 1 s, 2 s, 4 s … and never later than this. */
const LONGEST_REST_SECONDS = 900
/** After that many doublings it is the longest anyway. */
const MOST_DOUBLINGS = 12

/**
 * Who got a connection's tokens, and who refreshes them. The lease is a row, not a lock: no transaction is open while a
 * service is called, and a process that dies with it holds nobody up for longer than the lease.
 */
export class GrantStore {
  constructor(private readonly database: Database) {}

  /** Keeps by which app the tokens were got; forgets what went wrong with those before. */
  async put({ tenantId }: TenantScope, grant: GrantOrigin): Promise<void> {
    await this.database.withTenant(
      { tenantId },
      (sql) => sql`
        INSERT INTO inlay.oauth_grants (tenant_id, connection_id, customer_id, client_id, client_source, can_refresh)
        VALUES (${tenantId}, ${grant.connectionId}, ${grant.customerId}, ${grant.clientId}, ${grant.source},
          ${grant.canRefresh})
        ON CONFLICT (tenant_id, connection_id) DO UPDATE SET client_id = excluded.client_id,
          client_source = excluded.client_source, can_refresh = excluded.can_refresh, refreshing_by = NULL,
          refreshing_until = NULL, failures = 0, retry_at = NULL, last_failure = NULL`,
    )
  }

  /** @returns undefined for a connection that is not there, or whose tokens were not got here */
  async find(
    { tenantId }: TenantScope,
    connectionId: string,
  ): Promise<Pick<RefreshLease, 'clientId' | 'source'> | undefined> {
    const [row] = await this.database.withTenant(
      { tenantId },
      (sql) => sql<LeaseRow[]>`SELECT client_id, client_source FROM inlay.oauth_grants
        WHERE tenant_id = ${tenantId} AND connection_id = ${connectionId}`,
    )
    return row === undefined ? undefined : { clientId: row.client_id, source: row.client_source }
  }

  /** Connections of a customer that have tokens. */
  async ofCustomer({ tenantId }: TenantScope, customerId: string): Promise<ConnectionId[]> {
    const rows = await this.database.withTenant(
      { tenantId },
      (sql) => sql<{ connection_id: ConnectionId }[]>`SELECT connection_id FROM inlay.oauth_grants
        WHERE tenant_id = ${tenantId} AND customer_id = ${customerId} ORDER BY connection_id`,
    )
    return rows.map(({ connection_id: id }) => id)
  }

  /** Takes the lease when nobody has it and nothing has just failed. */
  acquire(
    { tenantId }: TenantScope,
    connectionId: string,
    holder: { readonly token: string; readonly forMs: number },
  ): Promise<RefreshLease | NoLease> {
    return this.database.withTenant({ tenantId }, async (sql) => {
      const [row] = await sql<LeaseRow[]>`
        UPDATE inlay.oauth_grants SET refreshing_by = ${holder.token},
          refreshing_until = clock_timestamp() + ${holder.forMs} * interval '1 millisecond'
        WHERE tenant_id = ${tenantId} AND connection_id = ${connectionId}
          AND (refreshing_until IS NULL OR refreshing_until < clock_timestamp())
          AND (retry_at IS NULL OR retry_at < clock_timestamp())
        RETURNING client_id, client_source, (extract(epoch FROM clock_timestamp()) * 1000)::float8 AS now_ms,
          (extract(epoch FROM refreshed_at) * 1000)::float8 AS refreshed_at_ms`
      if (row !== undefined) {
        const { client_id: clientId, client_source: source, now_ms: nowMs, refreshed_at_ms: refreshedAtMs } = row
        return { clientId, source, nowMs, refreshedAtMs }
      }
      const [held] = await sql<{ is_busy: boolean; rest_ms: number | null; last_failure: string | null }[]>`
        SELECT coalesce(refreshing_until >= clock_timestamp(), false) AS is_busy,
          (extract(epoch FROM retry_at - clock_timestamp()) * 1000)::float8 AS rest_ms, last_failure
        FROM inlay.oauth_grants WHERE tenant_id = ${tenantId} AND connection_id = ${connectionId}`
      if (held === undefined) return { state: 'unknown' }
      if (held.is_busy || (held.rest_ms ?? 0) <= 0) return { state: 'busy' }
      return { state: 'resting', retryAfterMs: held.rest_ms ?? 0, lastFailure: held.last_failure ?? '' }
    })
  }

  /** Gives the lease back after tokens were kept, or were found to be fresh already. */
  async release(
    { tenantId }: TenantScope,
    connectionId: string,
    { token, canRefresh }: { readonly token: string; readonly canRefresh?: boolean },
  ): Promise<void> {
    const isNew = canRefresh !== undefined
    await this.database.withTenant(
      { tenantId },
      (sql) => sql`
        UPDATE inlay.oauth_grants SET refreshing_by = NULL, refreshing_until = NULL, failures = 0, retry_at = NULL,
          last_failure = NULL, can_refresh = coalesce(${canRefresh ?? null}, can_refresh),
          refreshed_at = CASE WHEN ${isNew} THEN clock_timestamp() ELSE refreshed_at END
        WHERE tenant_id = ${tenantId} AND connection_id = ${connectionId} AND refreshing_by = ${token}`,
    )
  }

  /** Gives the lease back after a failure: the next try waits, each time twice as long. */
  async rest(
    { tenantId }: TenantScope,
    connectionId: string,
    {
      token,
      failure,
      atLeastMs = 0,
    }: { readonly token: string; readonly failure: string; readonly atLeastMs?: number },
  ): Promise<void> {
    await this.database.withTenant(
      { tenantId },
      (sql) => sql`
        UPDATE inlay.oauth_grants SET refreshing_by = NULL, refreshing_until = NULL, failures = failures + 1,
          last_failure = ${failure}, retry_at = clock_timestamp() + greatest(${atLeastMs} * interval '1 millisecond',
            least(power(2, least(failures, ${MOST_DOUBLINGS})), ${LONGEST_REST_SECONDS}) * interval '1 second')
        WHERE tenant_id = ${tenantId} AND connection_id = ${connectionId} AND refreshing_by = ${token}`,
    )
  }

  /**
   * Connections of all tenants whose tokens expire within `withinMs`, and which nobody refreshes or rests from.
   *
   * @param spreadMs by up to how much sooner some are told than others, always the same ones
   */
  async expiring({
    withinMs,
    spreadMs,
    limit,
  }: {
    withinMs: number
    spreadMs: number
    limit: number
  }): Promise<ExpiringConnection[]> {
    const rows = await this.database.engine<{ tenant_id: TenantId; customer_id: CustomerId; id: ConnectionId }[]>`
      SELECT c.tenant_id, c.customer_id, c.id FROM inlay.connections c
      JOIN inlay.oauth_grants g ON g.tenant_id = c.tenant_id AND g.connection_id = c.id
      WHERE c.status <> 'reconnect_needed' AND c.expires_at < clock_timestamp() + ${withinMs + spreadMs} * interval '1 millisecond'
        AND c.expires_at < clock_timestamp() + ${withinMs} * interval '1 millisecond'
          + abs(hashtext(c.id)::bigint) % ${Math.max(1, spreadMs)}::bigint * interval '1 millisecond'
        AND g.can_refresh AND (g.retry_at IS NULL OR g.retry_at < clock_timestamp())
        AND (g.refreshing_until IS NULL OR g.refreshing_until < clock_timestamp())
      ORDER BY c.expires_at LIMIT ${limit}`
    return rows.map(({ tenant_id: tenantId, customer_id: customerId, id }) => ({ tenantId, customerId, id }))
  }
}
