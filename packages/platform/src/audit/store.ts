import type { TenantScope } from '@inlay/engine'
import type postgres from 'postgres'
import type { PageRequest } from '../api/pagination.js'
import type { Database, ScopedSql } from '../database/index.js'
import type { AuditRow } from './entry.js'

/** A row of the log. */
export interface RecordedRow extends AuditRow {
  readonly at: Date
}

/** Which rows to list. Instants are Unix milliseconds. */
export interface AuditFilter extends PageRequest {
  readonly action?: string | undefined
  readonly actorId?: string | undefined
  readonly targetId?: string | undefined
  readonly customerId?: string | undefined
  readonly sinceMs?: number | undefined
  readonly untilMs?: number | undefined
}

/** Ids begin with their process's clock, `at` is the database's: they may be this far apart. */
const CLOCK_SLACK_MS = 300_000

/** The rows of the log: they are written and read, and never changed. */
export class AuditStore {
  constructor(private readonly database: Database) {}

  /** Within a transaction of the row's tenant. */
  async insert(sql: ScopedSql, row: AuditRow): Promise<void> {
    await insertRows(sql, [row])
  }

  /** Rows of any tenants, in one statement. */
  async insertMany(rows: readonly AuditRow[]): Promise<void> {
    await insertRows(this.database.engine, rows)
  }

  within<T>(scope: TenantScope, run: (sql: ScopedSql) => Promise<T>): Promise<T> {
    return this.database.withTenant(scope, run)
  }

  list(scope: TenantScope, filter: AuditFilter): Promise<RecordedRow[]> {
    const { cursor = null, limit, action = null, actorId = null, targetId = null, customerId = null } = filter
    const since = filter.sinceMs === undefined ? null : new Date(filter.sinceMs)
    const until = filter.untilMs === undefined ? null : new Date(filter.untilMs)
    return this.within(
      scope,
      (sql) => sql<RecordedRow[]>`
      SELECT tenant_id, id, at, actor_kind, actor_id, action, target_kind, target_id, customer_id, ip, request_id, details
      FROM inlay.audit_log
      WHERE tenant_id = ${scope.tenantId}
        AND (${cursor}::text IS NULL OR id < ${cursor})
        AND (${action}::text IS NULL OR action = ${action})
        AND (${actorId}::text IS NULL OR actor_id = ${actorId})
        AND (${targetId}::text IS NULL OR target_id = ${targetId})
        AND (${customerId}::text IS NULL OR customer_id = ${customerId})
        AND id >= ${idBefore(filter.sinceMs)} AND (${since}::timestamptz IS NULL OR at >= ${since})
        AND id < ${idAfter(filter.untilMs)} AND (${until}::timestamptz IS NULL OR at < ${until})
      ORDER BY id DESC LIMIT ${limit + 1}`,
    )
  }
}

/** With these bounds the primary key finds the span of time. */
function idBefore(ms: number | undefined): string {
  return ms === undefined ? 'aud_' : `aud_${hexOf(ms - CLOCK_SLACK_MS)}`
}

function idAfter(ms: number | undefined): string {
  return ms === undefined ? 'aud`' : `aud_${hexOf(ms + CLOCK_SLACK_MS)}`
}

function hexOf(ms: number): string {
  return Math.max(0, Math.trunc(ms)).toString(16).padStart(12, '0')
}

/** Repeating it does no harm: what is there already stays. */
async function insertRows(sql: postgres.ISql, rows: readonly AuditRow[]): Promise<void> {
  // As text, so that the driver does not encode it a second time.
  await sql`
    INSERT INTO inlay.audit_log
      (tenant_id, id, actor_kind, actor_id, action, target_kind, target_id, customer_id, ip, request_id, details)
    SELECT tenant_id, id, actor_kind, actor_id, action, target_kind, target_id, customer_id, ip, request_id, details
    FROM json_to_recordset(${JSON.stringify(rows)}::text::json) AS given (
      tenant_id text, id text, actor_kind text, actor_id text, action text, target_kind text, target_id text,
      customer_id text, ip text, request_id text, details json)
    ON CONFLICT DO NOTHING`
}
