import { action, collectPages, z } from '@inlay/sdk/connector'
import { airtable } from '../airtable-api.js'
import {
  baseOptions,
  fieldOptions,
  recordSchema,
  sampleRecord,
  tableFields,
  tableOptions,
  tablePath,
  viewOptions,
} from '../table.js'

const page = z.object({ records: z.array(recordSchema), offset: z.string().optional() })

/** Finds records. */
export const listRecords = action({
  name: 'Find records',
  description: 'Lists the records of a table or view, or those that a formula chooses.',
  input: z.strictObject({
    ...tableFields,
    formula: z
      .string()
      .optional()
      .meta({
        title: 'Formula',
        description: 'Chooses the records for which it is true.',
        examples: ["{Status} = 'open'"],
      }),
    view: z.string().optional().meta({ title: 'View' }),
    sortBy: z.string().optional().meta({ title: 'Sort by' }),
    descending: z.boolean().default(false).meta({ title: 'Largest first' }),
    limit: z.coerce.number().int().min(1).max(1000).default(100).meta({ title: 'At most' }),
  }),
  output: z.object({
    records: z.array(recordSchema).meta({ title: 'Records' }),
    count: z.number().meta({ title: 'How many' }),
  }),
  sampleInput: { base: 'appExampleBase01', table: 'Orders', formula: "{Status} = 'open'" },
  sampleOutput: { records: [sampleRecord], count: 1 },
  scopes: ['data.records:read'],
  options: { base: baseOptions, table: tableOptions, sortBy: fieldOptions, view: viewOptions },
  run: async (context) => {
    const { formula, view, sortBy, descending, limit } = context.input
    const read = async (offset: string) => {
      const { records, offset: next } = await airtable.call(context, {
        url: tablePath(context.input),
        query: {
          pageSize: Math.min(100, limit),
          filterByFormula: formula,
          view,
          'sort[0][field]': sortBy,
          'sort[0][direction]': sortBy === undefined ? undefined : descending ? 'desc' : 'asc',
          offset: offset === '' ? undefined : offset,
        },
        answer: page,
      })
      return { items: records, next }
    }
    const records = await collectPages(read, '', { maxItems: limit })
    return { records, count: records.length }
  },
})
