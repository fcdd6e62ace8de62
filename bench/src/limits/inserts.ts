import type postgres from 'postgres'

const ROWS_PER_COMMIT = 100
const WRITERS = 4

/** Rows of 1 KB a second: 100 a statement and commit, 4 connections, `synchronous_commit` on. */
export async function measureInserts(sql: postgres.Sql, seconds: number): Promise<number> {
  await sql`create table if not exists bench_rows (id bigint generated always as identity primary key, body text)`
  const bodies = Array.from({ length: ROWS_PER_COMMIT }, () => 'x'.repeat(1000))
  const start = performance.now()
  const end = start + seconds * 1000
  let rows = 0
  const write = async (): Promise<void> => {
    while (performance.now() < end) {
      await sql`insert into bench_rows (body) select unnest(${bodies}::text[])`
      rows += ROWS_PER_COMMIT
    }
  }
  await Promise.all(Array.from({ length: WRITERS }, write))
  const perSecond = rows / ((performance.now() - start) / 1000)
  await sql`drop table bench_rows`
  return perSecond
}
