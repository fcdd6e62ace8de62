import type { CustomerId, JsonValue, RunId, RunStatus, TenantScope, VersionId, WorkflowId } from '@inlay/engine'
import type { PageRequest } from '../api/pagination.js'
import { type Database, holdsText, type ScopedSql } from '../database/index.js'

export interface WorkflowRow {
  readonly id: WorkflowId
  readonly customer_id: CustomerId
  readonly name: string
  readonly enabled: boolean
  /** Null when the draft has none that is well-formed. */
  readonly trigger_type: string | null
  readonly draft_revision: number
  readonly published_revision: number | null
  readonly published_version_id: VersionId | null
  readonly published_number: number | null
  readonly published_at: Date | null
  readonly last_run_id: string | null
  readonly last_run_status: RunStatus | null
  readonly last_run_at: Date | null
  readonly updated_at: Date
}

export interface WorkflowDetailRow extends WorkflowRow {
  readonly draft: JsonValue
  readonly draft_updated_at: Date
}

/** A version without its definition. */
export interface VersionSummaryRow {
  readonly id: VersionId
  readonly number: number | null
  readonly published_by: string | null
  readonly created_at: Date
}

export interface VersionRow extends VersionSummaryRow {
  readonly definition: JsonValue
}

export interface NewVersion {
  readonly id: VersionId
  readonly workflow: Pick<WorkflowRow, 'id' | 'customer_id'>
  readonly definition: JsonValue
  readonly responds: boolean
  readonly publishedBy: string | null
}

/** What a test run executes. */
export interface NewSnapshot extends NewVersion {
  /** What steps give without being run, by step id. */
  readonly pins: Readonly<Record<string, JsonValue>>
}

/** Work that is to happen in the same transaction as a change. */
export type Within<T> = (sql: ScopedSql, row: T) => Promise<void>

export interface Publication {
  readonly version: NewVersion
  /** The draft's revision that the version was made of. */
  readonly revision: number
  /** Called once the workflow points at the version. */
  readonly within: Within<{ readonly enabled: boolean }>
}

export interface WorkflowChange {
  readonly name?: string | undefined
  readonly enabled?: boolean | undefined
}

export interface WorkflowFilter extends PageRequest {
  readonly customerId?: string | undefined
  readonly search?: string | undefined
}

/** The rows of workflows and their versions. */
export class WorkflowStore {
  constructor(private readonly database: Database) {}

  list(scope: TenantScope, { cursor, limit, customerId, search }: WorkflowFilter): Promise<WorkflowRow[]> {
    return this.database.withTenant(
      scope,
      (sql) => sql<WorkflowRow[]>`
      ${selectWorkflow(sql)} WHERE w.tenant_id = ${scope.tenantId} AND (${cursor ?? null}::text IS NULL OR w.id < ${cursor ?? null})
        AND (${customerId ?? null}::text IS NULL OR w.customer_id = ${customerId ?? null})
        ${search === undefined ? sql`` : sql`AND ${holdsText(sql, sql`w.name`, search)}`}
      ORDER BY w.id DESC LIMIT ${limit + 1}`,
    )
  }

  async find(scope: TenantScope, id: string): Promise<WorkflowDetailRow | undefined> {
    const [row] = await this.database.withTenant(
      scope,
      (sql) => sql<WorkflowDetailRow[]>`
      ${selectWorkflow(sql, sql`, w.draft, w.draft_updated_at`)} WHERE w.tenant_id = ${scope.tenantId} AND w.id = ${id}`,
    )
    return row
  }

  /** @param workflow `limit`: how many the customer may have; null: any number */
  async insert(
    scope: TenantScope,
    workflow: { id: WorkflowId; customerId: string; name: string; draft: JsonValue; limit: number | null },
  ): Promise<'inserted' | 'no_customer' | 'full'> {
    const { id, customerId, name, draft, limit } = workflow
    return this.database.withTenant(scope, async (sql) => {
      if (limit !== null && (await isFull(sql, scope, { customerId, limit }))) return 'full'
      const rows = await sql`
        INSERT INTO inlay.workflows (tenant_id, id, customer_id, name, draft)
        SELECT tenant_id, ${id}, id, ${name}, ${sql.json(draft as never)}
        FROM inlay.customers WHERE tenant_id = ${scope.tenantId} AND id = ${customerId} RETURNING id`
      return rows.length > 0 ? 'inserted' : 'no_customer'
    })
  }

  /** @param within is called when the workflow exists */
  async update(
    scope: TenantScope,
    id: string,
    change: WorkflowChange & { readonly within: Within<void> },
  ): Promise<void> {
    const { name = null, enabled = null, within } = change
    await this.database.withTenant(scope, async (sql) => {
      const rows =
        await sql`UPDATE inlay.workflows SET name = coalesce(${name}, name), enabled = coalesce(${enabled}, enabled),
        updated_at = now() WHERE tenant_id = ${scope.tenantId} AND id = ${id} RETURNING id`
      if (rows.length > 0) await within(sql)
    })
  }

