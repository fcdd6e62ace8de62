import { randomBytes } from 'node:crypto'
import { parseDuration, type TenantScope, type Trigger, type VersionId, type WorkflowId } from '@inlay/engine'
import { type Database, lookupOf } from '../database/index.js'
import { nextFireAt } from './schedule.js'

/** A workflow whose trigger changes. */
export interface ArmedWorkflow {
  readonly id: WorkflowId
  readonly customer_id: string
}

export interface Arming {
  readonly workflow: ArmedWorkflow
  readonly versionId: VersionId
  readonly trigger: Trigger
  readonly responds: boolean
  readonly enabled: boolean
}

/** What starts workflows from outside. */
export interface TriggersService {
  /** Points a workflow's trigger at a version. A webhook keeps its address for the workflow's life. */
  arm(scope: TenantScope, arming: Arming): Promise<void>
  /** Something about a workflow's trigger changed: processes forget what they know of it. */
  changed(workflow: ArmedWorkflow): Promise<void>
  webhookUrl(token: string): string
}

interface TriggerDeps {
  readonly database: Database
  readonly baseUrl: string
  /** Tells all processes; best effort, since what they know is forgotten after seconds anyway. */
  readonly announce: (workflowId: string) => void
}

/** 256 random bits: an address that cannot be guessed is what protects a webhook without a signature. */
function newToken(): string {
  return randomBytes(32).toString('base64url')
}

export function createTriggersService({ database, baseUrl, announce }: TriggerDeps): TriggersService {
  return {
    webhookUrl: (token) => `${baseUrl}/hooks/${token}`,
    changed: async ({ id }) => announce(id),
    arm: async (scope, { workflow, versionId, trigger, responds, enabled }) => {
      const { tenantId } = scope
      const fireAt = nextFireAt(trigger, new Date())
      await database.withTenant(scope, async (sql) => {
        if (trigger.type === 'webhook') {
          const token = newToken()
          await sql`
            INSERT INTO inlay.webhook_triggers (tenant_id, workflow_id, customer_id, token, lookup, version_id, responds, enabled)
            VALUES (${tenantId}, ${workflow.id}, ${workflow.customer_id}, ${token}, ${lookupOf(token)}, ${versionId}, ${responds}, ${enabled})
            ON CONFLICT (tenant_id, workflow_id) DO UPDATE SET version_id = excluded.version_id, responds = excluded.responds, enabled = excluded.enabled`
        } else {
          await sql`UPDATE inlay.webhook_triggers SET enabled = false WHERE tenant_id = ${tenantId} AND workflow_id = ${workflow.id}`
        }
        if (trigger.type === 'schedule') {
          const everyMs = trigger.every === undefined ? null : (parseDuration(trigger.every) ?? null)
          await sql`
            INSERT INTO inlay.schedules (tenant_id, workflow_id, customer_id, version_id, cron, time_zone, every_ms, enabled, next_fire_at)
            VALUES (${tenantId}, ${workflow.id}, ${workflow.customer_id}, ${versionId}, ${trigger.cron ?? null}, ${trigger.timeZone ?? 'UTC'},
              ${everyMs}, ${enabled}, ${fireAt})
            ON CONFLICT (tenant_id, workflow_id) DO UPDATE SET version_id = excluded.version_id, cron = excluded.cron,
              time_zone = excluded.time_zone, every_ms = excluded.every_ms, enabled = excluded.enabled, next_fire_at = excluded.next_fire_at`
        } else await sql`DELETE FROM inlay.schedules WHERE tenant_id = ${tenantId} AND workflow_id = ${workflow.id}`
      })
      announce(workflow.id)
    },
  }
}
