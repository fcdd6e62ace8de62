import type { TenantId } from '@inlay/engine'
import { tooManyCalls } from './errors.js'

/**
 * Counts what a tenant has in progress in this process: bodies are held in memory on their way, so that without a bound
 * one backend could use up all of it.
 */
export class CallsInProgress {
  private readonly counts = new Map<TenantId, number>()

  /** @param limit calls of one tenant */
  constructor(private readonly limit: number) {}

  /** Counts a call until what it returns is called. @throws UserError `proxy.too_many` */
  enter(tenantId: TenantId): () => void {
    const count = this.counts.get(tenantId) ?? 0
    if (count >= this.limit) throw tooManyCalls(this.limit)
    this.counts.set(tenantId, count + 1)
    return () => this.leave(tenantId)
  }

  private leave(tenantId: TenantId): void {
    const count = this.counts.get(tenantId) ?? 0
    if (count > 1) this.counts.set(tenantId, count - 1)
    else this.counts.delete(tenantId)
  }
}
