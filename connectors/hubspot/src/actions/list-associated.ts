import { action, collectPages, z } from '@inlay/sdk/connector'
import { objectTypeOptions } from '../choices.js'
import { hubspot } from '../hubspot-api.js'
import { objectTypeField, recordIdField } from '../record.js'

const PAGE_SIZE = 500

const associated = z.object({
  toObjectId: z.coerce.string().meta({ title: 'Record id' }),
  associationTypes: z
    .array(
      z.object({
        category: z.string().meta({ title: 'Category' }),
        typeId: z.number().meta({ title: 'Type' }),
        label: z.string().nullish().meta({ title: 'Label' }),
      }),
    )
    .meta({ title: 'Kinds of connection' }),
})
const page = z.object({
  results: z.array(associated),
  paging: z.object({ next: z.object({ after: z.string() }).nullish() }).nullish(),
})

/** Lists the records that a record is connected with. */
export const listAssociated = action({
  name: 'List associated records',
  description: 'Lists the ids of the records that a record is connected with, such as the contacts of a company.',
  input: z.strictObject({
    objectType: objectTypeField,
    id: recordIdField,
    toType: objectTypeField.meta({ title: 'Kind of the other records', examples: ['companies'] }),
    limit: z.coerce.number().int().min(1).max(5000).default(500).meta({ title: 'At most' }),
  }),
  output: z.object({ records: z.array(associated).meta({ title: 'Records' }) }),
  sampleInput: { objectType: 'companies', id: '781', toType: 'contacts' },
  sampleOutput: {
    records: [{ toObjectId: '512', associationTypes: [{ category: 'HUBSPOT_DEFINED', typeId: 280, label: null }] }],
  },
  options: { objectType: objectTypeOptions, toType: objectTypeOptions },
  run: async (context) => {
    const { objectType, id, toType, limit } = context.input
    const url = `/crm/v4/objects/${objectType}/${encodeURIComponent(id)}/associations/${toType}`
    const read = async (after: string) => {
      const query = { limit: Math.min(limit, PAGE_SIZE), after: after === '' ? undefined : after }
      const { results, paging } = await hubspot.call(context, { url, query, answer: page })
      return { items: results, next: paging?.next?.after }
    }
    return { records: await collectPages(read, '', { maxItems: limit }) }
  },
})
