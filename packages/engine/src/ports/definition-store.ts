import type { TenantId, VersionId, WorkflowId } from '../contracts/ids.js'
import type { JsonValue } from '../contracts/json.js'
import type { TenantScope } from '../contracts/scope.js'

/** Gives the definition of an immutable version; the engine compiles it once and keeps the result. */
export interface DefinitionStore {
  /** Resolves to the stored document (`inlay/workflow@1`), or undefined when there is no such version. */
  load(tenantId: TenantId, versionId: VersionId): Promise<JsonValue | undefined>
  /**
   * Gives the version of a workflow that new runs take; undefined when this scope has no such workflow or it is not
   * published. Without it, `call` steps and reruns on the latest version fail.
   */
  latest?(scope: TenantScope, workflowId: WorkflowId): Promise<VersionId | undefined>
  /**
   * Gives, by step id, what steps of a version give without being run. Asked for test runs alone: live runs do everything.
   * Has to answer the same for as long as there are runs of the version.
   */
  pins?(tenantId: TenantId, versionId: VersionId): Promise<Readonly<Record<string, JsonValue>>>
}
