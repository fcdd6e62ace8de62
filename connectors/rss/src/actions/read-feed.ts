import { action, z } from '@inlay/sdk/connector'
import { entrySchema, fetchFeed, sampleEntry, urlField } from '../feed.js'

/** Reads the entries of a feed. */
export const readFeed = action({
  name: 'Read a feed',
  description: 'Gives the entries that a feed lists at present.',
  input: z.strictObject({
    url: urlField,
    limit: z.coerce.number().int().min(1).max(1000).default(50).meta({ title: 'At most' }),
  }),
  output: z.object({
    title: z.string().nullable().meta({ title: 'Title' }),
    description: z.string().nullable().meta({ title: 'Description' }),
    url: z.string().nullable().meta({ title: 'Address of the site' }),
    entries: z.array(entrySchema).meta({ title: 'Entries' }),
  }),
  sampleInput: { url: 'https://blog.example.com/feed.xml' },
  sampleOutput: { title: 'Blog', description: 'What we do', url: 'https://blog.example.com', entries: [sampleEntry] },
  run: async (context) => {
    const { url, limit } = context.input
    const feed = await fetchFeed(context, url)
    return { ...feed, entries: feed.entries.slice(0, limit) }
  },
})
