import { action, z } from '@inlay/sdk/connector'
import { collectionsOf, databaseOf, databaseOptions } from '../collection.js'
import { withSession } from '../session.js'

/** Lists the collections of a database. */
export const listCollections = action({
  name: 'List collections',
  description: 'Lists the collections and views of a database that the user of the connection may see.',
  input: z.strictObject({
    database: z.string().optional().meta({ title: 'Database', description: 'Empty: the one of the connection.' }),
  }),
  output: z.object({
    collections: z
      .array(z.object({ name: z.string(), type: z.string() }))
      .meta({ title: 'Collections', description: 'Type is collection, view or timeseries.' }),
  }),
  options: { database: databaseOptions },
  sampleInput: { database: 'shop' },
  sampleOutput: { collections: [{ name: 'orders', type: 'collection' }] },
  run: (context) =>
    withSession(context, async (session) => ({
      collections: await collectionsOf(databaseOf(session, context.input.database)),
    })),
})
