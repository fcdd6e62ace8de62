import type { CustomerId, FileRef, TenantScope } from '@inlay/engine'
import type { Database, ScopedSql } from '../database/index.js'

/** A file that somebody has uploaded. */
export interface UploadRow {
  readonly id: string
  readonly customer_id: CustomerId
  readonly name: string
  readonly content_type: string
  /** Bytes. */
  readonly size: number
}

/** Uploads that something refers to. */
export interface WantedUploads {
  readonly ids: readonly string[]
  /** Whose they have to be. @default anyone's of the tenant */
  readonly customerId?: string | undefined
}

/** How an upload is removed. */
export interface Removal {
  /** Older snapshots of tested drafts are no reason to keep it. */
  readonly snapshotsSince: Date
  /** Removes its content; when it fails, the row stays. */
  within(): Promise<void>
}

/** The rows of files that people have uploaded. */
export class UploadStore {
  constructor(private readonly database: Database) {}

  /** @returns false when there is no such customer */
  async insert(scope: TenantScope, upload: UploadRow): Promise<boolean> {
    const rows = await this.database.withTenant(
      scope,
      (sql) => sql`
      INSERT INTO inlay.uploads (tenant_id, id, customer_id, name, content_type, size)
      SELECT c.tenant_id, ${upload.id}, c.id, ${upload.name}, ${upload.content_type}, ${upload.size}
      FROM inlay.customers c WHERE c.tenant_id = ${scope.tenantId} AND c.id = ${upload.customer_id} RETURNING id`,
    )
    return rows.length > 0
  }

  async find(scope: TenantScope, id: string): Promise<UploadRow | undefined> {
    const [row] = await this.database.withTenant(
      scope,
      (sql) => sql<UploadRow[]>`
      SELECT id, customer_id, name, content_type, size FROM inlay.uploads
      WHERE tenant_id = ${scope.tenantId} AND id = ${id}`,
    )
    return row
  }

  /** @returns those of the ids that there are */
  async existing(scope: TenantScope, { ids, customerId }: WantedUploads): Promise<string[]> {
    const rows = await this.database.withTenant(
      scope,
      (sql) => sql<{ id: string }[]>`
      SELECT id FROM inlay.uploads WHERE tenant_id = ${scope.tenantId} AND id = ANY(${[...ids]})
        ${customerId === undefined ? sql`` : sql`AND customer_id = ${customerId}`}`,
    )
    return rows.map(({ id }) => id)
  }

  /** @returns false when there is no such upload */
  async delete(scope: TenantScope, id: string): Promise<boolean> {
    const rows = await this.database.withTenant(
      scope,
      (sql) => sql`DELETE FROM inlay.uploads WHERE tenant_id = ${scope.tenantId} AND id = ${id} RETURNING id`,
    )
    return rows.length > 0
  }

  /** Removes an upload to which neither a workflow, nor a stored test, nor the data of a test refers. */
  async removeUnused(scope: TenantScope, id: string, { snapshotsSince, within }: Removal): Promise<boolean> {
    return this.database.withTenant(scope, async (sql) => {
      const rows = await sql`
        DELETE FROM inlay.uploads u WHERE u.tenant_id = ${scope.tenantId} AND u.id = ${id}
          AND NOT ${isReferred(sql, snapshotsSince)} RETURNING id`
      if (rows.length > 0) await within()
      return rows.length > 0
    })
  }
}

/** Ids are long and random: where one occurs in a document, it is the upload that is meant. */
function isReferred(sql: ScopedSql, snapshotsSince: Date) {
  return sql`EXISTS (
    SELECT FROM inlay.workflows w WHERE w.tenant_id = u.tenant_id AND w.customer_id = u.customer_id AND (
      position(u.id IN w.draft::text) > 0
      OR EXISTS (SELECT FROM inlay.workflow_versions v WHERE v.tenant_id = w.tenant_id AND v.workflow_id = w.id
        AND (v.number IS NOT NULL OR v.created_at > ${snapshotsSince}) AND position(u.id IN v.definition::text) > 0)
      OR EXISTS (SELECT FROM inlay.workflow_tests t WHERE t.tenant_id = w.tenant_id AND t.workflow_id = w.id
        AND (position(u.id IN t.input::text) > 0 OR position(u.id IN t.pins::text) > 0))
      OR EXISTS (SELECT FROM inlay.step_samples s WHERE s.tenant_id = w.tenant_id AND s.workflow_id = w.id
        AND s.is_pinned AND position(u.id IN s.value::text) > 0)))`
}

/** What steps take for the file. */
export function fileRefOf({ id, name, content_type: contentType, size }: UploadRow): FileRef {
  return { $file: id, name, contentType, size }
}
