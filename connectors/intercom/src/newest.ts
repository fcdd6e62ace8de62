import { cursorTime, jsonValue, newByTime, type PollContext, type PollResult, z } from '@inlay/sdk/connector'
import { type Search, type SearchQuery, searchPage } from './intercom-api.js'

interface Dated {
  readonly id: string
  readonly created_at: number
}

/** What to look for. */
interface Newest<Item extends z.ZodType<Dated>> extends Pick<Search<Item>, 'url' | 'item'> {
  readonly filters?: readonly SearchQuery[]
}

/** Intercom finds new contacts some minutes after they are made. */
const LATE_MS = 600_000
/** Intercom compares by day of the workspace, and takes the day after: two days earlier is never too late. */
const MARGIN_SECONDS = 172_800
const PAGE_SIZE = 100
const MAX_PAGES = 10

/** `after` and `newest`: where the next poll goes on, after more items than one poll reads, and what ends it then. */
const cursorSchema = z.object({
  told: jsonValue,
  unfinished: z.object({ after: z.string(), newest: jsonValue }).optional(),
})

/** Searches newest first until what was told before; the first poll only learns what is newest. */
export async function newestFirst<Item extends z.ZodType<Dated>>(
  context: PollContext<unknown>,
  { url, item, filters = [] }: Newest<Item>,
): Promise<PollResult> {
  const kept = cursorSchema.safeParse(context.cursor).data
  const told = kept?.told ?? null
  const since = cursorTime(told, LATE_MS)
  const from = Math.max(Math.floor((since ?? 0) / 1000) - MARGIN_SECONDS, 0)
  const created: SearchQuery = { field: 'created_at', operator: '>', value: from }
  const query: SearchQuery = { operator: 'AND', value: [created, ...filters] }
  const found: Dated[] = []
  let after: string | undefined = kept?.unfinished?.after ?? ''
  for (let page = 0; after !== undefined && page < (since === undefined ? 1 : MAX_PAGES); page++) {
    const read: { items: readonly Dated[]; next: string | undefined } = await searchPage(context, {
      url,
      query,
      item,
      pageSize: PAGE_SIZE,
      after,
    })
    found.push(...read.items)
    const isReached = (read.items.at(-1)?.created_at ?? 0) * 1000 < (since ?? 0)
    after = isReached ? undefined : read.next
  }
  const result = newByTime(found, {
    cursor: told,
    idOf: ({ id }) => id,
    timeOf: ({ created_at }) => created_at * 1000,
    lateMs: LATE_MS,
  })
  const newest = kept?.unfinished?.newest ?? result.cursor
  if (since === undefined || after === undefined) return { items: result.items, cursor: { told: newest } }
  return { items: result.items, cursor: { told, unfinished: { after, newest } }, hasMore: true }
}
