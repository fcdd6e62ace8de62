import type { TenantScope } from '@inlay/engine'
import type { ScopedSql } from '../database/index.js'

interface ArmedRow {
  readonly workflowId: string
  readonly customerId: string
  readonly versionId: string
  readonly enabled: boolean
}

export interface WebhookRow extends ArmedRow {
  readonly token: string
  readonly lookup: string
  readonly responds: boolean
}

export interface EventTriggerRow extends ArmedRow {
  readonly name: string
  /** An expression; null when every event of that name starts the workflow. */
  readonly filter: string | null
}

export interface EnabledChange {
  readonly workflowId: string
  /** The published version. */
  readonly versionId: string
  readonly enabled: boolean
}

/** How a workflow is started at present. */
export interface TriggerState {
  readonly token: string | null
  readonly next_fire_at: Date | null
}

export interface KeptSchedule {
  readonly cron: string | null
  readonly time_zone: string
  readonly every_ms: string | null
  readonly enabled: boolean
}

export interface ScheduleRow extends ArmedRow {
  readonly cron: string | null
  readonly timeZone: string
  readonly everyMs: number | null
  readonly fireAt: Date | null
}

/** The triggers of workflows, within a transaction that somebody else began. */
export class TriggerStore {
  constructor(
    private readonly sql: ScopedSql,
    private readonly scope: TenantScope,
  ) {}

  /** A webhook that is there already keeps its token. */
  async putWebhook(row: WebhookRow): Promise<void> {
    await this.sql`
      INSERT INTO inlay.webhook_triggers (tenant_id, workflow_id, customer_id, token, lookup, version_id, responds, enabled)
      VALUES (${this.scope.tenantId}, ${row.workflowId}, ${row.customerId}, ${row.token}, ${row.lookup}, ${row.versionId},
        ${row.responds}, ${row.enabled})
      ON CONFLICT (tenant_id, workflow_id) DO UPDATE SET version_id = excluded.version_id, responds = excluded.responds,
        enabled = excluded.enabled`
  }

  /** The address stays reserved for the workflow, and leads nowhere. */
  async disableWebhook(workflowId: string): Promise<void> {
    await this.sql`UPDATE inlay.webhook_triggers SET enabled = false
      WHERE tenant_id = ${this.scope.tenantId} AND workflow_id = ${workflowId}`
  }

  /** Leaves a webhook alone that another version than this one had. */
  async setWebhookEnabled({ workflowId, versionId, enabled }: EnabledChange): Promise<void> {
    await this.sql`UPDATE inlay.webhook_triggers SET enabled = ${enabled}
      WHERE tenant_id = ${this.scope.tenantId} AND workflow_id = ${workflowId} AND version_id = ${versionId}`
  }

  async putSchedule(row: ScheduleRow): Promise<void> {
    await this.sql`
      INSERT INTO inlay.schedules (tenant_id, workflow_id, customer_id, version_id, cron, time_zone, every_ms, enabled, next_fire_at)
      VALUES (${this.scope.tenantId}, ${row.workflowId}, ${row.customerId}, ${row.versionId}, ${row.cron}, ${row.timeZone},
        ${row.everyMs}, ${row.enabled}, ${row.fireAt})
      ON CONFLICT (tenant_id, workflow_id) DO UPDATE SET version_id = excluded.version_id, cron = excluded.cron,
        time_zone = excluded.time_zone, every_ms = excluded.every_ms, enabled = excluded.enabled,
        next_fire_at = excluded.next_fire_at`
  }

  async findSchedule(workflowId: string): Promise<KeptSchedule | undefined> {
    const [row] = await this.sql<KeptSchedule[]>`
      SELECT cron, time_zone, every_ms, enabled FROM inlay.schedules
      WHERE tenant_id = ${this.scope.tenantId} AND workflow_id = ${workflowId}`
    return row
  }

  async setSchedule(workflowId: string, { enabled, fireAt }: { enabled: boolean; fireAt: Date | null }): Promise<void> {
    await this.sql`UPDATE inlay.schedules SET enabled = ${enabled}, next_fire_at = ${fireAt}
      WHERE tenant_id = ${this.scope.tenantId} AND workflow_id = ${workflowId}`
  }

  async removeSchedule(workflowId: string): Promise<void> {
    await this.sql`DELETE FROM inlay.schedules WHERE tenant_id = ${this.scope.tenantId} AND workflow_id = ${workflowId}`
  }

  /** One that waited for events of that name already goes on as if nothing had happened. */
  async putEventTrigger(row: EventTriggerRow): Promise<void> {
    await this.sql`
      INSERT INTO inlay.event_triggers AS t (tenant_id, workflow_id, customer_id, version_id, name, filter, enabled)
      VALUES (${this.scope.tenantId}, ${row.workflowId}, ${row.customerId}, ${row.versionId}, ${row.name}, ${row.filter},
        ${row.enabled})
      ON CONFLICT (tenant_id, workflow_id) DO UPDATE SET version_id = excluded.version_id, name = excluded.name,
        filter = excluded.filter, enabled = excluded.enabled,
        armed_at = CASE WHEN t.name = excluded.name THEN t.armed_at ELSE clock_timestamp() END`
  }

  /** Events that come while it is switched off are not made up for. */
  async setEventTriggerEnabled({ workflowId, enabled }: EnabledChange): Promise<void> {
    await this.sql`UPDATE inlay.event_triggers SET enabled = ${enabled},
      armed_at = CASE WHEN enabled = ${enabled} THEN armed_at ELSE clock_timestamp() END
      WHERE tenant_id = ${this.scope.tenantId} AND workflow_id = ${workflowId}`
  }

  async removeEventTrigger(workflowId: string): Promise<void> {
    await this.sql`DELETE FROM inlay.event_triggers
      WHERE tenant_id = ${this.scope.tenantId} AND workflow_id = ${workflowId}`
  }

  /** @param versionId the published version; a webhook that an earlier one had is not shown */
  async readState(workflowId: string, versionId: string): Promise<TriggerState> {
    const { tenantId } = this.scope
    const [row] = await this.sql<TriggerState[]>`SELECT
      (SELECT token FROM inlay.webhook_triggers
        WHERE tenant_id = ${tenantId} AND workflow_id = ${workflowId} AND version_id = ${versionId}) AS token,
      (SELECT next_fire_at FROM inlay.schedules
        WHERE tenant_id = ${tenantId} AND workflow_id = ${workflowId} AND enabled) AS next_fire_at`
    return row ?? { token: null, next_fire_at: null }
  }
}
