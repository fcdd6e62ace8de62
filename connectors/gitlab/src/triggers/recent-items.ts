import { collectPages, cursorTime, newByTime, type PollContext, type PollResult, type z } from '@inlay/sdk/connector'
import { projectPath, readPage } from '../project.js'

/** More than one poll should ever find: what is within the time of late items is read again by the next. */
const MAX_ITEMS = 5000

/** Issues or merge requests of a project that were made since the poll before. */
export async function recentItems<Item extends z.ZodType<{ readonly id: number; readonly created_at: string }>>(
  context: PollContext<{ readonly project: string; readonly labels: readonly string[] }>,
  { list, item }: { readonly list: 'issues' | 'merge_requests'; readonly item: Item },
): Promise<PollResult> {
  const { cursor, input } = context
  const since = cursorTime(cursor)
  const query = {
    scope: 'all',
    labels: input.labels.length === 0 ? undefined : input.labels.join(','),
    created_after: since === undefined ? undefined : new Date(since).toISOString(),
    order_by: 'created_at',
    // Oldest first once there is a cursor: when there are too many for one poll, the rest follows.
    sort: since === undefined ? 'desc' : 'asc',
  }
  const url = `${projectPath(input.project)}/${list}`
  const read = (page: number) => readPage(context, { url, query, item, page })
  const items = await collectPages(read, 1, { maxItems: since === undefined ? 100 : MAX_ITEMS })
  const result = newByTime(items, { cursor, idOf: ({ id }) => String(id), timeOf: ({ created_at }) => created_at })
  // Without anything new the next poll would find the same.
  return { ...result, hasMore: since !== undefined && items.length === MAX_ITEMS && result.items.length > 0 }
}
