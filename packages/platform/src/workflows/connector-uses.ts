/** Where a definition uses connectors: what is pinned, counted, and looked at when a new version comes. */
import { allSteps, type DefinitionIssue, type TenantScope, type WorkflowDefinition } from '@inlay/engine'
import { availabilityOf, type TenantCatalog } from '../catalog/index.js'
import type { ScopedSql } from '../database/index.js'

/** One place of a definition that names an action or a trigger of a connector. */
export interface ConnectorUse {
  readonly kind: 'action' | 'trigger'
  readonly connector: string
  /** Undefined: the newest at publish time. */
  readonly version: string | undefined
  /** Name of the action or trigger. */
  readonly member: string
  readonly connection: string | undefined
  /** Undefined for the trigger. */
  readonly stepId: string | undefined
  /** JSON Pointer in the definition. */
  readonly pointer: string
}

/** Every use of a connector, the trigger first. */
export function connectorUses({ trigger, steps }: WorkflowDefinition): ConnectorUse[] {
  const uses: ConnectorUse[] = []
  if (trigger.type === 'connector') {
    const { connector, version, connection, trigger: member } = trigger
    uses.push({ kind: 'trigger', connector, version, member, connection, stepId: undefined, pointer: '/trigger' })
  }
  for (const { step, pointer } of allSteps(steps)) {
    if (step.type !== 'action') continue
    const { connector, version, connection, action: member, id: stepId } = step
    uses.push({ kind: 'action', connector, version, member, connection, stepId, pointer })
  }
  return uses
}

/** An issue for each use of a connector that the tenant has switched off. */
export function availabilityIssues(definition: WorkflowDefinition, catalog: TenantCatalog): DefinitionIssue[] {
  return connectorUses(definition)
    .filter(({ connector }) => availabilityOf(catalog, connector) !== 'enabled')
    .map(({ connector, pointer, stepId }) => ({
      code: 'connector.switched_off',
      pointer: `${pointer}/connector`,
      details: { connector },
      message: `The connector "${connector}" is switched off here: use another one, or ask whoever administers this product.`,
      ...(stepId === undefined ? {} : { stepId }),
    }))
}

/** The version whose uses are taken down. */
export interface UsedBy {
  readonly versionId: string
  readonly workflowId: string
  readonly customerId: string
}

/** Takes down what a pinned definition uses, for counting. */
export async function recordUses(
  sql: ScopedSql,
  { tenantId }: TenantScope,
  { definition, usedBy }: { readonly definition: WorkflowDefinition; readonly usedBy: UsedBy },
): Promise<void> {
  const rows = new Map<string, { connector: string; version: string; stepIds: string[]; isTrigger: boolean }>()
  for (const { connector, version = '', stepId } of connectorUses(definition)) {
    const key = `${connector}@${version}`
    const row = rows.get(key) ?? { connector, version, stepIds: [], isTrigger: false }
    if (stepId === undefined) row.isTrigger = true
    else row.stepIds.push(stepId)
    rows.set(key, row)
  }
  const { versionId, workflowId, customerId } = usedBy
  for (const { connector, version, stepIds, isTrigger } of rows.values()) {
    await sql`
      INSERT INTO inlay.connector_uses
        (tenant_id, version_id, workflow_id, customer_id, connector, connector_version, step_ids, is_trigger)
      VALUES (${tenantId}, ${versionId}, ${workflowId}, ${customerId}, ${connector}, ${version}, ${stepIds}, ${isTrigger})`
  }
}
