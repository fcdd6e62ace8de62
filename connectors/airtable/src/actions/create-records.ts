import { action, z } from '@inlay/sdk/connector'
import { airtable } from '../airtable-api.js'
import { baseOptions, fieldsField, recordSchema, sampleRecord, tableFields, tableOptions, tablePath } from '../table.js'

/** Airtable takes so many records in one request. */
const BATCH = 10

/** Makes many records. */
export const createRecords = action({
  name: 'Create many records',
  description: 'Adds up to 500 records to a table, ten in a request.',
  input: z.strictObject({
    ...tableFields,
    records: z
      .array(fieldsField)
      .min(1)
      .max(500)
      .meta({ title: 'Records', examples: [[{ Name: 'Red shoes' }, { Name: 'Blue shoes' }]] }),
    typecast: z.boolean().default(false).meta({ title: 'Convert values' }),
  }),
  output: z.object({ records: z.array(recordSchema).meta({ title: 'Records' }) }),
  sampleInput: { base: 'appExampleBase01', table: 'Orders', records: [{ Name: 'Red shoes' }] },
  sampleOutput: { records: [sampleRecord] },
  scopes: ['data.records:write'],
  options: { base: baseOptions, table: tableOptions },
  // Repeated after a crash, it would add what was added already.
  delivery: 'at-most-once',
  run: async (context) => {
    const { records, typecast } = context.input
    const made: z.output<typeof recordSchema>[] = []
    const answer = z.object({ records: z.array(recordSchema) })
    try {
      for (let start = 0; start < records.length; start += BATCH) {
        const json = { records: records.slice(start, start + BATCH).map((fields) => ({ fields })), typecast }
        const written = await airtable.call(context, { method: 'POST', url: tablePath(context.input), json, answer })
        made.push(...written.records)
      }
    } catch (error) {
      if (made.length > 0) context.log.warn(`The first ${made.length} records were made before it failed.`)
      throw error
    }
    return { records: made }
  },
})
