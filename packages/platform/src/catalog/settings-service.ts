import type { TenantScope } from '@inlay/engine'
import type { ActingScope, AuditLog } from '../audit/index.js'
import type { ConnectorDirectory } from './directory.js'
import { connectorDisabled, connectorNotFound } from './errors.js'
import { availabilityOf, type ConnectorSettings, settingsOf, type TenantCatalog } from './settings.js'
import type { CatalogSettingsStore } from './settings-store.js'
import type { TenantCatalogs } from './tenant-catalogs.js'

/** A tenant's settings of one connector, with what follows from them. */
export interface ConnectorSettingsView extends ConnectorSettings {
  readonly connector: string
  /** What holds: the setting, or what the tenant has for new connectors. */
  readonly effective: TenantCatalog['newConnectors'] | 'blocked'
  /** Whether consent screens show the tenant's own app. */
  readonly hasOwnOAuthApp: boolean
}

/** How connectors that nothing was set for are to be treated. */
export interface NewConnectorsChange {
  readonly newConnectors: TenantCatalog['newConnectors']
  /**
   * Whether connectors without a setting keep what has held for them. False makes `disabled` an allow-list: only what is
   * enabled by name can be used.
   */
  readonly keepCurrent: boolean
}

/** What tenants make of connectors. Other processes notice a change within 5 seconds. */
export interface CatalogSettings {
  /** All settings of the tenant. */
  of(scope: TenantScope): Promise<TenantCatalog>
  /** @throws UserError `connector.not_found` */
  get(scope: TenantScope, connector: string): Promise<ConnectorSettingsView>
  /** Replaces them. @throws UserError `connector.not_found` */
  set(scope: ActingScope, connector: string, settings: ConnectorSettings): Promise<ConnectorSettingsView>
  setNewConnectors(scope: ActingScope, change: NewConnectorsChange): Promise<TenantCatalog['newConnectors']>
  /**
   * Refuses what may not be made new use of.
   *
   * @throws UserError `connector.disabled`
   */
  requireEnabled(scope: TenantScope, connector: string): Promise<void>
}

/** What settings are built on. */
export interface CatalogSettingsDeps {
  readonly store: CatalogSettingsStore
  readonly catalogs: TenantCatalogs
  readonly audit: AuditLog
  readonly directory: ConnectorDirectory
  /** Whether the tenant has entered an OAuth app of its own for a connector. */
  readonly hasOwnOAuthApp: (scope: TenantScope, connector: string) => Promise<boolean>
}

export function createCatalogSettings(deps: CatalogSettingsDeps): CatalogSettings {
  return new StoredCatalogSettings(deps)
}

class StoredCatalogSettings implements CatalogSettings {
  constructor(private readonly deps: CatalogSettingsDeps) {}

  of(scope: TenantScope): Promise<TenantCatalog> {
    return this.deps.catalogs.of(scope)
  }

  async get(scope: TenantScope, connector: string): Promise<ConnectorSettingsView> {
    await this.require(scope, connector)
    const [catalog, hasOwnOAuthApp] = await Promise.all([this.of(scope), this.deps.hasOwnOAuthApp(scope, connector)])
    const effective = availabilityOf(catalog, connector)
    return { connector, ...settingsOf(catalog, connector), effective, hasOwnOAuthApp }
  }

  async set(scope: ActingScope, connector: string, settings: ConnectorSettings): Promise<ConnectorSettingsView> {
    await this.require(scope, connector)
    const { audit, store } = this.deps
    const { availability, hidden } = settings
    await store.write(scope, connector, {
      ...settings,
      within: (sql) => {
        const target = { kind: 'connector', id: connector }
        return audit.record(scope, { action: 'connector.configured', target, details: { availability, hidden } }, sql)
      },
    })
    this.deps.catalogs.forget(scope)
    return this.get(scope, connector)
  }

  async setNewConnectors(
    scope: ActingScope,
    { newConnectors, keepCurrent }: NewConnectorsChange,
  ): Promise<TenantCatalog['newConnectors']> {
    const { audit, directory, store } = this.deps
    const { newConnectors: availability } = await store.read(scope)
    const ids = keepCurrent ? (await directory.list(scope)).map(({ id }) => id) : []
    await store.writeDefault(scope, {
      newConnectors,
      settled: { connectors: [...new Set(ids)], availability },
      within: (sql) =>
        audit.record(scope, { action: 'catalog.configured', details: { newConnectors, keepCurrent } }, sql),
    })
    this.deps.catalogs.forget(scope)
    return newConnectors
  }

  async requireEnabled(scope: TenantScope, connector: string): Promise<void> {
    const availability = availabilityOf(await this.of(scope), connector)
    if (availability !== 'enabled') throw connectorDisabled(connector)
  }

  private async require(scope: TenantScope, connector: string): Promise<void> {
    if ((await this.deps.directory.find(scope, connector)) === undefined) throw connectorNotFound(connector)
  }
}
