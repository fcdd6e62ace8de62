import type { CustomerId, TenantId, VersionId, WorkflowId } from '@inlay/engine'
import { type Database, lookupOf } from '../database/index.js'

/** What a webhook's address leads to. */
export interface HookTarget {
  readonly tenantId: TenantId
  readonly customerId: CustomerId
  readonly workflowId: WorkflowId
  readonly versionId: VersionId
  readonly responds: boolean
}

const KEEP_MS = 5000
const MAX_KEPT = 10_000
const TOKEN = /^[A-Za-z0-9_-]{43}$/

/** Addresses and their targets, kept for seconds so that a busy webhook does not ask the database each time. */
export class HookTargets {
  private readonly kept = new Map<string, { target: HookTarget | undefined; until: number }>()

  constructor(private readonly database: Database) {}

  /** Resolves to undefined for unknown tokens and for workflows that are switched off alike. */
  async find(token: string): Promise<HookTarget | undefined> {
    if (!TOKEN.test(token)) return undefined
    const known = this.kept.get(token)
    if (known !== undefined && known.until > Date.now()) return known.target
    const target = await this.read(token)
    if (this.kept.size >= MAX_KEPT) this.kept.clear()
    this.kept.set(token, { target, until: Date.now() + KEEP_MS })
    return target
  }

  /** Drops what is known of a workflow. Also of all unknown addresses: one of them may have come to life. */
  forget(workflowId: string): void {
    for (const [token, { target }] of this.kept) {
      if (target === undefined || target.workflowId === workflowId) this.kept.delete(token)
    }
  }

  private async read(token: string): Promise<HookTarget | undefined> {
    type Row = {
      tenant_id: TenantId
      customer_id: CustomerId
      workflow_id: WorkflowId
      version_id: VersionId
      responds: boolean
    }
    const lookup = lookupOf(token)
    const [row] = await this.database.withLookup(
      lookup,
      (sql) => sql<Row[]>`
      SELECT tenant_id, customer_id, workflow_id, version_id, responds FROM inlay.webhook_triggers WHERE lookup = ${lookup} AND enabled`,
    )
    if (row === undefined) return undefined
    return {
      tenantId: row.tenant_id,
      customerId: row.customer_id,
      workflowId: row.workflow_id,
      versionId: row.version_id,
      responds: row.responds,
    }
  }
}
