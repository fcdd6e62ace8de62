export { connectionFormSchema, secretFieldsOf } from './auth-form.js'
export { createBlockingGovernor, isBlocked } from './blocking-governor.js'
export { callConnector } from './call-connector.js'
export { compareUse, type MemberUse } from './compare-versions.js'
export {
  type ConnectorDirectory,
  createDisplayFolder,
  createLoadingDirectory,
  displayFileOf,
  joinDirectories,
} from './directory.js'
export { connectorNotFound, requireConnector } from './errors.js'
export type { ConnectorForms, FormRequest, OptionsRequest, SchemaRequest } from './forms.js'
export { importConnectors } from './import-connectors.js'
export { indexConnector } from './index-connector.js'
export type { ConnectorListing, IndexedConnector } from './listing.js'
export { type ConnectorEntry, createConnectorRegistry } from './registry.js'
export {
  type ActionSummary,
  type AuthSummary,
  type ConnectorDetail,
  type ConnectorSummary,
  connectorSchema,
  type OfferedConnector,
  type TriggerSummary,
} from './schema.js'
export { type CatalogService, type ConnectorFilter, createCatalogService } from './service.js'
export {
  AVAILABILITIES,
  type Availability,
  availabilityOf,
  type ConnectorSettings,
  type TenantCatalog,
} from './settings.js'
export {
  type CatalogSettings,
  type ConnectorSettingsView,
  createCatalogSettings,
  type NewConnectorsChange,
} from './settings-service.js'
export { CatalogSettingsStore } from './settings-store.js'
export { summarizeConnector } from './summarize.js'
export { createTenantCatalogs, type TenantCatalogs } from './tenant-catalogs.js'
export { type VersionChange, versionChangeSchema } from './version-change.js'
export { compareVersions, newestVersion } from './versions.js'
