import type { VersionId } from '../contracts/ids.js'
import type { JsonValue } from '../contracts/json.js'
import type { DefinitionStore } from '../ports/definition-store.js'

/**
 * Definitions by version id, in memory.
 *
 * @param published the version that new runs take, by workflow id
 * @param pins what steps give in test runs without being run, by step id
 */
export function createMemoryDefinitions(
  definitions: Readonly<Record<VersionId, unknown>>,
  published: Readonly<Record<string, VersionId>> = {},
  pins: Readonly<Record<string, JsonValue>> = {},
): DefinitionStore {
  return {
    load: async (_tenantId, versionId) =>
      // Definitions are JSON documents by contract; the compiler checks them before use.
      (Object.hasOwn(definitions, versionId) ? definitions[versionId] : undefined) as JsonValue | undefined,
    latest: async (_scope, workflowId) => (Object.hasOwn(published, workflowId) ? published[workflowId] : undefined),
    pins: async () => pins,
  }
}
