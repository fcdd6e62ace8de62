import { action, collectPages, z } from '@inlay/sdk/connector'
import { objectTypeOptions } from '../choices.js'
import { hubspot } from '../hubspot-api.js'
import { propertyOptions } from '../properties.js'
import { objectTypeField, recordPage, recordPath, recordSchema, sampleRecord, wantedField } from '../record.js'

const OPERATORS = [
  'EQ',
  'NEQ',
  'LT',
  'LTE',
  'GT',
  'GTE',
  'BETWEEN',
  'IN',
  'NOT_IN',
  'CONTAINS_TOKEN',
  'NOT_CONTAINS_TOKEN',
] as const
const PAGE_SIZE = 200

const filter = z.strictObject({
  property: z
    .string()
    .min(1)
    .meta({ title: 'Property', examples: ['lifecyclestage'] }),
  operator: z
    .enum([...OPERATORS, 'HAS_PROPERTY', 'NOT_HAS_PROPERTY'])
    .default('EQ')
    .meta({ title: 'Comparison' }),
  value: z
    .string()
    .optional()
    .meta({ title: 'Value', examples: ['customer'] }),
  highValue: z.string().optional().meta({ title: 'Highest value', description: 'For BETWEEN.' }),
  values: z.array(z.string()).optional().meta({ title: 'Values', description: 'For IN and NOT_IN.' }),
})

/** Searches records. */
export const searchRecords = action({
  name: 'Search records',
  description: 'Finds records by text and properties, over as many pages as it takes.',
  input: z.strictObject({
    objectType: objectTypeField,
    query: z.string().max(3000).optional().meta({ title: 'Text', description: 'In the usual properties.' }),
    filters: z.array(filter).max(6).default([]).meta({ title: 'Conditions', description: 'All must hold.' }),
    sortBy: z
      .string()
      .optional()
      .meta({ title: 'Sort by', examples: ['createdate'] }),
    direction: z.enum(['ASCENDING', 'DESCENDING']).default('DESCENDING').meta({ title: 'Direction' }),
    properties: wantedField,
    limit: z.coerce.number().int().min(1).max(1000).default(100).meta({ title: 'At most' }),
  }),
  output: z.object({
    total: z.number().meta({ title: 'Number found' }),
    records: z.array(recordSchema).meta({ title: 'Records' }),
  }),
  sampleInput: {
    objectType: 'contacts',
    filters: [{ property: 'lifecyclestage', operator: 'EQ', value: 'customer' }],
  },
  sampleOutput: { total: 1, records: [sampleRecord] },
  options: { objectType: objectTypeOptions, sortBy: propertyOptions, properties: propertyOptions },
  run: async (context) => {
    const { objectType, query, filters, sortBy, direction, properties, limit } = context.input
    let total = 0
    const read = async (after: string) => {
      const found = await hubspot.call(context, {
        method: 'POST',
        url: `${recordPath(objectType)}/search`,
        json: {
          query,
          filterGroups: filters.length === 0 ? [] : [{ filters: filters.map(toFilter) }],
          sorts: sortBy === undefined ? [] : [{ propertyName: sortBy, direction }],
          properties: properties.length === 0 ? undefined : properties,
          limit: Math.min(limit, PAGE_SIZE),
          after: after === '' ? undefined : after,
        },
        answer: recordPage,
      })
      total = found.total ?? total
      return { items: found.results, next: found.paging?.next?.after }
    }
    const records = await collectPages(read, '', { maxItems: limit })
    return { total, records }
  },
})

function toFilter({ property, operator, value, highValue, values }: z.output<typeof filter>) {
  return { propertyName: property, operator, value, highValue, values }
}
