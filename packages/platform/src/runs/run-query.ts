/**
 * What lists of runs are asked by. Each condition stands in the statement only when it is meant: the plan of
 * `$1 IS NULL OR column = $1` is made for both, and uses no index for either.
 */
import type { RunMode, RunStatus, TenantScope } from '@inlay/engine'
import type { ScopedSql } from '../database/index.js'
import type { RunFilter } from './rows.js'

/** What is shown of a run `r`; goes with `joinNames`. */
export function runColumns(sql: ScopedSql) {
  return sql`r.id, r.workflow_id, w.name AS workflow_name, r.customer_id, r.version_id, v.number AS version_number, r.mode,
    r.status, r.error, r.created_at, r.started_at, r.finished_at, r.wake_at, r.is_dead, r.origin_run_id`
}

/** The names of a run's workflow and version. */
export function joinNames(sql: ScopedSql) {
  return sql`LEFT JOIN inlay.workflows w ON w.tenant_id = r.tenant_id AND w.id = r.workflow_id
    LEFT JOIN inlay.workflow_versions v ON v.tenant_id = r.tenant_id AND v.id = r.version_id`
}

type Fragment = ReturnType<typeof runColumns>

/** The conditions of a filter on runs `r`, the search left out; goes with `joinNames`. */
export function whichRuns(sql: ScopedSql, scope: TenantScope, filter: Omit<RunFilter, 'limit' | 'search'>): Fragment {
  const { cursor, workflowId, version, dead, createdSince, createdBefore } = filter
  // Row security holds to the scope's customer by itself, but by a condition that no index can be searched by.
  const ofCustomer = (id: string | undefined): Fragment => (id === undefined ? sql`` : sql`AND r.customer_id = ${id}`)
  return sql`r.tenant_id = ${scope.tenantId}
    ${ofCustomer(scope.customerId)} ${ofCustomer(filter.customerId)}
    ${workflowId === undefined ? sql`` : sql`AND r.workflow_id = ${workflowId}`}
    ${filter.status === undefined ? sql`` : WITH_STATUS[filter.status](sql)}
    ${filter.mode === undefined ? sql`` : OF_MODE[filter.mode](sql)}
    ${version === undefined ? sql`` : sql`AND v.number = ${version}`}
    ${whetherDead(sql, dead)}
    ${cursor === undefined ? sql`` : sql`AND r.id < ${cursor}`}
    ${createdSince === undefined ? sql`` : sql`AND r.created_at >= ${createdSince}::text::timestamptz`}
    ${createdBefore === undefined ? sql`` : createdUntil(sql, createdBefore)}`
}

/** Conditions of their own rather than parameters, so that partial indexes are used. */
const WITH_STATUS: Readonly<Record<RunStatus, (sql: ScopedSql) => Fragment>> = {
  pending: (sql) => sql`AND r.status = 'pending'`,
  running: (sql) => sql`AND r.status = 'running'`,
  waiting: (sql) => sql`AND r.status = 'waiting'`,
  suspended: (sql) => sql`AND r.status = 'suspended'`,
  succeeded: (sql) => sql`AND r.status = 'succeeded'`,
  failed: (sql) => sql`AND r.status = 'failed'`,
  cancelled: (sql) => sql`AND r.status = 'cancelled'`,
}

const OF_MODE: Readonly<Record<RunMode, (sql: ScopedSql) => Fragment>> = {
  live: (sql) => sql`AND r.mode = 'live'`,
  test: (sql) => sql`AND r.mode = 'test'`,
}

/** Whether runs are on the dead-letter list, or are not; undefined: either. */
export function whetherDead(sql: ScopedSql, dead: boolean | undefined): Fragment {
  if (dead === undefined) return sql``
  return dead ? sql`AND r.is_dead` : sql`AND NOT r.is_dead`
}

/** Clocks of processes may be ahead of the database's. */
const SKEW_MS = 3_600_000

/** An id is made before its run is recorded, and begins with that moment: the index leads to runs of long ago. */
function createdUntil(sql: ScopedSql, createdBefore: string): Fragment {
  const latest = Math.max(0, Date.parse(createdBefore) + SKEW_MS)
  const bound = `run_${latest.toString(16).padStart(12, '0')}`
  return sql`AND r.created_at < ${createdBefore}::text::timestamptz AND r.id < ${bound}`
}
