import type {
  ConnectionId,
  CustomerId,
  JsonObject,
  JsonValue,
  TenantId,
  TriggerKind,
  VersionId,
  WorkflowId,
} from '@inlay/engine'
import type { ScopedSql } from '../../database/index.js'

/** How a connector's trigger is doing. `removing`: nothing starts any more, only the service has yet to be told. */
export const CONNECTOR_TRIGGER_STATUSES = ['starting', 'active', 'failing', 'stopped', 'removing'] as const
/** One of `CONNECTOR_TRIGGER_STATUSES`. */
export type ConnectorTriggerStatus = (typeof CONNECTOR_TRIGGER_STATUSES)[number]

/** One start of a connector's trigger, as it is kept. */
export interface TriggerRow {
  readonly tenant_id: TenantId
  /** `trg_…`: another one each time the trigger is started anew. */
  readonly id: string
  readonly customer_id: CustomerId
  /** Null when nothing starts any more, and the service has yet to be told. */
  readonly workflow_id: WorkflowId | null
  readonly version_id: VersionId
  readonly connector: string
  readonly connector_version: string | null
  readonly trigger: string
  readonly connection_id: ConnectionId | null
  readonly input: JsonObject
  /** Null until a worker has asked the connector. */
  readonly kind: TriggerKind | null
  readonly status: ConnectorTriggerStatus
  readonly detail: string | null
  readonly cursor: JsonValue
  /** Whether all that was there at first has been looked at. */
  readonly is_learned: boolean
  readonly series: number
  readonly token: string | null
  /** The origin of the address that the service was told; null: the operator's. */
  readonly told_base: string | null
  readonly secret: Buffer | null
  readonly registration: Buffer | null
  readonly failures: number
  readonly failing_since: Date | null
  readonly generation: string
}

/** The columns of a `TriggerRow`. */
export function triggerColumns(sql: ScopedSql) {
  return sql`t.tenant_id, t.id, t.customer_id, t.workflow_id, t.version_id, t.connector, t.connector_version, t.trigger,
    t.connection_id, t.input, t.kind, t.status, t.detail, t.cursor, t.is_learned, t.series, t.token, t.told_base,
    t.secret, t.registration, t.failures, t.failing_since, t.generation`
}
