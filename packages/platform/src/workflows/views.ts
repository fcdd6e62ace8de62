/** Rows of workflows and versions as callers see them. */
import type { Version, VersionSummary, Workflow, WorkflowSummary } from './schema.js'
import type { VersionRow, VersionSummaryRow, WorkflowRow } from './store.js'

export function toSummary(row: WorkflowRow): WorkflowSummary {
  const lastRun =
    row.last_run_id === null || row.last_run_status === null || row.last_run_at === null
      ? null
      : { id: row.last_run_id, status: row.last_run_status, createdAt: row.last_run_at.toISOString() }
  return {
    id: row.id,
    customerId: row.customer_id,
    name: row.name,
    enabled: row.enabled,
    // Drafts may be anything; what has no well-formed trigger can be started by hand only.
    triggerType: row.trigger_type ?? 'manual',
    publishedVersion: row.published_number,
    hasUnpublishedChanges: row.published_revision !== row.draft_revision,
    lastRun,
    updatedAt: row.updated_at.toISOString(),
  }
}

export function toPublished(row: WorkflowRow): Workflow['published'] {
  if (row.published_version_id === null || row.published_number === null || row.published_at === null) return null
  return { id: row.published_version_id, number: row.published_number, publishedAt: row.published_at.toISOString() }
}

export function toVersionSummary(row: VersionSummaryRow): VersionSummary {
  return {
    id: row.id,
    number: row.number ?? 0,
    publishedAt: row.created_at.toISOString(),
    publishedBy: row.published_by,
  }
}

export function toVersion(row: VersionRow): Version {
  return { ...toVersionSummary(row), definition: row.definition }
}