  /** @returns the new revision and whose draft it is, or undefined when the draft has moved on */
  async saveDraft(
    scope: TenantScope,
    id: string,
    { draft, baseRevision }: { draft: JsonValue; baseRevision: number },
  ): Promise<Pick<WorkflowRow, 'draft_revision' | 'customer_id'> | undefined> {
    const [row] = await this.database.withTenant(
      scope,
      (sql) => sql<Pick<WorkflowRow, 'draft_revision' | 'customer_id'>[]>`
      UPDATE inlay.workflows SET draft = ${sql.json(draft as never)}, draft_revision = draft_revision + 1,
        draft_updated_at = now(), updated_at = now()
      WHERE tenant_id = ${scope.tenantId} AND id = ${id} AND draft_revision = ${baseRevision}
      RETURNING draft_revision, customer_id`,
    )
    return row
  }

  /** The newest revision of a draft; undefined when there is no such workflow. */
  async draftRevision(scope: TenantScope, id: string): Promise<number | undefined> {
    const [row] = await this.database.withTenant(
      scope,
      (sql) => sql<{ draft_revision: number }[]>`
      SELECT draft_revision FROM inlay.workflows WHERE tenant_id = ${scope.tenantId} AND id = ${id}`,
    )
    return row?.draft_revision
  }

  /** Adds a numbered version and makes it the published one. @returns undefined when the draft has moved on */
  publish(scope: TenantScope, { version, revision, within }: Publication): Promise<VersionRow | undefined> {
    const { tenantId } = scope
    return this.database.withTenant(scope, async (sql) => {
      const [workflow] = await sql`SELECT id FROM inlay.workflows
        WHERE tenant_id = ${tenantId} AND id = ${version.workflow.id} AND draft_revision = ${revision} FOR UPDATE`
      if (workflow === undefined) return undefined
      const [row] = await sql<VersionRow[]>`
        INSERT INTO inlay.workflow_versions (tenant_id, id, workflow_id, customer_id, number, definition, responds, published_by)
        SELECT ${tenantId}, ${version.id}, ${version.workflow.id}, ${version.workflow.customer_id}, coalesce(max(number), 0) + 1,
          ${sql.json(version.definition as never)}, ${version.responds}, ${version.publishedBy}
        FROM inlay.workflow_versions WHERE tenant_id = ${tenantId} AND workflow_id = ${version.workflow.id}
        RETURNING id, number, definition, published_by, created_at`
      const [published] = await sql<{ enabled: boolean }[]>`
        UPDATE inlay.workflows SET published_version_id = ${version.id}, published_revision = ${revision},
          enabled = enabled OR published_version_id IS NULL, updated_at = now()
        WHERE tenant_id = ${tenantId} AND id = ${version.workflow.id} RETURNING enabled`
      if (published !== undefined) await within(sql, published)
      return row
    })
  }

  /** Adds a version without a number: what a test run executes. */
  async insertSnapshot(scope: TenantScope, version: NewSnapshot): Promise<void> {
    await this.database.withTenant(
      scope,
      (sql) => sql`
      INSERT INTO inlay.workflow_versions (tenant_id, id, workflow_id, customer_id, definition, responds, pins)
      VALUES (${scope.tenantId}, ${version.id}, ${version.workflow.id}, ${version.workflow.customer_id},
        ${sql.json(version.definition as never)}, ${version.responds}, ${sql.json(version.pins as never)})`,
    )
  }

  /** What steps of a snapshot give without being run, by step id. */
  async pinsOf(scope: TenantScope, versionId: string): Promise<Record<string, JsonValue>> {
    const [row] = await this.database.withTenant(
      scope,
      (sql) => sql<{ pins: Record<string, JsonValue> | null }[]>`
      SELECT pins FROM inlay.workflow_versions WHERE tenant_id = ${scope.tenantId} AND id = ${versionId}`,
    )
    return row?.pins ?? {}
  }

  listVersions(scope: TenantScope, workflowId: string, { cursor, limit }: PageRequest): Promise<VersionSummaryRow[]> {
    return this.database.withTenant(
      scope,
      (sql) => sql<VersionSummaryRow[]>`
      SELECT id, number, published_by, created_at FROM inlay.workflow_versions
      WHERE tenant_id = ${scope.tenantId} AND workflow_id = ${workflowId} AND number IS NOT NULL
        AND (${cursor ?? null}::int IS NULL OR number < ${cursor ?? null}::int)
      ORDER BY number DESC LIMIT ${limit + 1}`,
    )
  }

