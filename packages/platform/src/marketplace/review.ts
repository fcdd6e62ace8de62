import type { Database } from '../database/index.js'
import { notInReview } from './errors.js'
import type { SharedTemplate, Submission } from './schema.js'
import { type SubmissionRow, toSubmission } from './views.js'

/** What waits for the operator: with whose it is, and what it holds. */
export interface PendingSubmission extends Submission {
  readonly publisher: string
  readonly content: unknown
  readonly template: SharedTemplate | null
}

/** The operator's part of the marketplace. It sees all tenants, and is reached by nobody over the network. */
export interface MarketplaceReview {
  /** Oldest first. */
  pending(): Promise<PendingSubmission[]>
  /** Lets all tenants install it as it is now. @throws UserError `marketplace.not_in_review` */
  approve(id: string): Promise<void>
  /** @param note what has to change @throws UserError `marketplace.not_in_review` */
  reject(id: string, note: string): Promise<void>
}

/** The review over the database, in the role that sees all tenants. */
export function createMarketplaceReview({ engine: sql }: Pick<Database, 'engine'>): MarketplaceReview {
  return {
    pending: async () => {
      const rows = await sql<(SubmissionRow & Pick<PendingSubmission, 'publisher' | 'template'>)[]>`
        SELECT s.id, s.kind, s.name, s.description, s.version, s.content, s.template, s.state, s.note, s.created_at, s.updated_at,
          t.name AS publisher
        FROM inlay.marketplace_submissions s JOIN inlay.tenants t USING (tenant_id)
        WHERE s.state = 'submitted' ORDER BY s.updated_at`
      return rows.map((row) => ({
        ...toSubmission(row),
        publisher: row.publisher,
        content: row.content,
        template: row.template,
      }))
    },
    approve: async (id) => {
      // One statement: what is approved is what was looked at, or nothing.
      const { count } = await sql`
        WITH approved AS (
          UPDATE inlay.marketplace_submissions SET state = 'approved', note = NULL, updated_at = now()
          WHERE id = ${id} AND state = 'submitted' RETURNING *
        )
        INSERT INTO inlay.marketplace (listing_id, publisher_id, publisher_name, kind, name, description, version, content,
          template)
        SELECT a.id, a.tenant_id, t.name, a.kind, a.name, a.description, a.version, a.content, a.template
        FROM approved a JOIN inlay.tenants t USING (tenant_id)
        ON CONFLICT (listing_id) DO UPDATE SET publisher_name = excluded.publisher_name, name = excluded.name,
          description = excluded.description, version = excluded.version, content = excluded.content, template = excluded.template,
          published_at = now()`
      if (count === 0) throw notInReview(id)
    },
    reject: async (id, note) => {
      const { count } = await sql`
        UPDATE inlay.marketplace_submissions SET state = 'rejected', note = ${note}, updated_at = now()
        WHERE id = ${id} AND state = 'submitted'`
      if (count === 0) throw notInReview(id)
    },
  }
}
