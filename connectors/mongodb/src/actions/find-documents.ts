import { action, type JsonValue, jsonValue, z } from '@inlay/sdk/connector'
import { type Document, ObjectId } from 'mongodb'
import { collectionChoices, collectionFields, filterField, readAll, withCollection } from '../collection.js'
import { documentSchema, formatField, toBson, toBsonValue, toJson } from '../document.js'
import { OPERATION_TIMEOUT_MS } from '../session.js'

/** Few enough that a batch of large documents can be told from what fits. */
const BATCH = 100

const sampleDocument = { _id: '65a4f1c2d3e4f5a6b7c8d9e0', status: 'paid', total: 19.9 }

const names = z.record(z.string(), z.union([z.literal(0), z.literal(1), z.boolean()]))
const directions = z.record(z.string(), z.union([z.literal(1), z.literal(-1)]))

/** Reads documents. */
export const findDocuments = action({
  name: 'Find documents',
  description: 'Reads documents of a collection by conditions.',
  input: z.strictObject({
    ...collectionFields,
    filter: filterField.default({}),
    fields: names.optional().meta({
      title: 'Fields',
      description: 'Those to give, as {"status": 1}, or to leave out, as {"history": 0}. Empty: all.',
    }),
    sort: directions.optional().meta({ title: 'Order', description: 'Upwards by 1, downwards by -1: {"total": -1}.' }),
    skip: z.int().min(0).default(0).meta({ title: 'Leave out the first' }),
    limit: z.int().min(1).max(1000).default(100).meta({ title: 'At most this many documents' }),
    format: formatField,
  }),
  output: z.object({
    documents: z.array(documentSchema).meta({ title: 'Documents' }),
    hasMore: z.boolean().meta({ title: 'Whether there are more' }),
  }),
  options: collectionChoices,
  sampleInput: { collection: 'orders', filter: { status: 'paid' }, sort: { total: -1 }, skip: 0, limit: 100 },
  sampleOutput: { documents: [sampleDocument], hasMore: false },
  run: async (context) => {
    const { filter, fields, sort, skip, limit, format } = context.input
    return withCollection(context, context.input, async (collection) => {
      const found = await readAll(
        collection.find(toBson(filter), {
          ...(fields === undefined ? {} : { projection: fields }),
          ...(sort === undefined ? {} : { sort }),
          skip,
          // One more tells whether there are more.
          limit: limit + 1,
          batchSize: BATCH,
          maxTimeMS: OPERATION_TIMEOUT_MS,
        }),
      )
      const documents = found.slice(0, limit).map((document) => toJson(document, format))
      return { documents, hasMore: found.length > limit }
    })
  },
})

/** Reads one document by its ID. */
export const getDocument = action({
  name: 'Get a document',
  description: 'Reads one document by its ID.',
  input: z.strictObject({
    ...collectionFields,
    id: jsonValue.meta({
      title: 'ID',
      description: 'Text of 24 hexadecimal digits stands for an ObjectId too; others as they are, or as extended JSON.',
      examples: ['65a4f1c2d3e4f5a6b7c8d9e0'],
    }),
    format: formatField,
  }),
  output: z.object({
    document: documentSchema.nullable().meta({ title: 'Document', description: 'Null without one.' }),
  }),
  options: collectionChoices,
  sampleInput: { collection: 'orders', id: '65a4f1c2d3e4f5a6b7c8d9e0', format: 'plain' },
  sampleOutput: { document: sampleDocument },
  run: async (context) => {
    const { id, format } = context.input
    return withCollection(context, context.input, async (collection) => {
      const found = await collection.findOne(byId(id), { maxTimeMS: OPERATION_TIMEOUT_MS })
      return { document: found === null ? null : toJson(found, format) }
    })
  },
})

/** An ObjectId that earlier steps gave as text is found by that text, and so is a text that only looks like one. */
function byId(id: JsonValue): Document {
  const isHex = typeof id === 'string' && /^[0-9a-f]{24}$/i.test(id)
  return { _id: isHex ? { $in: [new ObjectId(id), id] } : { $eq: toBsonValue(id) } }
}

/** Counts documents. */
export const countDocuments = action({
  name: 'Count documents',
  description: 'Counts the documents of a collection that meet conditions.',
  input: z.strictObject({ ...collectionFields, filter: filterField.default({}) }),
  output: z.object({ count: z.int().meta({ title: 'Documents' }) }),
  options: collectionChoices,
  sampleInput: { collection: 'orders', filter: { status: 'paid' } },
  sampleOutput: { count: 7 },
  run: async (context) =>
    withCollection(context, context.input, async (collection) => ({
      count: await collection.countDocuments(toBson(context.input.filter), { maxTimeMS: OPERATION_TIMEOUT_MS }),
    })),
})
