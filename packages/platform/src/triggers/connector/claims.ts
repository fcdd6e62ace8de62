import type { CustomerId, TenantId } from '@inlay/engine'
import type postgres from 'postgres'

/** The right to work on a trigger until its lease ends; `generation` is named by every write. */
export interface TriggerClaim {
  readonly tenantId: TenantId
  readonly customerId: CustomerId
  readonly id: string
  readonly generation: string
}

/** How many triggers a process takes, and how they are shared out. */
export interface ClaimRequest {
  readonly limit: number
  /** How many one tenant may have under way in this process. */
  readonly perTenant: number
  /** How many each tenant has under way in this process now. */
  readonly underWay: ReadonlyMap<TenantId, number>
  readonly leaseMs: number
}

interface ClaimRow {
  readonly tenant_id: TenantId
  readonly customer_id: CustomerId
  readonly id: string
  readonly generation: string
}

/** So many due triggers are few: the tenants that they belong to are all that there are to consider. */
const FEW = 500

/**
 * Takes triggers that are due, in short statements: two processes never get the same one. Tenants take turns, so that one
 * whose triggers are many or slow does not hold up another's.
 *
 * @param sql as the role `inlay_engine`
 */
export async function claimDueTriggers(sql: postgres.Sql, request: ClaimRequest): Promise<TriggerClaim[]> {
  const { limit, perTenant, leaseMs } = request
  if (limit <= 0) return []
  const due = await sql`SELECT 1 FROM inlay.connector_triggers WHERE due_at <= now() LIMIT ${FEW}`
  if (due.length === 0) return []
  const underWay = JSON.stringify([...request.underWay].map(([tenantId, count]) => ({ tenant_id: tenantId, count })))
  const rows = await sql<ClaimRow[]>`
    WITH RECURSIVE ${due.length < FEW ? dueTenants(sql) : allTenants(sql)}, busy AS (
      SELECT * FROM json_to_recordset(${underWay}::text::json) AS b (tenant_id text, count integer)
    ), due AS (
      SELECT own.tenant_id, own.id, own.due_at,
        row_number() OVER (PARTITION BY own.tenant_id ORDER BY own.due_at) + coalesce(busy.count, 0) AS place
      FROM tenants LEFT JOIN busy USING (tenant_id), LATERAL (
        SELECT t.tenant_id, t.id, t.due_at FROM inlay.connector_triggers t
        WHERE t.tenant_id = tenants.tenant_id AND t.due_at <= now() AND (t.lease_until IS NULL OR t.lease_until <= now())
        ORDER BY t.due_at LIMIT greatest(0, ${perTenant}::integer - coalesce(busy.count, 0))
      ) own
    ), chosen AS (
      SELECT t.tenant_id, t.id FROM inlay.connector_triggers t JOIN due USING (tenant_id, id)
      WHERE t.due_at <= now() AND (t.lease_until IS NULL OR t.lease_until <= now())
      ORDER BY due.place, due.due_at LIMIT ${limit} FOR UPDATE OF t SKIP LOCKED
    )
    UPDATE inlay.connector_triggers t SET generation = t.generation + 1,
      lease_until = clock_timestamp() + ${leaseMs}::float8 * interval '1 millisecond'
    FROM chosen WHERE t.tenant_id = chosen.tenant_id AND t.id = chosen.id
    RETURNING t.tenant_id, t.customer_id, t.id, t.generation`
  return rows.map((row) => ({
    tenantId: row.tenant_id,
    customerId: row.customer_id,
    id: row.id,
    generation: row.generation,
  }))
}

/** While few triggers are due, which is nearly always: found by their time. */
function dueTenants(sql: postgres.Sql) {
  return sql`tenants AS (
    SELECT DISTINCT tenant_id FROM (
      SELECT tenant_id FROM inlay.connector_triggers WHERE due_at <= now() ORDER BY due_at LIMIT ${FEW}) oldest
  )`
}

/** In a flood, where the oldest may all be one tenant's: each tenant is looked up by itself. */
function allTenants(sql: postgres.Sql) {
  return sql`tenants AS (
    (SELECT tenant_id FROM inlay.connector_triggers WHERE due_at IS NOT NULL ORDER BY tenant_id LIMIT 1)
    UNION ALL
    SELECT (SELECT t.tenant_id FROM inlay.connector_triggers t
      WHERE t.due_at IS NOT NULL AND t.tenant_id > known.tenant_id ORDER BY t.tenant_id LIMIT 1)
    FROM tenants known WHERE known.tenant_id IS NOT NULL
  )`
}

/** Finds triggers that lost their workflow, and has them worked on. @param sql as the role `inlay_engine` */
export async function takeUpRemovals(sql: postgres.Sql): Promise<void> {
  await sql`UPDATE inlay.connector_triggers SET status = 'removing', failures = 0, due_at = clock_timestamp()
    WHERE workflow_id IS NULL AND status <> 'removing'`
}
