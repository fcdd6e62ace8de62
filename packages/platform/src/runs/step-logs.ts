import type { StepLogEntry } from '@inlay/engine'
import { createOrderedIds, type Database } from '../database/index.js'
import type { Logger } from '../telemetry/index.js'
import type { Leader } from './leader.js'
import { type Kept, LogBounds } from './log-bounds.js'
import { type Loop, startLoop } from './loop.js'

/** Long enough to gather a burst, short enough that who watches a run sees it at once. */
const FLUSH_MS = 200
const FULL = 200
/** Lines that wait while the database is slow; further ones are lost. */
const MOST_WAITING = 5_000

const SWEEP_MS = 600_000
const KEPT_MS = 30 * 86_400_000
const PAGE = 5_000

/** Keeps what steps log, beside their run. Best effort: no run waits for it, or fails by it. */
export interface StepLogKeeper {
  /** Takes a line that holds no secret any more. Returns at once. */
  keep(entry: StepLogEntry): void
  /** Resolves once everything that was taken is written. */
  close(): Promise<void>
}

interface LogRow {
  readonly id: string
  readonly run_id: string
  readonly tenant_id: string
  readonly customer_id: string
  readonly step_path: string
  readonly iteration: string
  readonly attempt: number
  readonly level: Kept['level']
  readonly message: string
  /** JSON; null: none. */
  readonly data: string | null
}

/** @param engine the role that may write lines of all tenants */
export function createStepLogKeeper({
  engine: sql,
  log,
}: Pick<Database, 'engine'> & { readonly log: Logger }): StepLogKeeper {
  const bounds = new LogBounds()
  const nextId = createOrderedIds('log')
  let waiting: LogRow[] = []
  let writing: Promise<void> = Promise.resolve()
  let timer: NodeJS.Timeout | undefined
  const write = async (rows: readonly LogRow[]): Promise<void> => {
    try {
      // A customer that was erased meanwhile has no place for lines any more.
      await sql`
        INSERT INTO inlay.step_logs
          (id, run_id, tenant_id, customer_id, step_path, iteration, attempt, level, message, data)
        SELECT l.id, l.run_id, l.tenant_id, l.customer_id, l.step_path, l.iteration, l.attempt, l.level, l.message,
          l.data::json
        FROM json_to_recordset(${JSON.stringify(rows)}::text::json) AS l (id text, run_id text, tenant_id text, customer_id text,
          step_path text, iteration text, attempt integer, level text, message text, data text)
        JOIN inlay.runs r ON r.id = l.run_id AND r.tenant_id = l.tenant_id`
    } catch (error) {
      log.warn({ error, lines: rows.length }, 'What steps have logged was not kept.')
    }
  }
  const flush = (): void => {
    clearTimeout(timer)
    timer = undefined
    const rows = waiting
    waiting = []
    if (rows.length > 0) writing = writing.then(() => write(rows))
  }
  return {
    keep: (entry) => {
      const kept = bounds.take(entry)
      if (kept === undefined || waiting.length >= MOST_WAITING) return
      waiting.push(toRow(nextId(), entry, kept))
      if (waiting.length >= FULL) flush()
      else timer ??= setTimeout(flush, FLUSH_MS)
    },
    close: async () => {
      flush()
      await writing
    },
  }
}

function toRow(id: string, entry: StepLogEntry, kept: Kept): LogRow {
  const { runId, tenantId, customerId, stepPath, iteration, attempt } = entry
  return {
    id,
    ...{ run_id: runId, tenant_id: tenantId, customer_id: customerId },
    ...{ step_path: stepPath, iteration, attempt, ...kept },
  }
}

/** Removes lines that are older than a month. One process of the deployment does it at a time. */
export function startStepLogSweep({
  engine: sql,
  leader,
  log,
}: Pick<Database, 'engine'> & { readonly leader: Leader; readonly log: Logger }): Loop {
  return startLoop(SWEEP_MS, async () => {
    if (!(await leader.isLeader())) return
    const before = `log_${(Date.now() - KEPT_MS).toString(16).padStart(12, '0')}`
    try {
      for (let count = PAGE; count === PAGE; ) {
        const swept = await sql`
          DELETE FROM inlay.step_logs WHERE id IN (SELECT id FROM inlay.step_logs WHERE id < ${before} LIMIT ${PAGE})`
        count = swept.count
      }
    } catch (error) {
      log.warn({ error }, 'Old lines of steps were not swept; the next time follows.')
    }
  })
}
