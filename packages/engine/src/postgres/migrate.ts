import type postgres from 'postgres'
import { PRUNE_EVENTS_SQL } from './statements/event.sql.js'
import { SCHEMA_SQL } from './statements/schema.sql.js'

/**
 * The engine's tables as SQL text, for hosts that run migrations with tools of their own. Safe to run again, also on the
 * tables of an earlier version: what is recorded stays.
 */
export function schemaSql(): string {
  return SCHEMA_SQL
}

/**
 * Makes the engine's tables in the schema `inlay`, or brings them up to date. Safe to call at every start, also by several
 * processes at once. Processes of an earlier version must be stopped before.
 */
export async function migrate(sql: postgres.Sql): Promise<void> {
  await sql.begin(async (transaction) => {
    // Two processes that create the same schema at once would fail; the number names this lock and nothing else.
    await transaction`SELECT pg_advisory_xact_lock(7233192001)`
    await transaction.unsafe(SCHEMA_SQL)
  })
}

/**
 * Makes the partitions of `runs`, `journal` and `transitions` for this month and the following ones, so that a month's
 * history can be dropped at once. Months whose rows are already in the default partition are left out. Safe to call again.
 */
export async function createMonthlyPartitions(sql: postgres.Sql, monthsAhead: number): Promise<void> {
  const [today] = await sql.unsafe<{ year: number; month: number }[]>(
    `SELECT extract(year FROM d)::integer AS year, extract(month FROM d)::integer AS month FROM timezone('UTC', now()) d`,
  )
  if (today === undefined) return
  for (let offset = 0; offset <= monthsAhead; offset++) {
    const from = Date.UTC(today.year, today.month - 1 + offset)
    const to = Date.UTC(today.year, today.month + offset)
    await createPartition(sql, 'runs', { from, to })
    await createPartition(sql, 'journal', { from, to })
    await createPartition(sql, 'transitions', { from, to })
  }
}

const EVENTS_AT_ONCE = 1000

/**
 * Removes events that are older than `olderThanMs` and have been delivered. A run that begins to wait later than that
 * after an event does not find it any more, so keep events longer than runs live. Resolves to how many were removed.
 */
export async function pruneEvents(sql: postgres.Sql, olderThanMs: number): Promise<number> {
  for (let removed = 0; ; ) {
    const rows = await sql.unsafe(PRUNE_EVENTS_SQL, [olderThanMs, EVENTS_AT_ONCE])
    removed += rows.length
    if (rows.length < EVENTS_AT_ONCE) return removed
  }
}

interface Month {
  readonly from: number
  readonly to: number
}

async function createPartition(
  sql: postgres.Sql,
  table: 'runs' | 'journal' | 'transitions',
  { from, to }: Month,
): Promise<void> {
  const name = `inlay.${table}_${new Date(from).toISOString().slice(0, 7).replace('-', '_')}`
  const key = table === 'runs' ? 'id' : 'run_id'
  const options = table === 'runs' ? 'WITH (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.02)' : ''
  const [taken] = await sql.unsafe(
    `SELECT to_regclass('${name}') IS NOT NULL OR EXISTS (
       SELECT FROM inlay.${table}_default WHERE ${key} >= '${runBound(from)}' AND ${key} < '${runBound(to)}') AS taken`,
  )
  if (taken?.['taken'] === true) return
  // Names and bounds are made here from a date and constants; partitions take no parameters.
  await sql.unsafe(
    `CREATE TABLE IF NOT EXISTS ${name} PARTITION OF inlay.${table} FOR VALUES FROM ('${runBound(from)}') TO ('${runBound(to)}') ${options}`,
  )
}

/** The smallest run id of a moment: ids begin with the Unix milliseconds as 12 hexadecimal digits. */
function runBound(ms: number): string {
  return `run_${ms.toString(16).padStart(12, '0')}`
}
