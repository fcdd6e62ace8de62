import { newByTime, pollingTrigger, z } from '@inlay/sdk/connector'
import { databaseField, databaseOptions } from '../data-source.js'
import { pageSchema, samplePage, toPage } from '../page.js'
import { LATE_MS, recentPages } from './recent-pages.js'

const MINUTE_MS = 60_000

/** Starts each time a page of a database is added or changed. */
export const changedPage = pollingTrigger({
  name: 'New or changed page in a database',
  description:
    'Starts for each page that is added to a database, and each time one is changed; changes within one minute count once. Asks Notion every few minutes.',
  input: z.strictObject({ database: databaseField }),
  output: pageSchema,
  sampleOutput: samplePage,
  options: { database: databaseOptions },
  poll: async (context) => {
    const { pages, isCut } = await recentPages(context, 'last_edited_time')
    // Notion tells the minute of a change. In a minute that is not over another change may follow, which would look the
    // same: such a page is told by the next poll, as it is then.
    const settled = pages.filter(({ last_edited_time }) => Date.parse(last_edited_time) + MINUTE_MS <= context.now)
    const result = newByTime(settled, {
      cursor: context.cursor,
      idOf: ({ id, last_edited_time }) => `${id}:${last_edited_time}`,
      timeOf: ({ last_edited_time }) => last_edited_time,
      dataOf: toPage,
      lateMs: LATE_MS,
    })
    // Without anything new the next poll would find the same.
    return { ...result, hasMore: isCut && result.items.length > 0 }
  },
})
