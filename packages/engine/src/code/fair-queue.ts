import type { TenantId } from '../contracts/ids.js'

/** What waits for a process: in order within a tenant, and one tenant after the other between them. */
export interface FairQueue<T> {
  /** Whether there was room. */
  add(tenantId: TenantId, item: T): boolean
  /** The first of the tenant whose turn it is; its next turn comes after everybody else's. */
  take(): T | undefined
  /** The first of this tenant; its place among the others stays. */
  takeFor(tenantId: TenantId): T | undefined
  /** Whether somebody else than this tenant waits. */
  hasOther(tenantId: TenantId): boolean
  remove(tenantId: TenantId, item: T): void
}

/** How much may wait. */
export interface FairQueueLimits {
  readonly maxQueued: number
  readonly maxQueuedPerTenant: number
}

/** A queue in memory in which a tenant that adds much delays nobody but itself. */
export function createFairQueue<T>({ maxQueued, maxQueuedPerTenant }: FairQueueLimits): FairQueue<T> {
  // A Map keeps the order of insertion: the first key is the tenant whose turn it is.
  const waiting = new Map<TenantId, T[]>()
  let size = 0

  const shift = (tenantId: TenantId, items: T[]): T | undefined => {
    const item = items.shift()
    size--
    if (items.length === 0) waiting.delete(tenantId)
    return item
  }

  return {
    add(tenantId, item) {
      const items = waiting.get(tenantId) ?? []
      if (size >= maxQueued || items.length >= maxQueuedPerTenant) return false
      if (items.length === 0) waiting.set(tenantId, items)
      items.push(item)
      size++
      return true
    },
    take() {
      for (const [tenantId, items] of waiting) {
        const item = shift(tenantId, items)
        if (waiting.delete(tenantId)) waiting.set(tenantId, items)
        return item
      }
      return undefined
    },
    takeFor(tenantId) {
      const items = waiting.get(tenantId)
      return items && shift(tenantId, items)
    },
    hasOther: (tenantId) => waiting.size > (waiting.has(tenantId) ? 1 : 0),
    remove(tenantId, item) {
      const items = waiting.get(tenantId)
      const index = items?.indexOf(item) ?? -1
      if (items === undefined || index < 0) return
      items.splice(index, 1)
      size--
      if (items.length === 0) waiting.delete(tenantId)
    },
  }
}
