import type { JsonObject, JsonValue, TenantScope } from '@inlay/engine'
import type { Database, ScopedSql } from '../database/index.js'
import { readSettings } from './automation-document.js'
import type { Template } from './schema.js'

interface TemplateRow {
  readonly id: string
  readonly name: string
  readonly description: string
  readonly definition: JsonValue
  readonly settings: JsonObject | null
  readonly use_case: string | null
  readonly sample: JsonValue | null
  readonly listing_id: string | null
  readonly created_at: Date
  readonly updated_at: Date
}

/** What is kept of a template besides what the store makes up itself. */
export type TemplateContent = Pick<Template, 'name' | 'description' | 'definition' | 'settings' | 'useCase' | 'sample'>

/** The templates of a tenant. */
export class TemplateStore {
  constructor(private readonly database: Database) {}

  /** The newest first. @param after the id behind which the page begins; null: the beginning */
  async page(
    scope: TenantScope,
    { after, limit }: { readonly after: string | null; readonly limit: number },
  ): Promise<Template[]> {
    const rows = await this.database.withTenant(
      scope,
      (sql) => sql<TemplateRow[]>`
        SELECT id, name, description, definition, settings, use_case, sample, listing_id, created_at, updated_at
        FROM inlay.templates WHERE tenant_id = ${scope.tenantId} AND (${after}::text IS NULL OR id < ${after})
        ORDER BY id DESC LIMIT ${limit}`,
    )
    return rows.map(toTemplate)
  }

  find(scope: TenantScope, id: string): Promise<Template | undefined> {
    return this.database.withTenant(scope, (sql) => find(sql, scope, id))
  }

  insert(
    scope: TenantScope,
    { id, name, description, definition, ...more }: TemplateContent & Pick<Template, 'id' | 'listingId'>,
  ): Promise<Template | undefined> {
    return this.database.withTenant(scope, async (sql) => {
      await sql`
        INSERT INTO inlay.templates
          (tenant_id, id, name, description, definition, settings, use_case, sample, listing_id)
        VALUES (${scope.tenantId}, ${id}, ${name}, ${description}, ${sql.json(definition as never)},
          ${jsonOrNull(sql, more.settings)}, ${more.useCase}, ${jsonOrNull(sql, more.sample)}, ${more.listingId})`
      return find(sql, scope, id)
    })
  }

  /** @param change makes of a template what it is to be @returns undefined when it is not there */
  update(scope: TenantScope, id: string, change: (before: Template) => TemplateContent): Promise<Template | undefined> {
    return this.database.withTenant(scope, async (sql) => {
      const before = await find(sql, scope, id)
      if (before === undefined) return undefined
      const { name, description, definition, settings, useCase, sample } = change(before)
      await sql`
        UPDATE inlay.templates SET name = ${name}, description = ${description}, use_case = ${useCase},
          definition = ${sql.json(definition as never)}, settings = ${jsonOrNull(sql, settings)},
          sample = ${jsonOrNull(sql, sample)}, updated_at = now()
        WHERE tenant_id = ${scope.tenantId} AND id = ${id}`
      return find(sql, scope, id)
    })
  }

  /** @returns whether it was there */
  async delete(scope: TenantScope, id: string): Promise<boolean> {
    const { count } = await this.database.withTenant(
      scope,
      (sql) => sql`DELETE FROM inlay.templates WHERE tenant_id = ${scope.tenantId} AND id = ${id}`,
    )
    return count > 0
  }
}

/** SQL's null for null: that of JSON would be a value. */
function jsonOrNull(sql: ScopedSql, value: JsonValue | null) {
  return value === null ? null : sql.json(value as never)
}

async function find(sql: ScopedSql, { tenantId }: TenantScope, id: string): Promise<Template | undefined> {
  const [row] = await sql<TemplateRow[]>`
    SELECT id, name, description, definition, settings, use_case, sample, listing_id, created_at, updated_at
    FROM inlay.templates WHERE tenant_id = ${tenantId} AND id = ${id}`
  return row && toTemplate(row)
}

function toTemplate(row: TemplateRow): Template {
  const { id, name, description, definition, settings, use_case: useCase, sample, listing_id: listingId } = row
  const [createdAt, updatedAt] = [row.created_at.toISOString(), row.updated_at.toISOString()]
  const connectors = Object.keys(readSettings(definition).connections)
  return { id, name, description, useCase, connectors, definition, settings, sample, listingId, createdAt, updatedAt }
}
