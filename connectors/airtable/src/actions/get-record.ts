import { action, z } from '@inlay/sdk/connector'
import { airtable } from '../airtable-api.js'
import { baseOptions, recordField, recordSchema, sampleRecord, tableFields, tableOptions, tablePath } from '../table.js'

/** Reads a record. */
export const getRecord = action({
  name: 'Get a record',
  description: 'Reads one record by its id.',
  input: z.strictObject({
    ...tableFields,
    record: recordField,
  }),
  output: recordSchema,
  sampleInput: { base: 'appExampleBase01', table: 'Orders', record: 'recExample0000001' },
  sampleOutput: sampleRecord,
  scopes: ['data.records:read'],
  options: { base: baseOptions, table: tableOptions },
  run: (context) => {
    const url = `${tablePath(context.input)}/${encodeURIComponent(context.input.record)}`
    return airtable.call(context, { url, answer: recordSchema })
  },
})
