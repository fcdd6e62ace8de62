import { action, z } from '@inlay/sdk/connector'
import { collectionChoices, collectionFields, withCollection } from '../collection.js'
import { extendedJson, toBson, toText } from '../document.js'
import { OPERATION_TIMEOUT_MS } from '../session.js'

/** Adds documents. */
export const insertDocuments = action({
  name: 'Insert documents',
  description: 'Adds one document or more to a collection.',
  input: z.strictObject({
    ...collectionFields,
    documents: z.array(extendedJson).min(1).max(1000).meta({
      title: 'Documents',
      description: 'Dates are {"$date": "2026-01-31T08:30:00Z"}. Without an _id each gets a new ObjectId.',
    }),
  }),
  output: z.object({ ids: z.array(z.string()).meta({ title: 'IDs', description: 'In the order of the documents.' }) }),
  options: collectionChoices,
  sampleInput: { collection: 'orders', documents: [{ status: 'paid', total: 19.9 }] },
  sampleOutput: { ids: ['65a4f1c2d3e4f5a6b7c8d9e0'] },
  delivery: 'at-most-once',
  run: async (context) => {
    const documents = context.input.documents.map(toBson)
    return withCollection(context, context.input, async (collection) => {
      const { insertedIds } = await collection.insertMany(documents, { maxTimeMS: OPERATION_TIMEOUT_MS })
      return { ids: documents.map((_, index) => toText(insertedIds[index])) }
    })
  },
})
