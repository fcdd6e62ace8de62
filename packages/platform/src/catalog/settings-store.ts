import type { TenantScope } from '@inlay/engine'
import type { Database, ScopedSql } from '../database/index.js'
import type { ConnectorSettings, TenantCatalog } from './settings.js'

interface SettingsRow extends ConnectorSettings {
  readonly connector: string
}

/** Work that is to happen in the same transaction as a change. */
type Within = (sql: ScopedSql) => Promise<void>

interface NewDefault {
  readonly newConnectors: TenantCatalog['newConnectors']
  /** Connectors that keep, as a setting of their own, what has held for them so far. */
  readonly settled: { readonly connectors: readonly string[]; readonly availability: TenantCatalog['newConnectors'] }
  readonly within: Within
}

/** The rows of a tenant's settings. */
export class CatalogSettingsStore {
  constructor(private readonly database: Database) {}

  read(scope: TenantScope): Promise<TenantCatalog> {
    const { tenantId } = scope
    return this.database.withTenant(scope, async (sql) => {
      const [tenant] = await sql<Pick<TenantCatalogRow, 'new_connectors'>[]>`
        SELECT new_connectors FROM inlay.catalog_settings WHERE tenant_id = ${tenantId}`
      const rows = await sql<SettingsRow[]>`
        SELECT connector, availability, hidden, name, description, icon FROM inlay.connector_settings
        WHERE tenant_id = ${tenantId}`
      const connectors = new Map(rows.map(({ connector, ...settings }) => [connector, settings]))
      return { newConnectors: tenant?.new_connectors ?? 'enabled', connectors }
    })
  }

  async write(
    scope: TenantScope,
    connector: string,
    { within, ...settings }: ConnectorSettings & { readonly within: Within },
  ): Promise<void> {
    const { availability, hidden, name, description, icon } = settings
    await this.database.withTenant(scope, async (sql) => {
      await sql`
      INSERT INTO inlay.connector_settings (tenant_id, connector, availability, hidden, name, description, icon)
      VALUES (${scope.tenantId}, ${connector}, ${availability}, ${hidden}, ${name}, ${description}, ${icon})
      ON CONFLICT (tenant_id, connector) DO UPDATE SET availability = EXCLUDED.availability, hidden = EXCLUDED.hidden,
        name = EXCLUDED.name, description = EXCLUDED.description, icon = EXCLUDED.icon, updated_at = now()`
      await within(sql)
    })
  }

  async writeDefault(scope: TenantScope, { newConnectors, settled, within }: NewDefault): Promise<void> {
    const { tenantId } = scope
    await this.database.withTenant(scope, async (sql) => {
      await sql`
        INSERT INTO inlay.catalog_settings (tenant_id, new_connectors) VALUES (${tenantId}, ${newConnectors})
        ON CONFLICT (tenant_id) DO UPDATE SET new_connectors = EXCLUDED.new_connectors, updated_at = now()`
      await sql`
        INSERT INTO inlay.connector_settings (tenant_id, connector, availability, hidden)
        SELECT ${tenantId}, connector, ${settled.availability}, false FROM unnest(${[...settled.connectors]}::text[]) AS connector
        ON CONFLICT (tenant_id, connector) DO UPDATE SET availability = EXCLUDED.availability, updated_at = now()
        WHERE connector_settings.availability IS NULL`
      await within(sql)
    })
  }
}

interface TenantCatalogRow {
  readonly new_connectors: TenantCatalog['newConnectors']
}
