import type { TenantId } from '@inlay/engine'
import type postgres from 'postgres'

/** The right to send a delivery once; what is written about the attempt names it. */
export interface DeliveryClaim {
  readonly tenantId: TenantId
  readonly endpointId: string
  readonly id: string
  readonly attempt: number
}

/** How many deliveries a process takes, and how they are shared out. */
export interface ClaimRequest {
  readonly limit: number
  /** How many of one endpoint may be under way in this process. */
  readonly perEndpoint: number
  /** How many of each endpoint are under way in this process now. */
  readonly underWay: ReadonlyMap<string, number>
  /** When a delivery is free again whose process has died. */
  readonly leaseMs: number
}

interface ClaimRow {
  readonly tenant_id: TenantId
  readonly endpoint_id: string
  readonly id: string
  readonly attempts: number
}

/**
 * Takes deliveries that are due, in short statements: two processes never get the same one. Endpoints take turns, so that
 * one that is slow, or has many, does not hold up another.
 *
 * @param sql as the role `inlay_engine`
 */
export async function claimDueDeliveries(sql: postgres.Sql, request: ClaimRequest): Promise<DeliveryClaim[]> {
  const { limit, perEndpoint, leaseMs } = request
  const due = await sql`SELECT 1 FROM inlay.webhook_deliveries WHERE due_at <= now() AND NOT is_pulled LIMIT 1`
  if (limit <= 0 || due.length === 0) return []
  const underWay = JSON.stringify([...request.underWay].map(([endpoint_id, count]) => ({ endpoint_id, count })))
  const rows = await sql<ClaimRow[]>`
    WITH RECURSIVE endpoints AS (
      (SELECT tenant_id, endpoint_id FROM inlay.webhook_deliveries WHERE due_at IS NOT NULL
        ORDER BY tenant_id, endpoint_id LIMIT 1)
      UNION ALL
      -- Each is found by one look into the index, however many deliveries the one before has.
      SELECT next.tenant_id, next.endpoint_id FROM endpoints known, LATERAL (
        SELECT d.tenant_id, d.endpoint_id FROM inlay.webhook_deliveries d
        WHERE d.due_at IS NOT NULL AND (d.tenant_id, d.endpoint_id) > (known.tenant_id, known.endpoint_id)
        ORDER BY d.tenant_id, d.endpoint_id LIMIT 1) next
    ), busy AS (
      SELECT * FROM json_to_recordset(${underWay}::text::json) AS b (endpoint_id text, count integer)
    ), due AS (
      SELECT own.tenant_id, own.id, own.due_at,
        row_number() OVER (PARTITION BY own.endpoint_id ORDER BY own.due_at, own.id) + coalesce(busy.count, 0) AS place
      FROM endpoints LEFT JOIN busy USING (endpoint_id), LATERAL (
        SELECT d.tenant_id, d.endpoint_id, d.id, d.due_at FROM inlay.webhook_deliveries d
        WHERE d.tenant_id = endpoints.tenant_id AND d.endpoint_id = endpoints.endpoint_id
          AND d.due_at <= now() AND NOT d.is_pulled
        ORDER BY d.due_at LIMIT greatest(0, ${perEndpoint}::integer - coalesce(busy.count, 0))
      ) own
    ), chosen AS (
      SELECT d.tenant_id, d.id FROM inlay.webhook_deliveries d JOIN due USING (tenant_id, id)
      WHERE d.due_at <= now() ORDER BY due.place, due.due_at LIMIT ${limit} FOR UPDATE OF d SKIP LOCKED
    )
    UPDATE inlay.webhook_deliveries d SET attempts = d.attempts + 1,
      due_at = clock_timestamp() + ${leaseMs}::float8 * interval '1 millisecond'
    FROM chosen WHERE d.tenant_id = chosen.tenant_id AND d.id = chosen.id
    RETURNING d.tenant_id, d.endpoint_id, d.id, d.attempts`
  return rows.map((row) => ({
    tenantId: row.tenant_id,
    endpointId: row.endpoint_id,
    id: row.id,
    attempt: row.attempts,
  }))
}

/**
 * Removes listeners that nobody listens to, and deliveries whose time is over.
 *
 * @param sql as the role `inlay_engine`
 * @param before ids of deliveries below it are removed
 */
export async function sweepWebhooks(
  sql: postgres.Sql,
  { before, page }: { readonly before: string; readonly page: number },
): Promise<void> {
  await sql`
    WITH gone AS (
      DELETE FROM inlay.webhook_endpoints
      WHERE kind = 'listener' AND coalesce(last_pulled_at, created_at) < now() - interval '10 minutes'
      RETURNING tenant_id, id
    )
    DELETE FROM inlay.webhook_deliveries d USING gone WHERE d.tenant_id = gone.tenant_id AND d.endpoint_id = gone.id`
  for (let count = page; count === page; ) {
    const swept = await sql`
      DELETE FROM inlay.webhook_deliveries
      WHERE (tenant_id, id) IN (
        SELECT tenant_id, id FROM inlay.webhook_deliveries WHERE id < ${before} LIMIT ${page})`
    count = swept.count
  }
}
