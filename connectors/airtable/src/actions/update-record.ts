import { action, z } from '@inlay/sdk/connector'
import { airtable } from '../airtable-api.js'
import {
  baseOptions,
  fieldsField,
  recordField,
  recordFieldsSchema,
  recordSchema,
  sampleRecord,
  tableFields,
  tableOptions,
  tablePath,
} from '../table.js'

/** Changes a record. */
export const updateRecord = action({
  name: 'Change a record',
  description: 'Changes fields of a record; those that are not named stay.',
  input: z.strictObject({
    ...tableFields,
    record: recordField,
    fields: fieldsField,
    typecast: z.boolean().default(false).meta({ title: 'Convert values' }),
  }),
  output: recordSchema,
  sampleInput: { base: 'appExampleBase01', table: 'Orders', record: 'recExample0000001', fields: { Price: 42 } },
  sampleOutput: sampleRecord,
  scopes: ['data.records:write'],
  options: { base: baseOptions, table: tableOptions },
  schemas: { fields: recordFieldsSchema },
  run: (context) => {
    const { record, fields, typecast } = context.input
    const url = `${tablePath(context.input)}/${encodeURIComponent(record)}`
    return airtable.call(context, { method: 'PATCH', url, json: { fields, typecast }, answer: recordSchema })
  },
})
