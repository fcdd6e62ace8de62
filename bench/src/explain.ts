import type { Journal } from '@inlay/engine'
import { ARRAY_TYPES, createPostgresJournal } from '@inlay/engine/postgres'
import postgres from 'postgres'

/** A node of a plan as `EXPLAIN (FORMAT JSON)` writes it. */
interface PlanNode {
  readonly 'Node Type': string
  readonly 'Relation Name'?: string
  readonly 'Index Name'?: string
  readonly 'Shared Hit Blocks'?: number
  readonly 'Shared Read Blocks'?: number
  readonly Plans?: readonly PlanNode[]
}

/**
 * How the journal's statements reached rows, each way once: `Index Scan of runs by runs_due`. Empty tables are left out: a
 * plan reads them whole because there is nothing to read.
 */
export interface SeenPlans {
  readonly scans: readonly string[]
  readonly sequential: readonly string[]
  /** Pages of tables and indexes that the statements looked at, each time one did. */
  readonly pages: number
}

/**
 * Runs `work` with a journal whose statements the server explains as it executes them (`auto_explain`), so that the plans
 * are those of the very statements the adapter sends.
 */
export async function explain(databaseUrl: string, work: (journal: Journal) => Promise<void>): Promise<SeenPlans> {
  const plans: PlanNode[] = []
  let seen: readonly PlanNode[] = []
  let tables: readonly string[] = []
  const sql = postgres(databaseUrl, {
    max: 1,
    types: ARRAY_TYPES,
    fetch_types: false,
    onnotice: ({ message = '' }) => {
      const start = message.indexOf('{')
      if (message.includes('plan:') && start >= 0) plans.push(JSON.parse(message.slice(start)).Plan)
    },
  })
  try {
    await sql.unsafe(`LOAD 'auto_explain'; SET auto_explain.log_format = json; SET auto_explain.log_analyze = on;
      SET auto_explain.log_buffers = on; SET auto_explain.log_min_duration = 0; SET client_min_messages = log`)
    await work(createPostgresJournal({ sql }))
    seen = [...plans]
    const filled = await sql<{ name: string }[]>`
      SELECT relname AS name FROM pg_class
      WHERE relnamespace = 'inlay'::regnamespace AND relkind = 'r' AND pg_relation_size(oid) > 0`
    tables = filled.map(({ name }) => name)
  } finally {
    await sql.end()
  }
  const scans = [...new Set(seen.flatMap((plan) => scansOf(plan, tables)))].sort()
  const pages = seen.reduce(
    (sum, plan) => sum + (plan['Shared Hit Blocks'] ?? 0) + (plan['Shared Read Blocks'] ?? 0),
    0,
  )
  return { scans, sequential: scans.filter((scan) => scan.startsWith('Seq Scan')), pages }
}

function scansOf(node: PlanNode, tables: readonly string[]): string[] {
  const { 'Relation Name': table, 'Index Name': index, Plans: children = [] } = node
  const own = table !== undefined && tables.includes(table) && node['Node Type'].includes('Scan')
  const by = index === undefined ? '' : ` by ${index}`
  return [
    ...(own ? [`${node['Node Type']} of ${table}${by}`] : []),
    ...children.flatMap((child) => scansOf(child, tables)),
  ]
}
