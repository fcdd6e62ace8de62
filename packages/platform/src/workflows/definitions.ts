import type { DefinitionStore } from '@inlay/engine'
import type { WorkflowStore } from './store.js'

/** How the engine finds definitions. It keeps what it has compiled, since versions never change. */
export function createDefinitionStore(store: WorkflowStore): DefinitionStore {
  return {
    load: async (tenantId, versionId) => (await store.findVersionById({ tenantId }, versionId))?.definition,
    latest: (scope, workflowId) => store.latestVersion(scope, workflowId),
    pins: (tenantId, versionId) => store.pinsOf({ tenantId }, versionId),
  }
}
