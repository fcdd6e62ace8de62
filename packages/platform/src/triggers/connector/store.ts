import type { CustomerId, JsonValue, TenantId, TenantScope, TriggerKind } from '@inlay/engine'
import type postgres from 'postgres'
import type { Database, ScopedSql } from '../../database/index.js'
import type { TriggerClaim } from './claims.js'
import type { ConnectorTriggerState } from './schema.js'
import { type ConnectorTriggerStatus, type TriggerRow, triggerColumns } from './trigger-row.js'

/** How long an item is remembered after it was told last. */
const REMEMBER_ITEMS = '30 days'
/** Items that are told again and again are written down once a day, not with each poll. */
const TOUCH_AFTER = '1 day'

/** How a piece of work on a trigger ended, and when the next one follows. */
export interface TriggerOutcome {
  readonly status: Exclude<ConnectorTriggerStatus, 'removing'>
  readonly detail: string | null
  /** Milliseconds from now until the next look at it; null for none. */
  readonly delayMs: number | null
  readonly failures: number
}

/** What a poll leaves behind. */
export interface PollOutcome extends TriggerOutcome {
  readonly cursor: JsonValue
  readonly isLearned: boolean
  readonly series: number
  /** Keys of items that were told. */
  readonly told: readonly string[]
}

interface TriggerStateRow {
  readonly kind: TriggerKind | null
  readonly status: ConnectorTriggerStatus
  readonly detail: string | null
  readonly last_polled_at: Date | null
  readonly due_at: Date | null
}

/** Rows of connector triggers, as those who work on them read and write them. Every write names the claim it belongs to. */
export class ConnectorTriggerStore {
  constructor(private readonly database: Database) {}

  /** @returns undefined when it is gone, or somebody else's by now */
  async claimed(claim: TriggerClaim): Promise<TriggerRow | undefined> {
    const row = await this.find(claim, claim.id)
    return row?.generation === claim.generation ? row : undefined
  }

  async find({ tenantId, customerId }: OwnerScope, id: string): Promise<TriggerRow | undefined> {
    const [row] = await this.database.withTenant(
      { tenantId, customerId },
      (sql) => sql<TriggerRow[]>`
      SELECT ${triggerColumns(sql)} FROM inlay.connector_triggers t WHERE t.tenant_id = ${tenantId} AND t.id = ${id}`,
    )
    return row
  }

  /** The trigger of a workflow, for showing. */
  async state(scope: TenantScope, workflowId: string): Promise<ConnectorTriggerState | null> {
    const [row] = await this.database.withTenant(
      scope,
      (sql) => sql<TriggerStateRow[]>`
      SELECT kind, status, detail, last_polled_at, due_at FROM inlay.connector_triggers
      WHERE tenant_id = ${scope.tenantId} AND workflow_id = ${workflowId}`,
    )
    if (row === undefined) return null
    const { last_polled_at: lastPolledAt, due_at: dueAt, ...state } = row
    return { ...state, lastPollAt: lastPolledAt?.toISOString() ?? null, nextAt: dueAt?.toISOString() ?? null }
  }

  /** Triggers that hear of these accounts' events. */
  ofConnections(tenantId: TenantId, connector: string, connectionIds: readonly string[]): Promise<TriggerRow[]> {
    const ids = JSON.stringify(connectionIds)
    return this.database.withTenant(
      { tenantId },
      (sql) => sql<TriggerRow[]>`
      SELECT ${triggerColumns(sql)} FROM inlay.connector_triggers t
      WHERE t.tenant_id = ${tenantId} AND t.kind = 'appWebhook' AND t.connector = ${connector}
        AND t.workflow_id IS NOT NULL AND t.status IN ('active', 'failing')
        AND t.connection_id IN (SELECT json_array_elements_text(${ids}::text::json))
      ORDER BY t.id`,
    )
  }

  /** Triggers that hear of an event of the product, and those of which nobody has looked yet what they hear of. */
  ofEvent({ tenantId, customerId }: OwnerScope, event: string): Promise<TriggerRow[]> {
    return this.database.withTenant(
      { tenantId, customerId },
      (sql) => sql<TriggerRow[]>`
      SELECT ${triggerColumns(sql)} FROM inlay.connector_triggers t
      WHERE t.tenant_id = ${tenantId} AND t.customer_id = ${customerId} AND t.workflow_id IS NOT NULL AND (
        (t.kind = 'event' AND t.event = ${event} AND t.status IN ('active', 'failing'))
        OR (t.kind IS NULL AND t.status = 'starting'))
      ORDER BY t.id`,
    )
  }

  /** Whether the trigger still starts runs: the last look before something is started. */
  async isArmed({ tenantId, customerId, id, generation }: TriggerClaim): Promise<boolean> {
    const rows = await this.database.withTenant(
      { tenantId, customerId },
      (sql) => sql`SELECT 1 FROM inlay.connector_triggers
        WHERE tenant_id = ${tenantId} AND id = ${id} AND generation = ${generation} AND workflow_id IS NOT NULL`,
    )
    return rows.length > 0
  }

  /** Names the product's event that starts the workflow. @returns false when the claim is lost */
  setEvent(claim: TriggerClaim, event: string): Promise<boolean> {
    return this.write(claim, (sql) => sql`kind = 'event', event = ${event}`)
  }

