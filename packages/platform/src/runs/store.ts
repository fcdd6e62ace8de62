import type { RunId, RunStatus, StepAddress, StepStatus, TenantScope } from '@inlay/engine'
import type { Database } from '../database/index.js'
import type { FailedFilter, LogRow, OutputRow, RunDetailRow, RunFilter, RunRow, StartableRow, StepRow } from './rows.js'
import { joinNames, runColumns, whetherDead, whichRuns } from './run-query.js'
import { type FoundRuns, searchRuns } from './run-search.js'

/** Runs and their steps as readers see them. Writing is the journal's alone. */
export class RunStore {
  constructor(private readonly database: Database) {}

  /** Newest first, one row more than the page holds. */
  list(scope: TenantScope, filter: RunFilter): Promise<RunRow[]> {
    return this.database.withTenant(
      scope,
      (sql) => sql<RunRow[]>`
      SELECT ${runColumns(sql)} FROM inlay.runs r ${joinNames(sql)}
      WHERE ${whichRuns(sql, scope, filter)} ORDER BY r.id DESC LIMIT ${filter.limit + 1}`,
    )
  }

  /** Runs in which a text stands: the beginning of the id, or part of the error or of the input. Newest first. */
  search(scope: TenantScope, filter: RunFilter, text: string): Promise<FoundRuns> {
    return searchRuns(this.database, scope, { filter, text })
  }

  async find(scope: TenantScope, id: string): Promise<RunDetailRow | undefined> {
    const [row] = await this.database.withTenant(
      scope,
      (sql) => sql<RunDetailRow[]>`
      SELECT ${runColumns(sql)}, w.id IS NOT NULL AND v.id IS NOT NULL AS has_version, r.output, t.input AS trigger,
        r.parent_run_id, r.parent_step_path, r.parent_iteration
      FROM inlay.runs r
      JOIN inlay.journal t ON t.run_id = r.id AND t.tenant_id = r.tenant_id AND t.epoch = 0 AND t.seq = 0
      ${joinNames(sql)}
      WHERE r.tenant_id = ${scope.tenantId} AND r.id = ${id}`,
    )
    return row
  }

  /** The last record of each step. */
  steps(scope: TenantScope, id: string): Promise<StepRow[]> {
    return this.database.withTenant(
      scope,
      (sql) => sql<StepRow[]>`
      SELECT * FROM (
        SELECT DISTINCT ON (step_path, iteration) customer_id, step_path, iteration, type, status, attempt, input, output, error,
          started_at::float8 AS started_at, finished_at::float8 AS finished_at, wake_at::float8 AS wake_at, epoch, seq
        FROM inlay.journal WHERE tenant_id = ${scope.tenantId} AND run_id = ${id} AND step_path <> ''
        ORDER BY step_path, iteration, epoch DESC, seq DESC
      ) last WHERE status <> 'forgotten' ORDER BY started_at, epoch, seq LIMIT 10000`,
    )
  }

  /** What a step has logged, in order. */
  logs(scope: TenantScope, id: string, { stepPath, iteration }: StepAddress): Promise<LogRow[]> {
    return this.database.withTenant(
      scope,
      (sql) => sql<LogRow[]>`
      SELECT id, attempt, level, message, data FROM inlay.step_logs
      WHERE tenant_id = ${scope.tenantId} AND run_id = ${id} AND step_path = ${stepPath} AND iteration = ${iteration}
      ORDER BY id LIMIT 1000`,
    )
  }

  /** What a step gave last; undefined when it has given nothing. */
  async stepOutput(
    scope: TenantScope,
    id: string,
    { stepPath, iteration }: StepAddress,
  ): Promise<OutputRow | undefined> {
    const [row] = await this.database.withTenant(
      scope,
      (sql) => sql<(OutputRow & { status: StepStatus })[]>`
      SELECT customer_id, output, status FROM inlay.journal
      WHERE tenant_id = ${scope.tenantId} AND run_id = ${id} AND step_path = ${stepPath} AND iteration = ${iteration}
        AND step_path <> ''
      ORDER BY epoch DESC, seq DESC LIMIT 1`,
    )
    return row?.status === 'succeeded' ? row : undefined
  }

  /** Ids of runs to try again, those first that failed first. */
  async failed(scope: TenantScope, filter: FailedFilter): Promise<RunId[]> {
    const { dead, workflowId, customerId, failedSince, limit } = filter
    const rows = await this.database.withTenant(
      scope,
      (sql) => sql<{ id: RunId }[]>`
      SELECT r.id FROM inlay.runs r WHERE r.tenant_id = ${scope.tenantId} AND r.status = 'failed'
        ${whetherDead(sql, dead)}
        ${workflowId === undefined ? sql`` : sql`AND r.workflow_id = ${workflowId}`}
        ${failedSince === undefined ? sql`` : sql`AND r.finished_at >= ${failedSince}`}
        AND (${customerId ?? null}::text IS NULL OR r.customer_id = ${customerId ?? null})
      ORDER BY r.finished_at, r.id LIMIT ${limit}`,
    )
    return rows.map(({ id }) => id)
  }

  async startable(scope: TenantScope, workflowId: string): Promise<StartableRow | undefined> {
    const [row] = await this.database.withTenant(
      scope,
      (sql) => sql<StartableRow[]>`
      SELECT w.name, w.customer_id, w.enabled, w.published_version_id AS version_id, v.number AS version_number
      FROM inlay.workflows w
      LEFT JOIN inlay.workflow_versions v ON v.tenant_id = w.tenant_id AND v.id = w.published_version_id
      WHERE w.tenant_id = ${scope.tenantId} AND w.id = ${workflowId}`,
    )
    return row
  }

  async status(scope: TenantScope, id: string): Promise<RunStatus | undefined> {
    const [row] = await this.database.withTenant(
      scope,
      (sql) => sql<{ status: RunStatus }[]>`
      SELECT status FROM inlay.runs WHERE tenant_id = ${scope.tenantId} AND id = ${id}`,
    )
    return row?.status
  }

  /** The newest runs of a workflow or a customer, or of all, newest first. */
  newest(
    scope: TenantScope,
    { workflowId, customerId }: Pick<RunFilter, 'workflowId' | 'customerId'>,
    limit: number,
  ): Promise<{ id: RunId; status: RunStatus }[]> {
    return this.database.withTenant(
      scope,
      (sql) => sql<{ id: RunId; status: RunStatus }[]>`
      SELECT r.id, r.status FROM inlay.runs r WHERE r.tenant_id = ${scope.tenantId}
        ${workflowId === undefined ? sql`` : sql`AND r.workflow_id = ${workflowId}`}
        ${customerId === undefined ? sql`` : sql`AND r.customer_id = ${customerId}`}
      ORDER BY r.id DESC LIMIT ${limit}`,
    )
  }

  /** Whether a customer is there, and can be seen in the scope. */
  async hasCustomer(scope: TenantScope, customerId: string): Promise<boolean> {
    const rows = await this.database.withTenant(
      scope,
      (sql) => sql`SELECT id FROM inlay.customers WHERE tenant_id = ${scope.tenantId} AND id = ${customerId}`,
    )
    return rows.length > 0
  }
}
