import type { TenantScope } from '@inlay/engine'
import type { Database, ScopedSql } from '../database/index.js'
import type { WebhookEndpoint, WebhookEventType } from './schema.js'

/** An endpoint as it is stored. */
export interface EndpointRow {
  readonly id: string
  readonly kind: WebhookEndpoint['kind']
  readonly url: string | null
  readonly description: string
  readonly event_types: WebhookEventType[]
  readonly enabled: boolean
  readonly disabled_reason: WebhookEndpoint['disabledReason']
  readonly secret: Buffer
  readonly former_secret: Buffer | null
  /** Null also when it is over. */
  readonly former_secret_until: Date | null
  readonly failing_since: Date | null
  readonly created_at: Date
  readonly updated_at: Date
}

/** An endpoint that is made. */
export type NewEndpointRow = Pick<EndpointRow, 'id' | 'kind' | 'url' | 'description' | 'event_types' | 'secret'>

/** What people change of an endpoint; fields that are undefined stay. */
export interface EndpointChanges {
  readonly url?: string | undefined
  readonly description?: string | undefined
  readonly eventTypes?: readonly WebhookEventType[] | undefined
  readonly enabled?: boolean | undefined
}

/** How long the secret before is signed with, too. */
const FORMER_SECRET_HOURS = 24
/** How often it is noted that somebody listens. */
const PULL_NOTED_SECONDS = 30

/** The rows of endpoints, and what they are subscribed to. */
export class WebhookEndpointStore {
  constructor(private readonly database: Database) {}

  /** Runs several of the others in one transaction. */
  within<T>({ tenantId }: TenantScope, run: (sql: ScopedSql) => Promise<T>): Promise<T> {
    return this.database.withTenant({ tenantId }, run)
  }

  list(sql: ScopedSql, { tenantId }: TenantScope): Promise<EndpointRow[]> {
    return sql<EndpointRow[]>`
      SELECT ${columns(sql)} FROM inlay.webhook_endpoints WHERE tenant_id = ${tenantId} ORDER BY id DESC`
  }

  async find(sql: ScopedSql, { tenantId }: TenantScope, id: string): Promise<EndpointRow | undefined> {
    const [row] = await sql<EndpointRow[]>`
      SELECT ${columns(sql)} FROM inlay.webhook_endpoints WHERE tenant_id = ${tenantId} AND id = ${id}`
    return row
  }

  /** @returns how many there are; others wait until the transaction ends, so that it stays true */
  async countForInsert(sql: ScopedSql, { tenantId }: TenantScope): Promise<number> {
    await sql`SELECT pg_advisory_xact_lock(hashtextextended(${`webhook_endpoints/${tenantId}`}, 0))`
    const [row] = await sql<{ count: number }[]>`
      SELECT count(*)::integer AS count FROM inlay.webhook_endpoints WHERE tenant_id = ${tenantId}`
    return row?.count ?? 0
  }

  async insert(sql: ScopedSql, scope: TenantScope, row: NewEndpointRow): Promise<void> {
    await sql`
      INSERT INTO inlay.webhook_endpoints (tenant_id, id, kind, url, description, event_types, secret)
      VALUES (${scope.tenantId}, ${row.id}, ${row.kind}, ${row.url}, ${row.description}, ${row.event_types}, ${row.secret})`
    await this.subscribe(sql, scope, row.id)
  }

  async update(sql: ScopedSql, scope: TenantScope, id: string, changes: EndpointChanges): Promise<void> {
    const { url = null, description = null, enabled = null } = changes
    const types = changes.eventTypes === undefined ? null : [...changes.eventTypes]
    await sql`
      UPDATE inlay.webhook_endpoints SET url = coalesce(${url}, url), description = coalesce(${description}, description),
        event_types = coalesce(${types}::text[], event_types), enabled = coalesce(${enabled}, enabled),
        disabled_reason = CASE WHEN ${enabled}::boolean IS NULL THEN disabled_reason END,
        failing_since = CASE WHEN ${enabled}::boolean IS TRUE THEN NULL ELSE failing_since END, updated_at = now()
      WHERE tenant_id = ${scope.tenantId} AND id = ${id}`
    await this.subscribe(sql, scope, id)
  }

