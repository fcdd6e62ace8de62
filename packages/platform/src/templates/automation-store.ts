import type { JsonObject, JsonValue, RunStatus, TenantScope } from '@inlay/engine'
import type { Database } from '../database/index.js'

/** A template that is offered, with the customer's workflow where there is one. */
export interface AutomationRow {
  readonly id: string
  readonly name: string
  readonly description: string
  readonly definition: JsonValue
  readonly settings: JsonObject
  readonly workflow_id: string | null
  readonly enabled: boolean | null
  readonly is_published: boolean
  readonly draft: JsonValue | null
  readonly draft_revision: number | null
  readonly last_run_id: string | null
  readonly last_run_status: RunStatus | null
  readonly last_run_at: Date | null
}

/** More than a person can oversee in one list of cards. */
const MOST = 200

/** Which templates are offered to a customer, and what the customer has made of them. */
export class AutomationStore {
  constructor(private readonly database: Database) {}

  /** In the order in which the templates were made. @param id only this one */
  list(scope: TenantScope, customerId: string, id: string | null = null): Promise<AutomationRow[]> {
    return this.database.withTenant(
      scope,
      (sql) => sql<AutomationRow[]>`
      SELECT t.id, t.name, t.description, t.definition, t.settings, w.id AS workflow_id, w.enabled, w.draft,
        w.draft_revision, w.published_version_id IS NOT NULL AS is_published,
        r.id AS last_run_id, r.status AS last_run_status, r.created_at AS last_run_at
      FROM inlay.templates t
      LEFT JOIN inlay.workflows w ON w.tenant_id = t.tenant_id AND w.customer_id = ${customerId}
        AND w.template_id = t.id AND w.is_automation
      LEFT JOIN LATERAL (
        SELECT id, status, created_at FROM inlay.runs WHERE tenant_id = w.tenant_id AND workflow_id = w.id
        ORDER BY id DESC LIMIT 1
      ) r ON true
      WHERE t.tenant_id = ${scope.tenantId} AND t.settings IS NOT NULL AND (${id}::text IS NULL OR t.id = ${id})
      ORDER BY t.id LIMIT ${MOST}`,
    )
  }

  /** Remembers what a workflow was made of. @returns false when the customer has this automation already */
  async bind(
    scope: TenantScope,
    { workflowId, templateId, isAutomation }: { workflowId: string; templateId: string; isAutomation: boolean },
  ): Promise<boolean> {
    const { count } = await this.database.withTenant(
      scope,
      (sql) => sql`
      UPDATE inlay.workflows w SET template_id = ${templateId}, is_automation = ${isAutomation}
      WHERE w.tenant_id = ${scope.tenantId} AND w.id = ${workflowId} AND NOT EXISTS (
        SELECT FROM inlay.workflows o WHERE ${isAutomation} AND o.tenant_id = w.tenant_id
          AND o.customer_id = w.customer_id AND o.template_id = ${templateId} AND o.is_automation)`,
    )
    return count > 0
  }
}
