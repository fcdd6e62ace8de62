import type { CustomerId, Engine, TenantId, VersionId, WorkflowId } from '@inlay/engine'
import type postgres from 'postgres'
import type { Leader } from '../runs/leader.js'
import { type Loop, startLoop } from '../runs/loop.js'
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
  /** The database's clock, by which all times here are decided. */
  readonly now: Date
}

export interface SchedulerDeps {
  /** As the role `inlay_engine`. */
  readonly sql: postgres.Sql
  readonly engine: Engine
  readonly log: Logger
}

/** Starts runs by the clock, in the process that leads. */
export function startScheduler({ leader, ...deps }: SchedulerDeps & { readonly leader: Leader }): Loop {
  return startLoop(INTERVAL_MS, async () => {
    if (!(await leader.isLeader())) return
    try {
      await fireDueSchedules(deps)
    } catch (error) {
      deps.log.warn({ error }, 'Firing schedules failed; the next attempt follows.')
    }
  })
}

/**
 * Fires what is due now. Each fire time is a deduplication key, so that two schedulers start one run; after a down-time a
 * schedule fires once for all it missed. One that cannot be fired does not hold up the others.
 *
 * @returns how many fired
 */
export async function fireDueSchedules(deps: SchedulerDeps): Promise<number> {
  for (let total = 0; ; ) {
    const due = await deps.sql<DueSchedule[]>`
      SELECT tenant_id, workflow_id, customer_id, version_id, cron, time_zone, every_ms, next_fire_at, clock_timestamp() AS now
      FROM inlay.schedules WHERE enabled AND next_fire_at <= clock_timestamp() ORDER BY next_fire_at LIMIT ${BATCH}`
    const fired = await Promise.all(due.map((schedule) => tryFire(deps, schedule)))
    const count = fired.filter(Boolean).length
    total += count
    // What failed is still due: only a full batch without failures says that there may be more.
    if (count < BATCH) return total
  }
}

async function tryFire(deps: SchedulerDeps, schedule: DueSchedule): Promise<boolean> {
  try {
    await fire(deps, schedule)
    return true
  } catch (error) {
    deps.log.warn({ error, workflowId: schedule.workflow_id }, 'A schedule could not be fired; it stays due.')
    return false
  }
}

/** The run is durable before the schedule moves on: after a crash between the two the key tells the repetition apart. */
async function fire({ sql, engine }: SchedulerDeps, schedule: DueSchedule): Promise<void> {
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

function following({ cron, time_zone, every_ms, next_fire_at, now }: DueSchedule): Date | null {
  if (cron !== null) return nextCron(cron, time_zone, now)
  return every_ms === null ? null : nextInterval(next_fire_at, Number(every_ms), now)
}
