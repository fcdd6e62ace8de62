import type { CustomerId, Engine, TenantId, VersionId, WorkflowId } from '@inlay/engine'
import type postgres from 'postgres'
import type { Leader } from '../runs/leader.js'
import { type Loop, startLoop } from '../runs/sweeper.js'
import type { Logger } from '../telemetry/index.js'
import { nextCron, nextInterval } from './schedule.js'

const INTERVAL_MS = 1000
const BATCH = 100

interface DueSchedule {
  readonly tenant_id: TenantId
  readonly workflow_id: WorkflowId
  readonly customer_id: CustomerId
  readonly version_id: VersionId
  readonly cron: string | null
  readonly time_zone: string
  readonly every_ms: string | null
  readonly next_fire_at: Date
}

/**
 * Starts runs by the clock. Each fire time is a deduplication key, so that two schedulers start one run; after a
 * down-time a schedule fires once for all it missed.
 */
export function startScheduler(deps: { sql: postgres.Sql; engine: Engine; leader: Leader; log: Logger }): Loop {
  const { sql, engine, leader, log } = deps
  return startLoop(INTERVAL_MS, async () => {
    if (!(await leader.isLeader())) return
    try {
      await fireDueSchedules(sql, engine)
    } catch (error) {
      log.warn({ error }, 'Firing schedules failed; the next attempt follows.')
    }
  })
}

/** Fires what is due now. The run is durable before the schedule moves on: a crash between the two repeats, and is told apart. */
export async function fireDueSchedules(sql: postgres.Sql, engine: Engine): Promise<void> {
  const due = await sql<DueSchedule[]>`
    SELECT tenant_id, workflow_id, customer_id, version_id, cron, time_zone, every_ms, next_fire_at FROM inlay.schedules
    WHERE enabled AND next_fire_at <= clock_timestamp() ORDER BY next_fire_at LIMIT ${BATCH}`
  for (const schedule of due) {
    const scheduledAt = schedule.next_fire_at.toISOString()
    await engine.start({
      tenantId: schedule.tenant_id,
      customerId: schedule.customer_id,
      workflowId: schedule.workflow_id,
      versionId: schedule.version_id,
      mode: 'live',
      trigger: { scheduledAt },
      deduplicationKey: `schedule:${scheduledAt}`,
    })
    await sql`UPDATE inlay.schedules SET next_fire_at = ${following(schedule)}
      WHERE tenant_id = ${schedule.tenant_id} AND workflow_id = ${schedule.workflow_id} AND next_fire_at = ${schedule.next_fire_at}`
  }
}

function following({ cron, time_zone, every_ms, next_fire_at }: DueSchedule): Date | null {
  const now = new Date()
  if (cron !== null) return nextCron(cron, time_zone, now)
  return every_ms === null ? null : nextInterval(next_fire_at, Number(every_ms), now)
}
