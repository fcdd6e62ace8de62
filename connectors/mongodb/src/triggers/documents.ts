import { pollingTrigger, StepError, z } from '@inlay/sdk/connector'
import { collectionChoices, collectionFields, filterField, withCollection } from '../collection.js'
import { documentSchema, formatField, toBson, toText } from '../document.js'
import { follow, idText, valueAt } from '../follow.js'

const sampleOutput = { _id: '65a4f1c2d3e4f5a6b7c8d9e0', status: 'paid', updatedAt: '2026-01-02T03:04:05.000Z' }
const filter = filterField.default({})

/** Starts for each document that is added. */
export const newDocument = pollingTrigger({
  name: 'New document',
  description: 'Starts for each document that is added to a collection, told by its ID or another field that grows.',
  input: z.strictObject({
    ...collectionFields,
    field: z.string().min(1).default('_id').meta({
      title: 'Increasing field',
      description: 'ObjectIds, dates, or numbers or texts that only grow. It should have an index, as _id has.',
    }),
    filter,
    format: formatField,
  }),
  output: documentSchema,
  options: collectionChoices,
  sampleOutput,
  poll: (context) =>
    withCollection(context, context.input, (collection) => {
      const { field, filter: condition, format } = context.input
      const idOf = ({ _id }: { readonly _id?: unknown }): string => idText(_id)
      return follow(collection, context, { field, filter: toBson(condition), format, idOf })
    }),
})

/** Starts for each document that is added or changed, told by a date in it. */
export const updatedDocument = pollingTrigger({
  name: 'New or updated document',
  description: 'Starts when the date in a field of a document is later than before: each change starts once.',
  input: z.strictObject({
    ...collectionFields,
    field: z
      .string()
      .min(1)
      .default('updatedAt')
      .meta({ title: 'Date field', description: 'Set at each change to the time of it. It should have an index.' }),
    filter,
    format: formatField,
  }),
  output: documentSchema,
  options: collectionChoices,
  sampleOutput,
  poll: (context) =>
    withCollection(context, context.input, (collection) => {
      const { field, filter: condition, format } = context.input
      // Missing or of another type: such documents cannot be put in order with the others.
      const dated = { $and: [toBson(condition), { [field]: { $type: 'date' } }] }
      const idOf = (document: { readonly _id?: unknown }): string => {
        const changedAt = valueAt(document, field)
        if (changedAt instanceof Date) return `${idText(document._id)}:${changedAt.getTime()}`
        throw new StepError('rejected', `The field ${field} of the document ${toText(document._id)} is no date`)
      }
      return follow(collection, context, { field, filter: dated, format, idOf })
    }),
})
