import { action, type JsonObject, StepError, z } from '@inlay/sdk/connector'
import { collectionChoices, collectionFields, conditionField, withCollection } from '../collection.js'
import { extendedJson, toBson, toText } from '../document.js'
import { refuseCode } from '../server-code.js'
import { OPERATION_TIMEOUT_MS } from '../session.js'

const upsert = z.boolean().default(false).meta({
  title: 'Add it when none is found',
  description: 'Makes a document of the conditions and the new values (upsert).',
})
const changed = z.object({
  matched: z.int().meta({ title: 'Documents found' }),
  changed: z.int().meta({ title: 'Documents that changed' }),
  insertedId: z.string().nullable().meta({ title: 'ID of the new document', description: 'Null when none was added.' }),
})
const sampleChange = { matched: 1, changed: 1, insertedId: null }

/** Changes documents by operators. */
export const updateDocuments = action({
  name: 'Update documents',
  description: 'Changes fields of documents that meet conditions.',
  input: z.strictObject({
    ...collectionFields,
    filter: conditionField,
    update: extendedJson.meta({
      title: 'Changes',
      description: 'By operators, as {"$set": {"status": "sent"}, "$inc": {"tries": 1}}.',
    }),
    which: z.enum(['first', 'all']).default('first').meta({
      title: 'Which documents',
      description: 'The first that is found, or all of them.',
    }),
    upsert,
  }),
  output: changed,
  options: collectionChoices,
  sampleInput: {
    collection: 'orders',
    filter: { number: 'A-7' },
    update: { $set: { status: 'sent' } },
    which: 'first',
    upsert: false,
  },
  sampleOutput: sampleChange,
  // Operators such as $inc and $push do more each time.
  delivery: 'at-most-once',
  run: async (context) => {
    const { filter, update, which, upsert: isUpsert } = context.input
    demandOperators(update)
    return withCollection(context, context.input, async (collection) => {
      const options = { upsert: isUpsert, maxTimeMS: OPERATION_TIMEOUT_MS }
      const [condition, change] = [toBson(filter), toBson(update)]
      const result = await (which === 'all'
        ? collection.updateMany(condition, change, options)
        : collection.updateOne(condition, change, options))
      return changeOf(result)
    })
  },
})

function demandOperators(update: JsonObject): void {
  refuseCode(update)
  const names = Object.keys(update)
  if (names.length > 0 && names.every((name) => name.startsWith('$'))) return
  throw new StepError('rejected', 'The changes are no operators', {
    detail: 'Write {"$set": {"status": "sent"}}; to put another document in its place use "Replace a document".',
  })
}

/** Puts a document in the place of another. */
export const replaceDocument = action({
  name: 'Replace a document',
  description: 'Puts a document in the place of the first that meets conditions; its ID stays.',
  input: z.strictObject({
    ...collectionFields,
    filter: conditionField,
    document: extendedJson.meta({ title: 'New document', description: 'All of its fields, without _id.' }),
    upsert,
  }),
  output: changed,
  options: collectionChoices,
  sampleInput: {
    collection: 'orders',
    filter: { number: 'A-7' },
    document: { number: 'A-7', status: 'sent' },
    upsert: true,
  },
  sampleOutput: sampleChange,
  run: async (context) => {
    const { filter, document, upsert: isUpsert } = context.input
    return withCollection(context, context.input, async (collection) => {
      const options = { upsert: isUpsert, maxTimeMS: OPERATION_TIMEOUT_MS }
      return changeOf(await collection.replaceOne(toBson(filter), toBson(document), options))
    })
  },
})

/** Deletes documents. */
export const deleteDocuments = action({
  name: 'Delete documents',
  description: 'Deletes documents that meet conditions.',
  input: z.strictObject({
    ...collectionFields,
    filter: conditionField,
    which: z.enum(['first', 'all']).default('first').meta({
      title: 'Which documents',
      description: 'The first that is found, or all of them.',
    }),
  }),
  output: z.object({ count: z.int().meta({ title: 'Documents deleted' }) }),
  options: collectionChoices,
  sampleInput: { collection: 'orders', filter: { status: 'draft' }, which: 'all' },
  sampleOutput: { count: 3 },
  // Repeated, "the first" would be another one.
  delivery: 'at-most-once',
  run: async (context) => {
    const { filter, which } = context.input
    return withCollection(context, context.input, async (collection) => {
      const options = { maxTimeMS: OPERATION_TIMEOUT_MS }
      const condition = toBson(filter)
      const { deletedCount } = await (which === 'all'
        ? collection.deleteMany(condition, options)
        : collection.deleteOne(condition, options))
      return { count: deletedCount }
    })
  },
})

interface Changes {
  readonly matchedCount: number
  readonly modifiedCount: number
  readonly upsertedId: unknown
}

function changeOf({ matchedCount, modifiedCount, upsertedId }: Changes): z.infer<typeof changed> {
  const isNone = upsertedId === null || upsertedId === undefined
  return { matched: matchedCount, changed: modifiedCount, insertedId: isNone ? null : toText(upsertedId) }
}
