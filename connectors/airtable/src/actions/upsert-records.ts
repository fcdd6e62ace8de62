import { action, z } from '@inlay/sdk/connector'
import { airtable } from '../airtable-api.js'
import {
  baseOptions,
  fieldOptions,
  fieldsField,
  recordSchema,
  sampleRecord,
  tableFields,
  tableOptions,
  tablePath,
} from '../table.js'

/** What Airtable takes at once. */
const BATCH = 10

const answer = z.object({
  records: z.array(recordSchema),
  createdRecords: z.array(z.string()),
  updatedRecords: z.array(z.string()),
})

/** Makes or changes records. */
export const upsertRecords = action({
  name: 'Create or change records',
  description: 'Changes the records whose key fields are the same, and adds the others. Repeating it changes nothing.',
  input: z.strictObject({
    ...tableFields,
    keys: z
      .array(z.string())
      .min(1)
      .max(3)
      .meta({ title: 'Key fields', description: 'By which records are recognised.', examples: [['Order']] }),
    records: z
      .array(fieldsField)
      .min(1)
      .max(1000)
      .meta({ title: 'Records', examples: [[{ Order: 'A-1', Price: 42 }]] }),
    typecast: z.boolean().default(false).meta({ title: 'Convert values' }),
  }),
  output: z.object({
    records: z.array(recordSchema).meta({ title: 'Records' }),
    created: z.array(z.string()).meta({ title: 'Ids of new records' }),
    updated: z.array(z.string()).meta({ title: 'Ids of changed records' }),
  }),
  sampleInput: {
    base: 'appExampleBase01',
    table: 'Orders',
    keys: ['Name'],
    records: [{ Name: 'Red shoes', Price: 42 }],
  },
  sampleOutput: { records: [sampleRecord], created: ['recExample0000001'], updated: [] },
  scopes: ['data.records:write'],
  options: { base: baseOptions, table: tableOptions, keys: fieldOptions },
  run: async (context) => {
    const { keys, records, typecast } = context.input
    const done = { records: [] as z.infer<typeof recordSchema>[], created: [] as string[], updated: [] as string[] }
    for (let from = 0; from < records.length; from += BATCH) {
      const given = await airtable.call(context, {
        method: 'PATCH',
        url: tablePath(context.input),
        json: {
          performUpsert: { fieldsToMergeOn: keys },
          records: records.slice(from, from + BATCH).map((fields) => ({ fields })),
          typecast,
        },
        answer,
      })
      done.records.push(...given.records)
      done.created.push(...given.createdRecords)
      done.updated.push(...given.updatedRecords)
    }
    return done
  },
})
