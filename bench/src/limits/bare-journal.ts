import type postgres from 'postgres'
import { perSecond } from '../interleave.js'

const TABLE = 'inlay.bench_bare_journal'

/** Inserts journal rows without any engine: the raw limit of what a journal could do. */
export interface BareJournal {
  /** Rows a second: `lanes` connections, each committing statements of `rowsPerCommit` rows one after the other. */
  insert(load: { readonly lanes: number; readonly rowsPerCommit: number; readonly seconds: number }): Promise<number>
}

/**
 * Makes a plain table with the columns, constraints and key of `inlay.journal`, and fills it with copies of the rows of
 * one recorded run, so that rows have the real shape and size whatever the engine's schema is.
 */
export async function createBareJournal(sql: postgres.Sql, runId: string): Promise<BareJournal> {
  await sql.unsafe(`CREATE TABLE ${TABLE} (LIKE inlay.journal INCLUDING ALL)`)
  const columns = await sql<{ name: string; type: string }[]>`
    SELECT a.attname AS name, format_type(a.atttypid, a.atttypmod) AS type FROM pg_attribute a
    WHERE a.attrelid = 'inlay.journal'::regclass AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
    ORDER BY a.attnum`
  const names = columns.map(({ name }) => name)
  const sample: Record<string, string | null>[] = await sql.unsafe(
    `SELECT ${names.map((name) => `${name}::text`).join(', ')} FROM inlay.journal WHERE run_id = $1 AND type = 'action'`,
    [runId],
  )
  const arrays = names.map((_, index) => `$${index + 1}::text[]`)
  const statement = `INSERT INTO ${TABLE} (${names.join(', ')})
    SELECT ${columns.map(({ name, type }) => `${name}::${type}`).join(', ')} FROM unnest(${arrays.join(', ')}) AS g(${names.join(', ')})`
  let runs = 0
  const rowsOf = (count: number): Record<string, string | null>[] =>
    Array.from({ length: count }, (_, index) => {
      if (index % sample.length === 0) runs += 1
      return { ...sample[index % sample.length], run_id: `run_${runs.toString(16).padStart(32, '0')}` }
    })
  return {
    insert: ({ lanes, rowsPerCommit, seconds }) =>
      perSecond({ lanes, seconds }, async () => {
        const rows = rowsOf(rowsPerCommit)
        const values = names.map((name) => rows.map((row) => row[name] ?? null))
        await sql.unsafe(statement, values as never[], { prepare: true })
        return rowsPerCommit
      }),
  }
}
