import type { JsonValue, TenantScope } from '@inlay/engine'
import type { Database } from '../../database/index.js'

/** In place of a step's id, where data of the trigger is kept. */
export const TRIGGER_ID = '$trigger'

export interface SampleRow {
  readonly step_id: string
  readonly is_pinned: boolean
  readonly value: JsonValue
  readonly updated_at: Date
}

export interface NewSample {
  readonly workflowId: string
  readonly stepId: string
  readonly isPinned: boolean
  readonly value: JsonValue
}

/** The rows of pinned data and of what steps gave when they were tested. */
export class SampleStore {
  constructor(private readonly database: Database) {}

  list(scope: TenantScope, workflowId: string): Promise<SampleRow[]> {
    return this.database.withTenant(
      scope,
      (sql) => sql<SampleRow[]>`
      SELECT step_id, is_pinned, value, updated_at FROM inlay.step_samples
      WHERE tenant_id = ${scope.tenantId} AND workflow_id = ${workflowId} ORDER BY step_id`,
    )
  }

  /** Only what is pinned, by step. */
  async pins(scope: TenantScope, workflowId: string): Promise<Record<string, JsonValue>> {
    const rows = await this.list(scope, workflowId)
    return Object.fromEntries(rows.filter((row) => row.is_pinned).map((row) => [row.step_id, row.value]))
  }

  /** @param most how many rows of the kind a workflow may have. @returns whether it was kept */
  async keep(scope: TenantScope, sample: NewSample, most: number): Promise<boolean> {
    const { workflowId, stepId, isPinned, value } = sample
    const rows = await this.database.withTenant(
      scope,
      (sql) => sql`
      INSERT INTO inlay.step_samples (tenant_id, workflow_id, customer_id, step_id, is_pinned, value)
      SELECT w.tenant_id, w.id, w.customer_id, ${stepId}, ${isPinned}, ${sql.json(value as never)} FROM inlay.workflows w
      WHERE w.tenant_id = ${scope.tenantId} AND w.id = ${workflowId} AND ${most} > (
        SELECT count(*) FROM inlay.step_samples s WHERE s.tenant_id = w.tenant_id AND s.workflow_id = w.id
          AND s.is_pinned = ${isPinned} AND s.step_id <> ${stepId})
      ON CONFLICT (tenant_id, workflow_id, step_id, is_pinned) DO UPDATE SET value = EXCLUDED.value, updated_at = now()
      RETURNING step_id`,
    )
    return rows.length > 0
  }

  async unpin(scope: TenantScope, workflowId: string, stepId: string): Promise<void> {
    await this.database.withTenant(
      scope,
      (sql) => sql`
      DELETE FROM inlay.step_samples WHERE tenant_id = ${scope.tenantId} AND workflow_id = ${workflowId}
        AND step_id = ${stepId} AND is_pinned`,
    )
  }
}