  /** Ends the claim. @returns false when it is lost */
  finish(claim: TriggerClaim, kind: TriggerKind | null, outcome: TriggerOutcome): Promise<boolean> {
    return this.write(claim, (sql) => sql`kind = coalesce(${kind}, kind), ${ending(sql, outcome)}`)
  }

  /** Cursor and told items in one transaction. @returns false when the claim is lost: then neither is kept */
  finishPoll(claim: TriggerClaim, outcome: PollOutcome): Promise<boolean> {
    const { tenantId, customerId, id, generation } = claim
    const told = JSON.stringify(outcome.told)
    return this.database.withTenant({ tenantId, customerId }, async (sql) => {
      const rows = await sql`
        UPDATE inlay.connector_triggers SET kind = 'polling', cursor = ${sql.json(outcome.cursor as never)},
          is_learned = ${outcome.isLearned}, series = ${outcome.series}, last_polled_at = clock_timestamp(),
          ${ending(sql, outcome)}
        WHERE tenant_id = ${tenantId} AND id = ${id} AND generation = ${generation} RETURNING id`
      if (rows.length === 0) return false
      if (outcome.told.length === 0) return true
      await sql`
        INSERT INTO inlay.trigger_items AS known (tenant_id, trigger_id, item, customer_id)
        SELECT ${tenantId}, ${id}, item, ${customerId}
        FROM json_array_elements_text(${told}::text::json) AS item GROUP BY item
        ON CONFLICT (tenant_id, trigger_id, item) DO UPDATE SET told_at = excluded.told_at
          WHERE known.told_at < excluded.told_at - ${TOUCH_AFTER}::interval`
      await sql`DELETE FROM inlay.trigger_items WHERE tenant_id = ${tenantId} AND trigger_id = ${id}
        AND told_at < now() - ${REMEMBER_ITEMS}::interval`
      return true
    })
  }

  /** Which of these items were told before. */
  async toldItems(row: TriggerRow, items: readonly string[]): Promise<ReadonlySet<string>> {
    if (items.length === 0) return new Set()
    const { tenant_id: tenantId, customer_id: customerId, id } = row
    const rows = await this.database.withTenant(
      { tenantId, customerId },
      (sql) => sql<{ item: string }[]>`
      SELECT item FROM inlay.trigger_items WHERE tenant_id = ${tenantId} AND trigger_id = ${id}
        AND item IN (SELECT json_array_elements_text(${JSON.stringify(items)}::text::json))`,
    )
    return new Set(rows.map(({ item }) => item))
  }

  /** Says what went wrong last with a trigger that goes on all the same; null when nothing did. */
  async keepDetail(row: TriggerRow, detail: string | null): Promise<void> {
    const { tenant_id: tenantId, customer_id: customerId, id } = row
    // What keeps a failing trigger from its work is not mended by an item that is well.
    if (detail === row.detail || (detail === null && row.status !== 'active')) return
    await this.database.withTenant(
      { tenantId, customerId },
      (sql) => sql`UPDATE inlay.connector_triggers SET detail = ${detail} WHERE tenant_id = ${tenantId} AND id = ${id}`,
    )
  }

  /** Lets go of a trigger as it is, for others to take at once. */
  async release(claim: TriggerClaim): Promise<void> {
    await this.write(claim, (sql) => sql`lease_until = NULL`)
  }

  async delete({ tenantId, customerId, id, generation }: TriggerClaim): Promise<void> {
    await this.database.withTenant(
      { tenantId, customerId },
      (sql) => sql`DELETE FROM inlay.connector_triggers
        WHERE tenant_id = ${tenantId} AND id = ${id} AND generation = ${generation}`,
    )
  }

  private write(claim: TriggerClaim, changes: (sql: ScopedSql) => SqlChanges): Promise<boolean> {
    const { tenantId, customerId } = claim
    return this.database.withTenant({ tenantId, customerId }, (sql) => writeClaimed(sql, claim, changes(sql)))
  }
}

/** Assignments of an UPDATE. */
type SqlChanges = postgres.PendingQuery<postgres.Row[]>

/** Writes to a claimed trigger. @returns false when the claim is lost: then nothing is written */
export async function writeClaimed(
  sql: ScopedSql,
  { tenantId, id, generation }: TriggerClaim,
  changes: SqlChanges,
): Promise<boolean> {
  const rows = await sql`UPDATE inlay.connector_triggers SET ${changes}
    WHERE tenant_id = ${tenantId} AND id = ${id} AND generation = ${generation} RETURNING id`
  return rows.length > 0
}

interface OwnerScope {
  readonly tenantId: TenantId
  readonly customerId: CustomerId
}

/** What every end of work writes. A trigger that lost its workflow meanwhile is looked at again at once, to be removed. */
function ending(sql: ScopedSql, { status, detail, delayMs, failures }: TriggerOutcome) {
  return sql`lease_until = NULL, detail = ${detail}, failures = ${failures},
    status = CASE WHEN workflow_id IS NULL THEN 'removing' ELSE ${status} END,
    failing_since = CASE WHEN ${failures}::integer > 0 THEN coalesce(failing_since, clock_timestamp()) END,
    due_at = CASE WHEN workflow_id IS NULL AND status <> 'removing' THEN clock_timestamp()
      ELSE clock_timestamp() + ${delayMs}::float8 * interval '1 millisecond' END`
}
