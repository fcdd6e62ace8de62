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
const MAX_TARGETS = 10_000
const MAX_UNKNOWN = 1000
const TOKEN = /^[A-Za-z0-9_-]{43}$/

/**
 * Addresses and their targets, kept for seconds so that a busy webhook does not ask the database each time. Unknown
 * addresses are kept apart: a stranger who tries many pushes out only those of other strangers.
 */
export class HookTargets {
  private readonly targets = new Map<string, { readonly target: HookTarget; readonly until: number }>()
  private readonly unknown = new Map<string, number>()
  private readonly reading = new Map<string, Promise<HookTarget | undefined>>()
  /** Grows when something is forgotten: what was read before then is not kept. */
  private generation = 0

  constructor(private readonly database: Database) {}

  /** Resolves to undefined for unknown tokens and for workflows that are switched off alike. */
  async find(token: string): Promise<HookTarget | undefined> {
    const now = Date.now()
    const known = this.targets.get(token)
    if (known !== undefined && known.until > now) return known.target
    if ((this.unknown.get(token) ?? 0) > now || !TOKEN.test(token)) return undefined
    const reading = this.reading.get(token) ?? this.load(token)
    return reading
  }

  /** Drops what is known of a workflow. Also all unknown addresses: one of them may have come to life. */
  forget(workflowId: string): void {
    this.generation += 1
    this.unknown.clear()
    this.reading.clear()
    for (const [token, { target }] of this.targets) {
      if (target.workflowId === workflowId) this.targets.delete(token)
    }
  }

  /** One question to the database however many requests wait for its answer. */
  private load(token: string): Promise<HookTarget | undefined> {
    const { generation } = this
    const reading = this.read(token)
      .then((target) => {
        if (generation === this.generation) this.keep(token, target)
        return target
      })
      .finally(() => {
        if (this.reading.get(token) === reading) this.reading.delete(token)
      })
    this.reading.set(token, reading)
    return reading
  }

  private keep(token: string, target: HookTarget | undefined): void {
    const until = Date.now() + KEEP_MS
    if (target === undefined) {
      this.targets.delete(token)
      putBounded(this.unknown, MAX_UNKNOWN, [token, until])
    } else putBounded(this.targets, MAX_TARGETS, [token, { target, until }])
  }

  private async read(token: string): Promise<HookTarget | undefined> {
    interface Row {
      readonly tenant_id: TenantId
      readonly customer_id: CustomerId
      readonly workflow_id: WorkflowId
      readonly version_id: VersionId
      readonly responds: boolean
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

/** Adds an entry; the oldest makes room. */
function putBounded<K, V>(map: Map<K, V>, max: number, [key, value]: readonly [K, V]): void {
  map.delete(key)
  map.set(key, value)
  if (map.size <= max) return
  const [oldest] = map.keys()
  if (oldest !== undefined) map.delete(oldest)
}
