import { action, z } from '@inlay/sdk/connector'
import { airtable } from '../airtable-api.js'
import { baseOptions, recordField, tableFields, tableOptions, tablePath } from '../table.js'

/** Deletes a record. */
export const deleteRecord = action({
  name: 'Delete a record',
  description: 'Takes a record out of a table.',
  input: z.strictObject({
    ...tableFields,
    record: recordField,
  }),
  output: z.object({ id: z.string().meta({ title: 'Id' }), deleted: z.boolean().meta({ title: 'Is deleted' }) }),
  sampleInput: { base: 'appExampleBase01', table: 'Orders', record: 'recExample0000001' },
  sampleOutput: { id: 'recExample0000001', deleted: true },
  scopes: ['data.records:write'],
  options: { base: baseOptions, table: tableOptions },
  run: (context) => {
    const url = `${tablePath(context.input)}/${encodeURIComponent(context.input.record)}`
    return airtable.call(context, {
      method: 'DELETE',
      url,
      answer: z.object({ id: z.string(), deleted: z.boolean() }),
    })
  },
})
