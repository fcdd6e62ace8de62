import type { JsonObject, TenantScope } from '@inlay/engine'
import type { PageRequest } from '../api/pagination.js'
import type { Database, ScopedSql } from '../database/index.js'
import type { AfterAttempt } from './retry-plan.js'
import type { WebhookDelivery } from './schema.js'

/** A delivery as it is stored. */
export interface DeliveryRow {
  readonly id: string
  readonly endpoint_id: string
  readonly message_id: string
  readonly customer_id: string | null
  readonly event_type: string
  readonly data: JsonObject
  readonly occurred_at: Date
  readonly status: WebhookDelivery['status']
  readonly due_at: Date | null
  readonly attempts: number
  readonly former_attempts: number
  readonly attempted_at: Date | null
  readonly duration_ms: number | null
  readonly response_status: number | null
  readonly response_body: string | null
  readonly error: string | null
}

/** What an attempt came to. */
export interface AttemptRecord {
  /** Which one: an attempt that somebody else has begun meanwhile writes for itself. */
  readonly attempt: number
  readonly durationMs: number
  readonly responseStatus: number | null
  readonly responseBody: string | null
  readonly error: string | null
  readonly after: AfterAttempt
}

/** Which deliveries to list. */
export interface DeliveryFilter extends PageRequest {
  readonly endpointId: string
  readonly status?: WebhookDelivery['status'] | undefined
}

/** A listener that was given deliveries has so long to say what came of them; then they are given again. */
const PULL_LEASE_SECONDS = 60

/** The rows of deliveries. */
export class WebhookDeliveryStore {
  constructor(private readonly database: Database) {}

  /** Runs several of the others in one transaction. */
  within<T>({ tenantId }: TenantScope, run: (sql: ScopedSql) => Promise<T>): Promise<T> {
    return this.database.withTenant({ tenantId }, run)
  }

  list(sql: ScopedSql, { tenantId }: TenantScope, filter: DeliveryFilter): Promise<DeliveryRow[]> {
    const { endpointId, status = null, cursor = null, limit } = filter
    return sql<DeliveryRow[]>`
      SELECT ${columns(sql)} FROM inlay.webhook_deliveries
      WHERE tenant_id = ${tenantId} AND endpoint_id = ${endpointId} AND (${status}::text IS NULL OR status = ${status})
        AND (${cursor}::text IS NULL OR id < ${cursor})
      ORDER BY id DESC LIMIT ${limit + 1}`
  }

  async find(
    sql: ScopedSql,
    { tenantId }: TenantScope,
    { endpointId, id }: { readonly endpointId: string; readonly id: string },
  ): Promise<DeliveryRow | undefined> {
    const [row] = await sql<DeliveryRow[]>`
      SELECT ${columns(sql)} FROM inlay.webhook_deliveries
      WHERE tenant_id = ${tenantId} AND endpoint_id = ${endpointId} AND id = ${id}`
    return row
  }

  /** Makes a delivery to one endpoint, whatever it is subscribed to. @returns its id */
  async insert(
    sql: ScopedSql,
    { tenantId }: TenantScope,
    message: {
      readonly endpointId: string
      readonly type: string
      readonly data: JsonObject
      readonly isPulled: boolean
    },
  ): Promise<string> {
    const { endpointId, type, data, isPulled } = message
    const [row] = await sql<{ id: string }[]>`
      INSERT INTO inlay.webhook_deliveries (tenant_id, id, endpoint_id, message_id, event_type, data, is_pulled)
      VALUES (${tenantId}, inlay.new_id('whd'), ${endpointId}, inlay.new_id('msg'), ${type},
        ${JSON.stringify(data)}::text::json, ${isPulled}) RETURNING id`
    return row?.id ?? ''
  }

  /** Has a delivery sent at once, with a series of attempts of its own. */
  async redeliver(sql: ScopedSql, { tenantId }: TenantScope, id: string): Promise<void> {
    await sql`
      UPDATE inlay.webhook_deliveries SET status = 'pending', due_at = clock_timestamp(), former_attempts = attempts
      WHERE tenant_id = ${tenantId} AND id = ${id}`
  }

  /** Takes what a listener has not had, oldest first. */
  async pull(
    sql: ScopedSql,
    { tenantId }: TenantScope,
    { endpointId, limit }: { readonly endpointId: string; readonly limit: number },
  ): Promise<DeliveryRow[]> {
    const rows = await sql<DeliveryRow[]>`
      UPDATE inlay.webhook_deliveries SET attempts = attempts + 1,
        due_at = clock_timestamp() + make_interval(secs => ${PULL_LEASE_SECONDS})
      WHERE tenant_id = ${tenantId} AND id IN (
        SELECT id FROM inlay.webhook_deliveries
        WHERE tenant_id = ${tenantId} AND endpoint_id = ${endpointId} AND due_at <= clock_timestamp()
        ORDER BY due_at, id LIMIT ${limit} FOR UPDATE SKIP LOCKED)
      RETURNING ${columns(sql)}`
    return rows.sort((a, b) => (a.id < b.id ? -1 : 1))
  }

  /** Writes what an attempt came to. @returns false when the delivery was taken up by somebody else meanwhile */
  async record(sql: ScopedSql, { tenantId }: TenantScope, id: string, record: AttemptRecord): Promise<boolean> {
    const { attempt, durationMs, responseStatus, responseBody, error, after } = record
    const delayMs = after.status === 'pending' ? after.delayMs : null
    const { count } = await sql`
      UPDATE inlay.webhook_deliveries SET status = ${after.status},
        due_at = clock_timestamp() + ${delayMs}::float8 * interval '1 millisecond', attempted_at = clock_timestamp(),
        duration_ms = ${Math.round(durationMs)}, response_status = ${responseStatus}, response_body = ${responseBody},
        error = ${error}
      WHERE tenant_id = ${tenantId} AND id = ${id} AND attempts = ${attempt} AND status = 'pending'`
    return count > 0
  }

  /** Gives up what is still to be sent to an endpoint. */
  async giveUp(sql: ScopedSql, { tenantId }: TenantScope, endpointId: string, error: string): Promise<void> {
    await sql`UPDATE inlay.webhook_deliveries SET status = 'failed', due_at = NULL, error = ${error}
      WHERE tenant_id = ${tenantId} AND endpoint_id = ${endpointId} AND due_at IS NOT NULL`
  }

  async delete(sql: ScopedSql, { tenantId }: TenantScope, id: string): Promise<void> {
    await sql`DELETE FROM inlay.webhook_deliveries WHERE tenant_id = ${tenantId} AND id = ${id}`
  }
}

function columns(sql: ScopedSql) {
  return sql`id, endpoint_id, message_id, customer_id, event_type, data, occurred_at, status, due_at, attempts,
    former_attempts, attempted_at, duration_ms, response_status, response_body, error`
}
