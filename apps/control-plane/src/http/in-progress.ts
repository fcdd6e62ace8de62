import type { TenantId } from '@inlay/engine'

/**
 * Counts what tenants have in progress in this process: bodies are held in memory on their way, so that without a bound one
 * backend could use up all of it.
 */
export class InProgress {
  private readonly counts = new Map<TenantId, number>()

  /**
   * @param limit calls of one tenant
   * @param refusal of one more
   */
  constructor(
    private readonly limit: number,
    private readonly refusal: (limit: number) => Error,
  ) {}

  /** Counts a call until what it returns is called. @throws the refusal */
  enter(tenantId: TenantId): () => void {
    const count = this.counts.get(tenantId) ?? 0
    if (count >= this.limit) throw this.refusal(this.limit)
    this.counts.set(tenantId, count + 1)
    return () => this.leave(tenantId)
  }

  private leave(tenantId: TenantId): void {
    const count = this.counts.get(tenantId) ?? 0
    if (count > 1) this.counts.set(tenantId, count - 1)
    else this.counts.delete(tenantId)
  }
}
