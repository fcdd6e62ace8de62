import type { TenantScope } from '@inlay/engine'
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
  set(scope: TenantScope, connector: string, settings: ConnectorSettings): Promise<ConnectorSettingsView>
  setNewConnectors(scope: TenantScope, change: NewConnectorsChange): Promise<TenantCatalog['newConnectors']>
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

  async set(scope: TenantScope, connector: string, settings: ConnectorSettings): Promise<ConnectorSettingsView> {
    await this.require(scope, connector)
    await this.deps.store.write(scope, connector, settings)
    this.deps.catalogs.forget(scope)
    return this.get(scope, connector)
  }

  async setNewConnectors(
    scope: TenantScope,
    { newConnectors, keepCurrent }: NewConnectorsChange,
  ): Promise<TenantCatalog['newConnectors']> {
    const { newConnectors: availability } = await this.deps.store.read(scope)
    const ids = keepCurrent ? (await this.deps.directory.list(scope)).map(({ id }) => id) : []
    await this.deps.store.writeDefault(scope, newConnectors, { connectors: [...new Set(ids)], availability })
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
