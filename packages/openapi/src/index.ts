export { type ImportedRegistryEntry, importedRegistryEntry } from './connector/registry-entry.js'
export { checkConnector, toConnector } from './connector/to-connector.js'
export { type ImportResult, importOpenApi } from './import-openapi.js'
export {
  IMPORTED_CONNECTOR_SCHEMA,
  type ImportedConnector,
  type ImportedOperation,
  type ImportedTrigger,
  importedConnectorSchema,
  parseImportedConnector,
} from './imported-connector.js'
export type { ImportNote } from './notes.js'
export type { ImportOptions } from './options.js'
