import type { TenantId, VersionId } from '../contracts/ids.js'
import type { JsonValue } from '../contracts/json.js'

/** Gives the definition of an immutable version; the engine compiles it once and keeps the result. */
export interface DefinitionStore {
  /** Resolves to the stored document (`inlay/workflow@1`), or undefined when there is no such version. */
  load(tenantId: TenantId, versionId: VersionId): Promise<JsonValue | undefined>
}
