import { action, z } from '@inlay/sdk/connector'
import { collectionChoices, collectionFields, readAll, withCollection } from '../collection.js'
import { documentSchema, extendedJson, formatField, toBson, toJson } from '../document.js'
import { refuseWriting } from '../server-code.js'
import { OPERATION_TIMEOUT_MS } from '../session.js'

/** Runs a pipeline that reads. */
export const aggregate = action({
  name: 'Aggregate documents',
  description: 'Groups, joins and computes by an aggregation pipeline. It cannot change anything.',
  input: z.strictObject({
    ...collectionFields,
    pipeline: z.array(extendedJson).max(100).meta({
      title: 'Pipeline',
      description: 'Its stages, as {"$match": {"status": "paid"}}. Without $out, $merge and JavaScript.',
    }),
    limit: z.int().min(1).max(1000).default(100).meta({ title: 'At most this many results' }),
    format: formatField,
  }),
  output: z.object({
    documents: z.array(documentSchema).meta({ title: 'Results' }),
    hasMore: z.boolean().meta({ title: 'Whether there are more' }),
  }),
  options: collectionChoices,
  sampleInput: {
    collection: 'orders',
    pipeline: [{ $match: { status: 'paid' } }, { $group: { _id: '$country', total: { $sum: '$total' } } }],
    limit: 100,
    format: 'plain',
  },
  sampleOutput: { documents: [{ _id: 'NL', total: 39.8 }], hasMore: false },
  run: async (context) => {
    const { pipeline, limit, format } = context.input
    refuseWriting(pipeline)
    return withCollection(context, context.input, async (collection) => {
      const stages = [...pipeline.map(toBson), { $limit: limit + 1 }]
      const found = await readAll(collection.aggregate(stages, { maxTimeMS: OPERATION_TIMEOUT_MS }))
      const documents = found.slice(0, limit).map((document) => toJson(document, format))
      return { documents, hasMore: found.length > limit }
    })
  },
})
