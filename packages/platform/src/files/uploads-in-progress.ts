import type { TenantId } from '@inlay/engine'
import { tooManyUploads } from './errors.js'

/**
 * Counts what a tenant uploads to this process: a file is in memory until it is kept, so that without a bound one customer
 * could use up all of it.
 */
export class UploadsInProgress {
  private readonly counts = new Map<TenantId, number>()

  /** @param limit uploads of one tenant */
  constructor(private readonly limit: number) {}

  /** Counts an upload until what it returns is called. @throws UserError `file.too_many` */
  enter(tenantId: TenantId): () => void {
    const count = this.counts.get(tenantId) ?? 0
    if (count >= this.limit) throw tooManyUploads(this.limit)
    this.counts.set(tenantId, count + 1)
    return () => this.leave(tenantId)
  }

  private leave(tenantId: TenantId): void {
    const count = this.counts.get(tenantId) ?? 0
    if (count > 1) this.counts.set(tenantId, count - 1)
    else this.counts.delete(tenantId)
  }
}
