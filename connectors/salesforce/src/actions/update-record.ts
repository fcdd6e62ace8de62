import { action, z } from '@inlay/sdk/connector'
import { objectOptions, updateSchema } from '../describe.js'
import { objectField, objectPath, recordIdField, valuesField } from '../record.js'
import { salesforce } from '../salesforce-api.js'

/** Changes a record. */
export const updateRecord = action({
  name: 'Update a record',
  description: 'Changes the fields that are named, and leaves the others.',
  input: z.strictObject({ object: objectField, id: recordIdField, fields: valuesField }),
  output: z.object({ id: z.string().meta({ title: 'Record id' }) }),
  sampleInput: { object: 'Account', id: '001000000000001AAA', fields: { Industry: 'Energy' } },
  sampleOutput: { id: '001000000000001AAA' },
  scopes: ['api'],
  options: { object: objectOptions },
  schemas: { fields: updateSchema },
  run: async (context) => {
    const { object, id, fields } = context.input
    await salesforce.call(context, { method: 'PATCH', url: objectPath(object, id), json: fields })
    return { id }
  },
})
