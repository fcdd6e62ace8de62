import type { JsonValue, NewEvent, TenantScope, VersionId, WorkflowId } from '@inlay/engine'
import type { Database } from '../database/index.js'

/** A workflow that starts on events of a name. */
export interface EventTarget {
  readonly workflow_id: WorkflowId
  readonly version_id: VersionId
  readonly filter: string | null
}

/** Which workflows start on which events. */
export class EventStore {
  constructor(private readonly database: Database) {}

  /** The workflows that waited for events of this name when the event came. */
  targets({ tenantId, customerId, eventId, name }: NewEvent): Promise<EventTarget[]> {
    return this.database.withTenant(
      { tenantId, customerId },
      (sql) => sql<EventTarget[]>`
      SELECT t.workflow_id, t.version_id, t.filter
      FROM inlay.event_triggers t JOIN inlay.events e ON e.tenant_id = t.tenant_id AND e.event_id = ${eventId}
      WHERE t.tenant_id = ${tenantId} AND t.customer_id = ${customerId} AND t.name = ${name} AND t.enabled
        AND t.armed_at <= e.received_at
      ORDER BY t.workflow_id`,
    )
  }

  /** What the run was started with that published an event; undefined for events from outside. */
  async publisherTrigger({ tenantId, customerId, eventId }: NewEvent): Promise<JsonValue | undefined> {
    // Events of `publish` steps have the step's idempotency key as their id.
    const [runId = ''] = eventId.split('/')
    if (!runId.startsWith('run_')) return undefined
    const [row] = await this.database.withTenant(
      { tenantId, customerId },
      (sql) => sql<{ input: JsonValue }[]>`
      SELECT input FROM inlay.journal
      WHERE run_id = ${runId} AND tenant_id = ${tenantId} AND customer_id = ${customerId} AND epoch = 0 AND seq = 0`,
    )
    return row?.input
  }

  async hasCustomer(scope: TenantScope, customerId: string): Promise<boolean> {
    const rows = await this.database.withTenant(
      scope,
      (sql) => sql`SELECT 1 FROM inlay.customers WHERE tenant_id = ${scope.tenantId} AND id = ${customerId}`,
    )
    return rows.length > 0
  }
}
