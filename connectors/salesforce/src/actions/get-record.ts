import { action, z } from '@inlay/sdk/connector'
import { fieldOptions, objectOptions, recordOutputSchema } from '../describe.js'
import { objectField, objectPath, recordIdField, recordSchema, sampleRecord, wantedField } from '../record.js'
import { salesforce } from '../salesforce-api.js'

/** Reads a record. */
export const getRecord = action({
  name: 'Get a record',
  description: 'Reads one record by its id.',
  input: z.strictObject({ object: objectField, id: recordIdField, fields: wantedField }),
  output: recordSchema,
  sampleInput: { object: 'Account', id: '001000000000001AAA', fields: ['Name', 'Industry'] },
  sampleOutput: sampleRecord,
  scopes: ['api'],
  options: { object: objectOptions, fields: fieldOptions },
  outputSchema: recordOutputSchema,
  run: (context) => {
    const { object, id, fields } = context.input
    const query = { fields: fields.length === 0 ? undefined : fields.join(',') }
    return salesforce.call(context, { url: objectPath(object, id), query, answer: recordSchema })
  },
})
