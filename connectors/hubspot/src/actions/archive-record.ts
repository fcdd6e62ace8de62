import { action, z } from '@inlay/sdk/connector'
import { objectTypeOptions } from '../choices.js'
import { hubspot } from '../hubspot-api.js'
import { objectTypeField, recordIdField, recordPath } from '../record.js'

/** Moves a record to the recycling bin. */
export const archiveRecord = action({
  name: 'Archive a record',
  description: 'Moves a record to the recycling bin, from where it can be restored for 90 days.',
  input: z.strictObject({ objectType: objectTypeField, id: recordIdField }),
  output: z.object({}),
  sampleInput: { objectType: 'contacts', id: '512' },
  sampleOutput: {},
  options: { objectType: objectTypeOptions },
  run: async (context) => {
    const { objectType, id } = context.input
    await hubspot.call(context, { method: 'DELETE', url: recordPath(objectType, id) })
    return {}
  },
})
