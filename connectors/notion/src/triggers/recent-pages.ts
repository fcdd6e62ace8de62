import { collectPages, cursorTime, type PollContext } from '@inlay/sdk/connector'
import { queryPages } from '../query-pages.js'

/**
 * How much later than its own time a page may be listed: Notion cuts times down to the minute, and its index of pages
 * follows writes after a while.
 */
export const LATE_MS = 180_000

/** More than one poll should ever find: what is within the time of late items is read again by the next. */
const MAX_PAGES = 5000

/** Pages that were made or changed since the poll before; at first, the latest ones. */
export async function recentPages(
  context: PollContext<{ readonly database: string }>,
  timestamp: 'created_time' | 'last_edited_time',
) {
  const since = cursorTime(context.cursor, LATE_MS)
  const filter =
    since === undefined ? undefined : { timestamp, [timestamp]: { on_or_after: new Date(since).toISOString() } }
  // Oldest first once there is a cursor: when there are too many for one poll, the rest follows.
  const sort = { timestamp, direction: since === undefined ? 'descending' : 'ascending' }
  const read = (cursor: string) =>
    queryPages(context, { database: context.input.database, filter, sort, size: 100, cursor })
  const pages = await collectPages(read, '', { maxItems: since === undefined ? 100 : MAX_PAGES })
  return { pages, isCut: since !== undefined && pages.length === MAX_PAGES }
}
