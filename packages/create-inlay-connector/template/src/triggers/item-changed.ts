import { collectPages, cursorTime, newByTime, pollingTrigger, z } from '@inlay/sdk/connector'
import { api, item, sampleItem } from '../service.js'

const itemPage = z.object({ items: z.array(item), next: z.string().nullable() })

/** Starts when an item is made or changed: Acme is asked every few minutes. */
export const itemChanged = pollingTrigger({
  name: 'Item made or changed',
  description: 'Starts for each item that is made or changed.',
  input: z.strictObject({}),
  output: item,
  sampleOutput: sampleItem,
  poll: async (context) => {
    const since = cursorTime(context.cursor)
    const readPage = async (page: string) => {
      const { items, next } = await api.call(context, {
        url: '/items',
        query: { page, since: since === undefined ? undefined : new Date(since).toISOString() },
        answer: itemPage,
      })
      return { items, next: next ?? undefined }
    }
    return newByTime(await collectPages(readPage, '1'), {
      cursor: context.cursor,
      // The time belongs to the id, so that each change counts.
      idOf: ({ id, changed_at }) => `${id}:${changed_at}`,
      timeOf: ({ changed_at }) => changed_at,
    })
  },
})
