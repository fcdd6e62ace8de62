export { connectionFormSchema, secretFieldsOf } from './auth-form.js'
export { type ConnectorEntry, createConnectorRegistry } from './registry.js'
export { type ConnectorSummary, connectorSchema } from './schema.js'
export { type CatalogService, createCatalogService, type OptionsRequest } from './service.js'
