import { action, z } from '@inlay/sdk/connector'
import { objectOptions } from '../describe.js'
import { objectField, objectPath, recordIdField } from '../record.js'
import { salesforce } from '../salesforce-api.js'

/** Deletes a record. */
export const deleteRecord = action({
  name: 'Delete a record',
  description: 'Moves a record to the recycle bin.',
  input: z.strictObject({ object: objectField, id: recordIdField }),
  output: z.object({}),
  sampleInput: { object: 'Account', id: '001000000000001AAA' },
  sampleOutput: {},
  scopes: ['api'],
  options: { object: objectOptions },
  run: async (context) => {
    const { object, id } = context.input
    await salesforce.call(context, { method: 'DELETE', url: objectPath(object, id) })
    return {}
  },
})
