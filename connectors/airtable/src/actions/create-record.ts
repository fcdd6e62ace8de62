import { action, z } from '@inlay/sdk/connector'
import { airtable } from '../airtable-api.js'
import {
  baseOptions,
  fieldsField,
  recordFieldsSchema,
  recordSchema,
  sampleRecord,
  tableFields,
  tableOptions,
  tablePath,
} from '../table.js'

/** Makes a record. */
export const createRecord = action({
  name: 'Create a record',
  description: 'Adds a record to a table.',
  input: z.strictObject({
    ...tableFields,
    fields: fieldsField,
    typecast: z.boolean().default(false).meta({
      title: 'Convert values',
      description: 'Airtable makes of texts what the field needs, and adds choices that are not there.',
    }),
  }),
  output: recordSchema,
  sampleInput: { base: 'appExampleBase01', table: 'Orders', fields: { Name: 'Red shoes' } },
  sampleOutput: sampleRecord,
  scopes: ['data.records:write'],
  options: { base: baseOptions, table: tableOptions },
  schemas: { fields: recordFieldsSchema },
  delivery: 'at-most-once',
  run: (context) => {
    const { fields, typecast } = context.input
    const json = { fields, typecast }
    return airtable.call(context, { method: 'POST', url: tablePath(context.input), json, answer: recordSchema })
  },
})
