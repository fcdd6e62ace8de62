import type postgres from 'postgres'

const CHUNK = 100_000

export interface CopyPlan {
  readonly count: number
  /** Unix milliseconds that the first copy's id carries; the others follow one per `everyMs`. */
  readonly fromMs: number
  readonly everyMs: number
  progress(done: number): void
}

/** Copies a recorded run with its history, `count` times, so that tables grow long with rows of the real shape. */
export async function copyRun(sql: postgres.Sql, runId: string, { count, progress, ...ids }: CopyPlan): Promise<void> {
  const statements = [await copyStatement(sql, 'runs', { key: 'id', ...ids })]
  for (const table of await historyTables(sql)) {
    statements.push(await copyStatement(sql, table, { key: 'run_id', ...ids }))
  }
  for (let first = 0; first < count; first += CHUNK) {
    const last = Math.min(first + CHUNK, count) - 1
    for (const statement of statements) await sql.unsafe(statement, [runId, first, last])
    progress(last + 1)
  }
}

/** The partitioned tables that hold rows of runs: the journal, and whatever else the engine's schema keeps. */
async function historyTables(sql: postgres.Sql): Promise<string[]> {
  const rows = await sql<{ name: string }[]>`
    SELECT c.relname AS name FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'run_id'
    WHERE c.relnamespace = 'inlay'::regnamespace AND c.relkind = 'p' ORDER BY c.relname`
  return rows.map(({ name }) => name)
}

/** The id of the copy with this number; copies sort by their numbers. */
export function copyId({ fromMs, everyMs }: Pick<CopyPlan, 'fromMs' | 'everyMs'>, n: number): string {
  return `run_${(fromMs + n * everyMs).toString(16).padStart(12, '0')}`
}

interface CopyTarget {
  readonly key: string
  readonly fromMs: number
  readonly everyMs: number
}

/** $1: the run's id, $2 and $3: numbers of the first and last copy. Table and columns are the engine's own, from the catalog. */
async function copyStatement(sql: postgres.Sql, table: string, { key, fromMs, everyMs }: CopyTarget): Promise<string> {
  const rows = await sql<{ name: string }[]>`
    SELECT attname AS name FROM pg_attribute
    WHERE attrelid = ${`inlay.${table}`}::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = ''
    ORDER BY attnum`
  const names = rows.map(({ name }) => name)
  // As engine ids are: the time, then a version digit, then what looks random.
  const id = `'run_' || lpad(to_hex(${fromMs}::bigint + n::bigint * ${everyMs}), 12, '0') || '7' || substr(md5(n::text), 1, 19)`
  return `INSERT INTO inlay.${table} (${names.join(', ')})
    SELECT ${names.map((name) => (name === key ? id : `t.${name}`)).join(', ')}
    FROM generate_series($2::integer, $3::integer) n CROSS JOIN inlay.${table} t WHERE t.${key} = $1`
}
