import { pollingTrigger, z } from '@inlay/sdk/connector'
import { changedRecords } from '../changed-records.js'
import { fieldOptions, objectOptions, recordOutputSchema } from '../describe.js'
import { objectField, recordSchema, sampleRecord, wantedField } from '../record.js'

/** Starts for each new record. */
export const newRecord = pollingTrigger({
  name: 'New record',
  description: 'Starts for each record of an object that is created. Asks Salesforce every few minutes.',
  input: z.strictObject({ object: objectField, fields: wantedField }),
  output: recordSchema,
  sampleOutput: sampleRecord,
  scopes: ['api'],
  options: { object: objectOptions, fields: fieldOptions },
  outputSchema: recordOutputSchema,
  poll: (context) => changedRecords(context, 'CreatedDate'),
})