  async findVersion(scope: TenantScope, workflowId: string, number: number): Promise<VersionRow | undefined> {
    const [row] = await this.database.withTenant(
      scope,
      (sql) => sql<VersionRow[]>`
      SELECT id, number, definition, published_by, created_at FROM inlay.workflow_versions
      WHERE tenant_id = ${scope.tenantId} AND workflow_id = ${workflowId} AND number = ${number}`,
    )
    return row
  }

  async findVersionById(scope: TenantScope, id: string): Promise<VersionRow | undefined> {
    const [row] = await this.database.withTenant(
      scope,
      (sql) => sql<VersionRow[]>`
      SELECT id, number, definition, published_by, created_at FROM inlay.workflow_versions
      WHERE tenant_id = ${scope.tenantId} AND id = ${id}`,
    )
    return row
  }

  /** The published version of a workflow that is switched on. */
  async latestVersion(scope: TenantScope, workflowId: string): Promise<VersionId | undefined> {
    const [row] = await this.database.withTenant(
      scope,
      (sql) => sql<{ published_version_id: VersionId | null }[]>`
      SELECT published_version_id FROM inlay.workflows
      WHERE tenant_id = ${scope.tenantId} AND id = ${workflowId} AND enabled`,
    )
    return row?.published_version_id ?? undefined
  }

  async delete(scope: TenantScope, id: string): Promise<boolean> {
    const rows = await this.database.withTenant(
      scope,
      (sql) => sql`
      DELETE FROM inlay.workflows WHERE tenant_id = ${scope.tenantId} AND id = ${id} RETURNING id`,
    )
    return rows.length > 0
  }

  /** Runs of a workflow that have not ended. */
  async openRuns(scope: TenantScope, workflowId: string, limit: number): Promise<RunId[]> {
    const rows = await this.database.withTenant(
      scope,
      (sql) => sql<{ id: RunId }[]>`
      SELECT id FROM inlay.runs WHERE tenant_id = ${scope.tenantId} AND workflow_id = ${workflowId}
        AND status NOT IN ('succeeded', 'failed', 'cancelled') AND NOT cancel_requested ORDER BY id DESC LIMIT ${limit}`,
    )
    return rows.map(({ id }) => id)
  }

  /** For each step the latest output that a recent run recorded, and the latest trigger; with the time of that run. */
  samples(scope: TenantScope, workflowId: string): Promise<RecordedSample[]> {
    return this.database.withTenant(
      scope,
      (sql) => sql<RecordedSample[]>`
      WITH recent AS (
        SELECT id, tenant_id, created_at FROM inlay.runs WHERE tenant_id = ${scope.tenantId} AND workflow_id = ${workflowId}
        ORDER BY id DESC LIMIT 20)
      SELECT DISTINCT ON (j.step_path) j.step_path, CASE WHEN j.step_path = '' THEN j.input ELSE j.output END AS value,
        r.created_at AS at
      FROM recent r JOIN inlay.journal j ON j.run_id = r.id AND j.tenant_id = r.tenant_id
      WHERE j.status = 'succeeded' ORDER BY j.step_path, j.run_id DESC, j.iteration, j.epoch DESC, j.seq DESC`,
    )
  }
}

/** What a run recorded of a step, or, under an empty path, of its trigger. */
export interface RecordedSample {
  readonly step_path: string
  readonly value: JsonValue
  readonly at: Date
}

function selectWorkflow(sql: ScopedSql, more: ReturnType<ScopedSql> = sql``) {
  return sql`SELECT w.id, w.customer_id, w.name, w.enabled, w.draft->'trigger'->>'type' AS trigger_type, w.draft_revision,
    w.published_revision, w.published_version_id, v.number AS published_number, v.created_at AS published_at,
    r.id AS last_run_id, r.status AS last_run_status, r.created_at AS last_run_at, w.updated_at ${more}
    FROM inlay.workflows w
    LEFT JOIN inlay.workflow_versions v ON v.tenant_id = w.tenant_id AND v.id = w.published_version_id
    LEFT JOIN LATERAL (
      SELECT id, status, created_at FROM inlay.runs WHERE tenant_id = w.tenant_id AND workflow_id = w.id ORDER BY id DESC LIMIT 1
    ) r ON true`
}

/** Whether a customer has as many workflows as it may have. Who asks next waits until this one is through. */
async function isFull(
  sql: ScopedSql,
  { tenantId }: TenantScope,
  { customerId, limit }: { readonly customerId: string; readonly limit: number },
): Promise<boolean> {
  await sql`SELECT pg_advisory_xact_lock(hashtextextended(${`workflows of ${tenantId} ${customerId}`}, 0))`
  const [row] = await sql<{ count: number }[]>`
    SELECT count(*)::int FROM inlay.workflows WHERE tenant_id = ${tenantId} AND customer_id = ${customerId}`
  return (row?.count ?? 0) >= limit
}
