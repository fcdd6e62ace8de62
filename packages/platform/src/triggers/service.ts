import { randomBytes } from 'node:crypto'
import {
  parseDuration,
  type TenantId,
  type TenantScope,
  type Trigger,
  type VersionId,
  type WorkflowId,
} from '@inlay/engine'
import { type Database, lookupOf, type ScopedSql } from '../database/index.js'
import { ConnectorArmory } from './connector/arming.js'
import type { ConnectorTriggerState } from './connector/schema.js'
import { ConnectorTriggerStore } from './connector/store.js'
import { nextCron, nextFireAt } from './schedule.js'
import { type EnabledChange, TriggerStore } from './store.js'

/** A version that a workflow's trigger is to start. */
export interface Arming {
  readonly workflowId: WorkflowId
  readonly customerId: string
  readonly versionId: VersionId
  readonly trigger: Trigger
  readonly responds: boolean
  readonly enabled: boolean
}

/** What starts workflows from outside. Changes are part of the caller's transaction; `announce` follows its commit. */
export interface TriggersService {
  /** Points a workflow's trigger at a version. A webhook keeps its address for the workflow's life. */
  arm(sql: ScopedSql, scope: TenantScope, arming: Arming): Promise<void>
  /** Switches on or off. A schedule that is switched on goes on with its next time, not with those it missed. */
  setEnabled(sql: ScopedSql, scope: TenantScope, change: EnabledChange): Promise<void>
  /** Something about a workflow's trigger has changed: processes forget what they know of it. */
  announce(workflowId: string): void
  /** How a published version of a workflow is started; what is null is not, or is in another way. */
  describe(scope: TenantScope, workflowId: string, versionId: string): Promise<TriggerDescription>
}

export interface TriggerDescription {
  readonly webhookUrl: string | null
  readonly nextFireAt: string | null
  readonly connector: ConnectorTriggerState | null
}

interface TriggerDeps {
  readonly database: Database
  /** The origin of a tenant's links. */
  readonly baseOf: (tenantId: TenantId) => string
  /** Tells all processes; best effort, since what they know is forgotten after seconds anyway. */
  readonly announce: (workflowId: string) => void
}

/** 256 random bits: an address that cannot be guessed is what protects a webhook without a signature. */
function newToken(): string {
  return randomBytes(32).toString('base64url')
}

export function createTriggersService({ database, baseOf, announce }: TriggerDeps): TriggersService {
  const connectorTriggers = new ConnectorTriggerStore(database)
  return {
    announce,
    describe: async (scope, workflowId, versionId) => {
      const [{ token, next_fire_at }, connector] = await Promise.all([
        database.withTenant(scope, (sql) => new TriggerStore(sql, scope).readState(workflowId, versionId)),
        connectorTriggers.state(scope, workflowId),
      ])
      const webhookUrl = token === null ? null : `${baseOf(scope.tenantId)}/hooks/${token}`
      return { webhookUrl, nextFireAt: next_fire_at?.toISOString() ?? null, connector }
    },
    arm: async (sql, scope, { trigger, ...arming }) => {
      const store = new TriggerStore(sql, scope)
      if (trigger.type === 'webhook') {
        const token = newToken()
        await store.putWebhook({ ...arming, token, lookup: lookupOf(token) })
      } else await store.disableWebhook(arming.workflowId)
      if (trigger.type === 'schedule') {
        const { cron = null, timeZone = 'UTC', every } = trigger
        const everyMs = every === undefined ? null : (parseDuration(every) ?? null)
        await store.putSchedule({ ...arming, cron, timeZone, everyMs, fireAt: nextFireAt(trigger, new Date()) })
      } else await store.removeSchedule(arming.workflowId)
      if (trigger.type === 'event') {
        const { name, filter = null } = trigger
        await store.putEventTrigger({ ...arming, name, filter })
      } else await store.removeEventTrigger(arming.workflowId)
      const armory = new ConnectorArmory(sql, scope)
      if (trigger.type === 'connector') {
        const { connector, version, trigger: name, connection, input } = trigger
        await armory.arm({ ...arming, connector, version, trigger: name, connection, input })
      } else await armory.disarm(arming.workflowId)
    },
    setEnabled: async (sql, scope, change) => {
      const { workflowId, enabled } = change
      const store = new TriggerStore(sql, scope)
      await store.setWebhookEnabled(change)
      await store.setEventTriggerEnabled(change)
      await new ConnectorArmory(sql, scope).setEnabled(workflowId, enabled)
      const schedule = await store.findSchedule(workflowId)
      if (schedule === undefined || schedule.enabled === enabled) return
      const { cron, time_zone, every_ms } = schedule
      const now = new Date()
      const interval = every_ms === null ? null : new Date(now.getTime() + Number(every_ms))
      await store.setSchedule(workflowId, {
        enabled,
        fireAt: cron === null ? interval : nextCron(cron, time_zone, now),
      })
    },
  }
}
