// How a list of runs stays up to date without moving under the reader's eyes.
import type { RunStatus } from '@inlay/engine'
import type { Page } from '../data/api-types.js'
import type { RunSummary } from '../data/run-types.js'

type Pages = readonly Page<RunSummary>[]

export interface MergedRuns {
  readonly pages: Pages
  /** Runs that are not on the list yet, newest first. */
  readonly newcomers: readonly RunSummary[]
}

/** Takes over what was read anew of runs that are on the list. Rows keep their place. */
export function mergeRuns(
  pages: Pages,
  fresh: readonly RunSummary[],
  told: ReadonlyMap<string, RunStatus>,
): MergedRuns {
  const freshById = new Map(fresh.map((run) => [run.id, run]))
  const known = new Set(pages.flatMap(({ data }) => data.map(({ id }) => id)))
  const newest = pages[0]?.data[0]?.id ?? ''
  return {
    pages: pages.map((page) => ({
      ...page,
      data: page.data.map((run) => freshById.get(run.id) ?? withStatus(run, told)),
    })),
    // Ids grow with time: what is older than the first row was left out for another reason, such as a filter.
    newcomers: fresh.filter(({ id }) => !known.has(id) && (known.size === 0 || id > newest)),
  }
}

/** Puts newcomers at the head of the list. */
export function withNewcomers(pages: Pages, newcomers: readonly RunSummary[]): Pages {
  const [first, ...rest] = pages
  if (first === undefined) return [{ data: newcomers, nextCursor: null }]
  const known = new Set(first.data.map(({ id }) => id))
  return [{ ...first, data: [...newcomers.filter(({ id }) => !known.has(id)), ...first.data] }, ...rest]
}

function withStatus(run: RunSummary, told: ReadonlyMap<string, RunStatus>): RunSummary {
  const status = told.get(run.id)
  return status === undefined || status === run.status ? run : { ...run, status }
}
