import { newByTime, pollingTrigger, z } from '@inlay/sdk/connector'
import { databaseField, databaseOptions } from '../data-source.js'
import { pageSchema, samplePage, toPage } from '../page.js'
import { LATE_MS, recentPages } from './recent-pages.js'

/** Starts for each new page of a database. */
export const newPage = pollingTrigger({
  name: 'New page in a database',
  description: 'Starts for each page that is added to a database. Asks Notion every few minutes.',
  input: z.strictObject({ database: databaseField }),
  output: pageSchema,
  sampleOutput: samplePage,
  options: { database: databaseOptions },
  poll: async (context) => {
    const { pages, isCut } = await recentPages(context, 'created_time')
    const result = newByTime(pages, {
      cursor: context.cursor,
      idOf: ({ id }) => id,
      timeOf: ({ created_time }) => created_time,
      dataOf: toPage,
      lateMs: LATE_MS,
    })
    // Without anything new the next poll would find the same.
    return { ...result, hasMore: isCut && result.items.length > 0 }
  },
})
