export { connectionFormSchema, secretFieldsOf } from './auth-form.js'
export { callConnector } from './call-connector.js'
export {
  type ConnectorDirectory,
  createDisplayFolder,
  createLoadingDirectory,
  displayFileOf,
  joinDirectories,
} from './directory.js'
export { requireConnector } from './errors.js'
export type { ConnectorForms, FormRequest, OptionsRequest, SchemaRequest } from './forms.js'
export { type ConnectorListing, type IndexedConnector, indexConnector } from './listing.js'
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
export { summarizeConnector } from './summarize.js'
export { compareVersions, newestVersion } from './versions.js'
