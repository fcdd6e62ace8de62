/** How a workflow's connector trigger follows what is published and switched on. Workers do the rest. */
import { type ConnectionId, type JsonObject, newId, type TenantScope } from '@inlay/engine'
import type { ScopedSql } from '../../database/index.js'
import { type TriggerRow, triggerColumns } from './trigger-row.js'

/** What a workflow's `connector` trigger says, and for which version. */
export interface ConnectorArming {
  readonly workflowId: string
  readonly customerId: string
  readonly versionId: string
  readonly connector: string
  readonly version: string | undefined
  readonly trigger: string
  readonly connection: string | undefined
  readonly input: JsonObject
  readonly enabled: boolean
}

/**
 * Connector triggers within a transaction that somebody else began. No service is called here: a row that begins is
 * found by the next worker that looks, and so is one that lost its workflow.
 */
export class ConnectorArmory {
  constructor(
    private readonly sql: ScopedSql,
    private readonly scope: TenantScope,
  ) {}

  /** A trigger that runs already and is the same goes on as if nothing had happened; any other begins anew. */
  async arm(arming: ConnectorArming): Promise<void> {
    const standing = await this.find(arming.workflowId)
    const goesOn = standing !== undefined && standing.status !== 'stopped' && arming.enabled
    if (goesOn && isSame(standing, arming)) await this.repoint(standing, arming)
    else await this.begin(arming)
  }

  /** What came while it was switched off is not made up for. One that gave up is begun anew by switching it on. */
  async setEnabled(workflowId: string, enabled: boolean): Promise<void> {
    const standing = await this.find(workflowId)
    if (standing === undefined || (standing.status !== 'stopped') === enabled) return
    await this.begin({
      workflowId,
      customerId: standing.customer_id,
      versionId: standing.version_id,
      connector: standing.connector,
      version: standing.connector_version ?? undefined,
      trigger: standing.trigger,
      connection: standing.connection_id ?? undefined,
      input: standing.input,
      enabled,
    })
  }

  /** Starts nothing from here on. The row stays until its service knows. */
  async disarm(workflowId: string): Promise<void> {
    await this.sql`UPDATE inlay.connector_triggers SET workflow_id = NULL
      WHERE tenant_id = ${this.scope.tenantId} AND workflow_id = ${workflowId}`
  }

  private async find(workflowId: string): Promise<TriggerRow | undefined> {
    const [row] = await this.sql<TriggerRow[]>`
      SELECT ${triggerColumns(this.sql)} FROM inlay.connector_triggers t
      WHERE t.tenant_id = ${this.scope.tenantId} AND t.workflow_id = ${workflowId} FOR UPDATE`
    return row
  }

  private async repoint(standing: TriggerRow, { versionId, version }: ConnectorArming): Promise<void> {
    await this.sql`UPDATE inlay.connector_triggers SET version_id = ${versionId}, connector_version = ${version ?? null}
      WHERE tenant_id = ${standing.tenant_id} AND id = ${standing.id}`
  }

  private async begin(arming: ConnectorArming): Promise<void> {
    const { sql } = this
    await this.disarm(arming.workflowId)
    await sql`
      INSERT INTO inlay.connector_triggers (tenant_id, id, customer_id, workflow_id, version_id, connector,
        connector_version, trigger, connection_id, input, status, due_at)
      VALUES (${this.scope.tenantId}, ${newId('trg', Date.now())}, ${arming.customerId}, ${arming.workflowId},
        ${arming.versionId}, ${arming.connector}, ${arming.version ?? null}, ${arming.trigger},
        ${arming.connection ?? null}, ${sql.json(arming.input as never)}, ${arming.enabled ? 'starting' : 'stopped'},
        CASE WHEN ${arming.enabled} THEN clock_timestamp() END)`
  }
}

/** Whether a trigger listens to the same thing. Within a major version, cursors and registrations keep their shape. */
function isSame(standing: TriggerRow, arming: ConnectorArming): boolean {
  return (
    standing.connector === arming.connector &&
    majorOf(standing.connector_version) === majorOf(arming.version) &&
    standing.trigger === arming.trigger &&
    standing.connection_id === ((arming.connection as ConnectionId | undefined) ?? null) &&
    canonical(standing.input) === canonical(arming.input)
  )
}

function majorOf(version: string | null | undefined): string {
  return version?.split('.')[0] ?? 'newest'
}

/** JSON text in which the order of fields does not count. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_name, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  )
}
