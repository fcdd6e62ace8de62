import type { Connector } from '@inlay/engine'
import type { ImportedConnector } from '../imported-connector.js'
import { parseImportedConnector } from '../imported-connector.js'
import { toConnector } from './to-connector.js'

/** How a catalog finds an imported connector without making it; the same form as the entries of packages. */
export interface ImportedRegistryEntry {
  readonly id: string
  readonly version: string
  load(): Promise<{ readonly connector: Connector }>
}

/**
 * The entry of an imported connector in a catalog.
 *
 * `load` throws a UserError `openapi.not_imported` when what is stored is no description.
 *
 * @param stored the description, or how it is read when it is first needed
 */
export function importedRegistryEntry(
  { id, version }: Pick<ImportedConnector, 'id' | 'version'>,
  stored: () => Promise<unknown>,
): ImportedRegistryEntry {
  return { id, version, load: async () => ({ connector: toConnector(parseImportedConnector(await stored())) }) }
}