  async setSecret(sql: ScopedSql, { tenantId }: TenantScope, id: string, secret: Buffer): Promise<void> {
    await sql`
      UPDATE inlay.webhook_endpoints SET former_secret = secret, secret = ${secret}, updated_at = now(),
        former_secret_until = now() + make_interval(hours => ${FORMER_SECRET_HOURS})
      WHERE tenant_id = ${tenantId} AND id = ${id}`
  }

  /** @returns false when it was switched off already */
  async disable(
    sql: ScopedSql,
    scope: TenantScope,
    { id, reason }: { readonly id: string; readonly reason: 'gone' | 'failing' },
  ): Promise<boolean> {
    const { count } = await sql`
      UPDATE inlay.webhook_endpoints SET enabled = false, disabled_reason = ${reason}, updated_at = now()
      WHERE tenant_id = ${scope.tenantId} AND id = ${id} AND enabled`
    if (count > 0) await this.subscribe(sql, scope, id)
    return count > 0
  }

  /** Notes how an attempt went. @returns for how long all have failed, in milliseconds; 0 after a success */
  async noteAttempt(sql: ScopedSql, { tenantId }: TenantScope, id: string, hasSucceeded: boolean): Promise<number> {
    if (hasSucceeded) {
      await sql`UPDATE inlay.webhook_endpoints SET failing_since = NULL
        WHERE tenant_id = ${tenantId} AND id = ${id} AND failing_since IS NOT NULL`
      return 0
    }
    const [row] = await sql<{ failing_ms: number }[]>`
      UPDATE inlay.webhook_endpoints SET failing_since = coalesce(failing_since, now())
      WHERE tenant_id = ${tenantId} AND id = ${id}
      RETURNING (extract(epoch FROM now() - failing_since) * 1000)::float8 AS failing_ms`
    return row?.failing_ms ?? 0
  }

  async notePull(sql: ScopedSql, { tenantId }: TenantScope, id: string): Promise<void> {
    await sql`UPDATE inlay.webhook_endpoints SET last_pulled_at = now() WHERE tenant_id = ${tenantId} AND id = ${id}
      AND (last_pulled_at IS NULL OR last_pulled_at < now() - make_interval(secs => ${PULL_NOTED_SECONDS}))`
  }

  /** Tells the other endpoints that one was switched off. */
  async tellDisabled(sql: ScopedSql, { tenantId }: TenantScope, id: string, reason: string): Promise<void> {
    const data = JSON.stringify({ webhookEndpointId: id, reason })
    await sql`SELECT inlay.tell_webhooks(${tenantId}, NULL, 'webhook_endpoint.disabled', ${data}::text::json)`
  }

  async delete(sql: ScopedSql, { tenantId }: TenantScope, id: string): Promise<boolean> {
    const { count } = await sql`DELETE FROM inlay.webhook_endpoints WHERE tenant_id = ${tenantId} AND id = ${id}`
    if (count > 0) await sql`DELETE FROM inlay.webhook_deliveries WHERE tenant_id = ${tenantId} AND endpoint_id = ${id}`
    return count > 0
  }

  /** Brings the subscriptions of an endpoint up to date with it. */
  private async subscribe(sql: ScopedSql, { tenantId }: TenantScope, id: string): Promise<void> {
    await sql`DELETE FROM inlay.webhook_subscriptions WHERE tenant_id = ${tenantId} AND endpoint_id = ${id}`
    await sql`
      INSERT INTO inlay.webhook_subscriptions (tenant_id, event_type, endpoint_id, is_pulled)
      SELECT tenant_id, unnest(event_types), id, kind = 'listener' FROM inlay.webhook_endpoints
      WHERE tenant_id = ${tenantId} AND id = ${id} AND enabled ON CONFLICT DO NOTHING`
  }
}

function columns(sql: ScopedSql) {
  return sql`id, kind, url, description, event_types, enabled, disabled_reason, secret, former_secret,
    CASE WHEN former_secret_until > now() THEN former_secret_until END AS former_secret_until,
    failing_since, created_at, updated_at`
}
