import type { TenantScope } from '@inlay/engine'
import type { Database, ScopedSql } from '../database/index.js'
import type { RunFilter, RunRow } from './rows.js'
import { joinNames, runColumns, whichRuns } from './run-query.js'

/** Runs that are looked at by one statement. */
const WINDOW = 2_000
/** When a page has something to show, it is shown after this many. */
const ENOUGH = 10_000
/** A search that finds nothing gives up here, and can be taken up again. */
const MOST = 30_000

/** Part of what a search finds. */
export interface FoundRuns {
  /** One row more than the page holds, as far as there are so many. */
  readonly rows: RunRow[]
  /** Where the search stopped before it was through; a cursor. */
  readonly stoppedAt: string | undefined
}

interface RunSearch {
  readonly filter: RunFilter
  readonly text: string
}

/**
 * Looks through runs from the newest on, window by window. Errors and inputs have no index of their own: each run would
 * pay for it when it is recorded, and inputs may be megabytes. A window is read by the indexes of lists, so that a search
 * costs what it looks at, however many runs there are.
 */
export async function searchRuns(
  database: Database,
  scope: TenantScope,
  { filter, text }: RunSearch,
): Promise<FoundRuns> {
  const rows: RunRow[] = []
  let cursor = filter.cursor
  for (let looked = 0; ; looked += WINDOW) {
    if (looked >= (rows.length > 0 ? ENOUGH : MOST)) return { rows, stoppedAt: cursor }
    const window = { ...filter, cursor }
    const { found, last } = await database.withTenant(scope, (sql) => lookThrough(sql, scope, { filter: window, text }))
    rows.push(...found.slice(0, filter.limit + 1 - rows.length))
    if (rows.length > filter.limit || last === undefined) return { rows, stoppedAt: undefined }
    cursor = last
  }
}

interface Window {
  readonly found: readonly RunRow[]
  /** The oldest run of a full window; undefined when there are no further ones. */
  readonly last: string | undefined
}

async function lookThrough(sql: ScopedSql, scope: TenantScope, { filter, text }: RunSearch): Promise<Window> {
  const [bounds] = await sql<{ last: string | null; count: number }[]>`
    SELECT min(id) AS last, count(*)::int AS count FROM (
      SELECT r.id FROM inlay.runs r ${filter.version === undefined ? sql`` : joinNames(sql)}
      WHERE ${whichRuns(sql, scope, filter)} ORDER BY r.id DESC LIMIT ${WINDOW}
    ) candidates`
  if (bounds === undefined || bounds.last === null) return { found: [], last: undefined }
  const found = await sql<RunRow[]>`
    SELECT ${runColumns(sql)} FROM inlay.runs r
    JOIN inlay.journal t ON t.run_id = r.id AND t.tenant_id = r.tenant_id AND t.epoch = 0 AND t.seq = 0
    ${joinNames(sql)}
    WHERE ${whichRuns(sql, scope, filter)} AND r.id >= ${bounds.last} AND ${holds(sql, text)}
    ORDER BY r.id DESC LIMIT ${filter.limit + 1}`
  return { found, last: bounds.count < WINDOW ? undefined : bounds.last }
}

/** The links of `hideLinks`: who may look at runs must not find out by searching what is not shown. */
const LINK = '/(approvals|callbacks)/[A-Za-z0-9_-]{43}(?![A-Za-z0-9_-])'

function holds(sql: ScopedSql, text: string) {
  const pattern = `%${literal(text)}%`
  // An input is searched as it is stored, which is JSON.
  const inJson = `%${literal(JSON.stringify(text).slice(1, -1))}%`
  return sql`(r.id LIKE ${`${literal(text)}%`}
    OR r.error->>'title' ILIKE ${pattern} OR r.error->>'detail' ILIKE ${pattern}
    OR t.input::text ILIKE ${inJson} AND regexp_replace(t.input::text, ${LINK}, '', 'g') ILIKE ${inJson})`
}

function literal(text: string): string {
  return text.replaceAll(/[\\%_]/g, '\\$&')
}
