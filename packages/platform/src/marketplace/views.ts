/** Rows of the marketplace as callers see them. */
import type { JsonValue } from '@inlay/engine'
import type { Listing, ListingKind, SharedTemplate, Submission } from './schema.js'

/** What a tenant has handed in. */
export interface SubmissionRow {
  readonly id: string
  readonly kind: ListingKind
  readonly name: string
  readonly description: string
  readonly version: string
  readonly content: JsonValue
  readonly state: Submission['state']
  readonly note: string | null
  readonly created_at: Date
  readonly updated_at: Date
}

/** What all tenants can install, and what the caller's has. */
export interface ListingRow {
  readonly listing_id: string
  readonly publisher_name: string
  readonly kind: ListingKind
  readonly name: string
  readonly description: string
  readonly version: string
  readonly content: JsonValue
  readonly template: SharedTemplate | null
  readonly published_at: Date
  readonly installed_version: string | null
  /** Id of the caller's copy. */
  readonly installed_as: string | null
}

export function toSubmission(row: SubmissionRow): Submission {
  const { id, kind, name, description, version, state, note } = row
  const [createdAt, updatedAt] = [row.created_at.toISOString(), row.updated_at.toISOString()]
  return { id, kind, name, description, version, state, note, createdAt, updatedAt }
}

export function toListing(row: ListingRow): Listing {
  const { listing_id: id, kind, name, description, version, publisher_name: publisher } = row
  return {
    ...{ id, kind, name, description, publisher, version },
    publishedAt: row.published_at.toISOString(),
    installedVersion: row.installed_version,
  }
}
