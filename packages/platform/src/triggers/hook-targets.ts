import type { CustomerId, TenantId, VersionId, WorkflowId } from '@inlay/engine'
import { type Database, lookupOf, type ScopedSql } from '../database/index.js'

/** What an address leads to. */
export type HookTarget = WorkflowHookTarget | ConnectorHookTarget

/** A workflow that starts on each request. */
export interface WorkflowHookTarget {
  readonly kind: 'workflow'
  readonly tenantId: TenantId
  readonly customerId: CustomerId
  readonly workflowId: WorkflowId
  readonly versionId: VersionId
  readonly responds: boolean
}

/** A connector's trigger whose service was told the address. */
export interface ConnectorHookTarget {
  readonly kind: 'connector'
  readonly tenantId: TenantId
  readonly customerId: CustomerId
  readonly workflowId: WorkflowId
  readonly triggerId: string
  /** Its id. */
  readonly connector: string
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

  private read(token: string): Promise<HookTarget | undefined> {
    const lookup = lookupOf(token)
    return this.database.withLookup(
      lookup,
      async (sql) => (await readWorkflowTarget(sql, lookup)) ?? (await readConnectorTarget(sql, lookup)),
    )
  }
}

async function readWorkflowTarget(sql: ScopedSql, lookup: string): Promise<WorkflowHookTarget | undefined> {
  const [row] = await sql<Omit<WorkflowHookTarget, 'kind'>[]>`
    SELECT tenant_id AS "tenantId", customer_id AS "customerId", workflow_id AS "workflowId", version_id AS "versionId",
      responds
    FROM inlay.webhook_triggers WHERE lookup = ${lookup} AND enabled`
  return row === undefined ? undefined : { kind: 'workflow', ...row }
}

async function readConnectorTarget(sql: ScopedSql, lookup: string): Promise<ConnectorHookTarget | undefined> {
  const [row] = await sql<Omit<ConnectorHookTarget, 'kind'>[]>`
    SELECT tenant_id AS "tenantId", customer_id AS "customerId", workflow_id AS "workflowId", id AS "triggerId",
      connector
    FROM inlay.connector_triggers
    WHERE lookup = ${lookup} AND workflow_id IS NOT NULL AND status IN ('starting', 'active', 'failing')`
  return row === undefined ? undefined : { kind: 'connector', ...row }
}

/** Adds an entry; the oldest makes room. */
function putBounded<K, V>(map: Map<K, V>, max: number, [key, value]: readonly [K, V]): void {
  map.delete(key)
  map.set(key, value)
  if (map.size <= max) return
  const [oldest] = map.keys()
  if (oldest !== undefined) map.delete(oldest)
}
