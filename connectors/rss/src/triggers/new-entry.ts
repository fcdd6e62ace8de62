import { newById, pollingTrigger, z } from '@inlay/sdk/connector'
import { entrySchema, fetchFeed, sampleEntry, urlField } from '../feed.js'

/** Starts for each new entry of a feed. */
export const newEntry = pollingTrigger({
  name: 'New entry',
  description: 'Starts for each entry that is new in a feed.',
  input: z.strictObject({ url: urlField }),
  output: entrySchema,
  sampleOutput: sampleEntry,
  intervalMs: 900_000,
  poll: async (context) => {
    const { entries } = await fetchFeed(context, context.input.url)
    // Feeds list the newest first; dates are often missing or wrong, ids are not.
    return newById(entries, { cursor: context.cursor, idOf: ({ id }) => id, isNewestFirst: true })
  },
})
