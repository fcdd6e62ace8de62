import type { CustomerId, JsonObject, RunId, TenantId, TenantScope, WorkflowId } from '@inlay/engine'
import { type Database, lookupOf, narrowToTenant } from '../database/index.js'
import type { ApprovalRef } from './approval-ref.js'
import type { ApprovalState } from './schema.js'

export interface ApprovalRow {
  readonly run_id: RunId
  readonly step_path: string
  readonly iteration: string
  readonly customer_id: CustomerId
  readonly workflow_id: WorkflowId
  readonly workflow_name: string | null
  readonly detail: JsonObject
  readonly opened_at: Date
  /** As exact as the database has it. */
  readonly opened: string
  readonly answer: JsonObject | null
  readonly answered_at: Date | null
}

export interface AnswerableRow {
  readonly detail: JsonObject
  readonly token_hash: string
  readonly is_answered: boolean
}

/** What a link is for. */
export interface LinkRow {
  readonly kind: 'approval' | 'callback'
  readonly tenant_id: TenantId
  readonly tenant_name: string
  readonly detail: JsonObject
  readonly is_answered: boolean
}

/** Place in the inbox: after an approval that was opened at this moment. */
export interface InboxCursor extends ApprovalRef {
  readonly opened: string
}

export interface InboxFilter {
  /** @default 'open' */
  readonly state?: ApprovalState | undefined
  readonly after?: InboxCursor | undefined
  readonly limit: number
  readonly customerId?: string | undefined
  readonly runId?: string | undefined
}

/** Waits that people and services can answer. Answering them is the journal's alone. */
export class ApprovalStore {
  constructor(private readonly database: Database) {}

  /** Open ones with the oldest first; decided ones with those first that were opened last. */
  list(scope: TenantScope, { state = 'open', after, limit, customerId, runId }: InboxFilter): Promise<ApprovalRow[]> {
    const isOpen = state === 'open'
    return this.database.withTenant(
      scope,
      (sql) => sql<ApprovalRow[]>`
      SELECT w.run_id, w.step_path, w.iteration, w.customer_id, r.workflow_id, f.name AS workflow_name, w.detail,
        w.opened_at, w.opened_at::text AS opened, w.answer, w.answered_at
      FROM inlay.waits w
      JOIN inlay.runs r ON r.id = w.run_id AND r.tenant_id = w.tenant_id
      LEFT JOIN inlay.workflows f ON f.tenant_id = r.tenant_id AND f.id = r.workflow_id
      WHERE w.tenant_id = ${scope.tenantId} AND w.kind = 'approval' AND w.answered_at IS ${isOpen ? sql`NULL` : sql`NOT NULL`}
        AND (${customerId ?? null}::text IS NULL OR w.customer_id = ${customerId ?? null})
        AND (${runId ?? null}::text IS NULL OR w.run_id = ${runId ?? null})
        AND (${after?.opened ?? null}::text IS NULL OR (w.opened_at, w.run_id, w.step_path, w.iteration)
          ${isOpen ? sql`>` : sql`<`} (${after?.opened ?? null}::text::timestamptz, ${after?.runId ?? ''}, ${after?.stepPath ?? ''}, ${after?.iteration ?? ''}))
      ORDER BY ${
        isOpen
          ? sql`w.opened_at, w.run_id, w.step_path, w.iteration`
          : sql`w.opened_at DESC, w.run_id DESC, w.step_path DESC, w.iteration DESC`
      } LIMIT ${limit + 1}`,
    )
  }

  async find(scope: TenantScope, { runId, stepPath, iteration }: ApprovalRef): Promise<AnswerableRow | undefined> {
    const [row] = await this.database.withTenant(
      scope,
      (sql) => sql<AnswerableRow[]>`
      SELECT detail, token_hash, answered_at IS NOT NULL AS is_answered FROM inlay.waits
      WHERE tenant_id = ${scope.tenantId} AND run_id = ${runId} AND step_path = ${stepPath} AND iteration = ${iteration}
        AND kind = 'approval'`,
    )
    return row
  }

  /** Who presents a token sees the one wait that it answers. */
  findByToken(token: string): Promise<LinkRow | undefined> {
    const lookup = lookupOf(token)
    return this.database.withLookup(lookup, async (sql) => {
      const [wait] = await sql<Omit<LinkRow, 'tenant_name'>[]>`
        SELECT kind, tenant_id, detail, answered_at IS NOT NULL AS is_answered
        FROM inlay.waits WHERE token_hash = ${lookup}`
      if (wait === undefined) return undefined
      await narrowToTenant(sql, wait.tenant_id)
      const [tenant] = await sql<{ name: string }[]>`SELECT name FROM inlay.tenants WHERE tenant_id = ${wait.tenant_id}`
      return { ...wait, tenant_name: tenant?.name ?? '' }
    })
  }
}
