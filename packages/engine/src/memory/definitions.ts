import type { VersionId } from '../contracts/ids.js'
import type { JsonValue } from '../contracts/json.js'
import type { DefinitionStore } from '../ports/definition-store.js'

/** Definitions by version id, in memory. */
export function createMemoryDefinitions(definitions: Readonly<Record<VersionId, unknown>>): DefinitionStore {
  return {
    load: async (_tenantId, versionId) =>
      // Definitions are JSON documents by contract; the compiler checks them before use.
      (Object.hasOwn(definitions, versionId) ? definitions[versionId] : undefined) as JsonValue | undefined,
  }
}
