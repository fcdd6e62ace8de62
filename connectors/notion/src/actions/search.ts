import { action, collectPages, z } from '@inlay/sdk/connector'
import { nextCursor } from '../notion-api.js'
import { pageSchema, samplePage, toPage } from '../page.js'
import { searchPages } from '../search-pages.js'

/** Finds pages by title. */
export const search = action({
  name: 'Search pages',
  description: 'Finds pages that are shared with the connection by words of their title, lately changed ones first.',
  input: z.strictObject({
    query: z
      .string()
      .default('')
      .meta({ title: 'Words of the title', description: 'Empty: all pages.', examples: ['kale'] }),
    limit: z.coerce.number().int().min(1).max(500).default(50).meta({ title: 'At most' }),
  }),
  output: z.object({ pages: z.array(pageSchema).meta({ title: 'Pages' }) }),
  sampleInput: { query: 'kale' },
  sampleOutput: { pages: [samplePage] },
  run: async (context) => {
    const { query, limit } = context.input
    const read = async (cursor: string) => {
      const list = await searchPages(context, { query, cursor: cursor === '' ? undefined : cursor })
      return { items: list.results, next: nextCursor(list) }
    }
    return { pages: (await collectPages(read, '', { maxItems: limit })).map(toPage) }
  },
})
