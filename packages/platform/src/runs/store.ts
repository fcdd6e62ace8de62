import type {
  CustomerId,
  ErrorRecord,
  JsonValue,
  RunId,
  RunMode,
  RunStatus,
  StepStatus,
  TenantScope,
  VersionId,
  WorkflowId,
} from '@inlay/engine'
import type { PageRequest } from '../api/pagination.js'
import type { Database } from '../database/index.js'

export interface RunRow {
  readonly id: RunId
  readonly workflow_id: WorkflowId
  readonly workflow_name: string | null
  readonly customer_id: CustomerId
  readonly version_id: VersionId
  readonly version_number: number | null
  readonly mode: RunMode
  readonly status: RunStatus
  readonly error: ErrorRecord | null
  readonly created_at: Date
  readonly started_at: Date | null
  readonly finished_at: Date | null
  readonly wake_at: Date | null
}

export interface RunDetailRow extends RunRow {
  readonly output: JsonValue | null
  readonly trigger: JsonValue
  /** Whether the version that the run executes is still there. */
  readonly has_version: boolean
}

export interface StepRow {
  readonly step_path: string
  readonly iteration: string
  readonly type: string
  readonly status: StepStatus
  readonly attempt: number
  readonly input: JsonValue | null
  readonly output: JsonValue | null
  readonly error: ErrorRecord | null
  readonly started_at: number
  readonly finished_at: number | null
  readonly wake_at: number | null
}

/** What may be started of a workflow. */
export interface StartableRow {
  readonly customer_id: CustomerId
  readonly enabled: boolean
  /** The published version. */
  readonly version_id: VersionId | null
}

export interface RunFilter extends PageRequest {
  readonly workflowId?: string | undefined
  readonly customerId?: string | undefined
  readonly status?: RunStatus | undefined
}

/** Runs and their steps as readers see them. Writing is the journal's alone. */
export class RunStore {
  constructor(private readonly database: Database) {}

  list(scope: TenantScope, { cursor, limit, workflowId, customerId, status }: RunFilter): Promise<RunRow[]> {
    return this.database.withTenant(
      scope,
      (sql) => sql<RunRow[]>`
      SELECT r.id, r.workflow_id, w.name AS workflow_name, r.customer_id, r.version_id, v.number AS version_number, r.mode,
        r.status, r.error, r.created_at, r.started_at, r.finished_at, r.wake_at
      FROM inlay.runs r
      LEFT JOIN inlay.workflows w ON w.tenant_id = r.tenant_id AND w.id = r.workflow_id
      LEFT JOIN inlay.workflow_versions v ON v.tenant_id = r.tenant_id AND v.id = r.version_id
      WHERE r.tenant_id = ${scope.tenantId} AND (${cursor ?? null}::text IS NULL OR r.id < ${cursor ?? null})
        AND (${workflowId ?? null}::text IS NULL OR r.workflow_id = ${workflowId ?? null})
        AND (${customerId ?? null}::text IS NULL OR r.customer_id = ${customerId ?? null})
        AND (${status ?? null}::text IS NULL OR r.status = ${status ?? null})
      ORDER BY r.id DESC LIMIT ${limit + 1}`,
    )
  }

  async find(scope: TenantScope, id: string): Promise<RunDetailRow | undefined> {
    const [row] = await this.database.withTenant(
      scope,
      (sql) => sql<RunDetailRow[]>`
      SELECT r.id, r.workflow_id, w.name AS workflow_name, r.customer_id, r.version_id, v.number AS version_number, r.mode,
        v.id IS NOT NULL AS has_version, r.status, r.error, r.output, t.input AS trigger, r.created_at, r.started_at, r.finished_at, r.wake_at
      FROM inlay.runs r
      JOIN inlay.journal t ON t.run_id = r.id AND t.tenant_id = r.tenant_id AND t.step_path = '' AND t.iteration = ''
      LEFT JOIN inlay.workflows w ON w.tenant_id = r.tenant_id AND w.id = r.workflow_id
      LEFT JOIN inlay.workflow_versions v ON v.tenant_id = r.tenant_id AND v.id = r.version_id
      WHERE r.tenant_id = ${scope.tenantId} AND r.id = ${id}`,
    )
    return row
  }

  steps(scope: TenantScope, id: string): Promise<StepRow[]> {
    return this.database.withTenant(
      scope,
      (sql) => sql<StepRow[]>`
      SELECT step_path, iteration, type, status, attempt, input, output, error, started_at::float8 AS started_at,
        finished_at::float8 AS finished_at, wake_at::float8 AS wake_at
      FROM inlay.journal WHERE tenant_id = ${scope.tenantId} AND run_id = ${id} AND step_path <> ''
      ORDER BY started_at, step_path, iteration LIMIT 10000`,
    )
  }

  async startable(scope: TenantScope, workflowId: string): Promise<StartableRow | undefined> {
    const [row] = await this.database.withTenant(
      scope,
      (sql) => sql<StartableRow[]>`
      SELECT customer_id, enabled, published_version_id AS version_id FROM inlay.workflows
      WHERE tenant_id = ${scope.tenantId} AND id = ${workflowId}`,
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

  /** The newest runs of a workflow, newest first. */
  newest(scope: TenantScope, workflowId: string, limit: number): Promise<{ id: RunId; status: RunStatus }[]> {
    return this.database.withTenant(
      scope,
      (sql) => sql<{ id: RunId; status: RunStatus }[]>`
      SELECT id, status FROM inlay.runs WHERE tenant_id = ${scope.tenantId} AND workflow_id = ${workflowId}
      ORDER BY id DESC LIMIT ${limit}`,
    )
  }
}
