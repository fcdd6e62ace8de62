import { action, z } from '@inlay/sdk/connector'
import { objectTypeOptions } from '../choices.js'
import { hubspot } from '../hubspot-api.js'
import { objectTypeField, recordIdField } from '../record.js'

/** Connects two records. */
export const associateRecords = action({
  name: 'Associate records',
  description: 'Connects two records, such as a contact with a company, in the usual way.',
  input: z.strictObject({
    fromType: objectTypeField,
    fromId: recordIdField,
    toType: objectTypeField.meta({ title: 'Kind of the other record', examples: ['companies'] }),
    toId: recordIdField.meta({ title: 'Id of the other record', examples: ['781'] }),
  }),
  output: z.object({}),
  sampleInput: { fromType: 'contacts', fromId: '512', toType: 'companies', toId: '781' },
  sampleOutput: {},
  options: { fromType: objectTypeOptions, toType: objectTypeOptions },
  run: async (context) => {
    const { fromType, fromId, toType, toId } = context.input
    const from = `/crm/v4/objects/${fromType}/${encodeURIComponent(fromId)}`
    const url = `${from}/associations/default/${toType}/${encodeURIComponent(toId)}`
    await hubspot.call(context, { method: 'PUT', url })
    return {}
  },
})
