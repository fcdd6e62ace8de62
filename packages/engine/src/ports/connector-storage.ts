import type { ConnectorStores } from '../contracts/connector.js'
import type { CustomerId, TenantId, WorkflowId } from '../contracts/ids.js'
import type { TenantScope } from '../contracts/scope.js'

/** Where a connector remembers things: each place is apart from all others. */
export interface StoragePlace {
  readonly tenantId: TenantId
  readonly customerId: CustomerId
  readonly connectorId: string
  /** Of the `workflow` store; the `customer` store is the same for all workflows. */
  readonly workflowId: WorkflowId
}

/** The bounds of what connectors may keep; hosts may choose another number of keys. */
export const STORAGE_LIMITS = { maxKeyLength: 200, maxValueBytes: 65_536, maxKeys: 10_000 } as const

/**
 * Keeps small values for connectors between runs. A value that was set is durable, and seen by every process. Keys whose
 * time is over are as if they had never been; `maxKeys` of `STORAGE_LIMITS` counts those of one store, and may be exceeded
 * by the few that are set at the same moment. Deliberately absent: listing keys, and transactions over several.
 */
export interface ConnectorStorage {
  /** The stores of a place. Costs nothing: only their methods touch anything. */
  open(place: StoragePlace): ConnectorStores
  /** Removes keys whose time is over. Resolves to how many. To be called every minute or so; safe to call at once. @param options.limit how many at most. @default 1000 */
  sweep(options?: { readonly limit?: number }): Promise<number>
  /** Removes all that is kept for a tenant, or for one customer. Safe to repeat. */
  erase(scope: TenantScope): Promise<void>
}
