import { pollingTrigger, z } from '@inlay/sdk/connector'
import { changedRecords } from '../changed-records.js'
import { propertyOptions, recordOutputSchema } from '../properties.js'
import { objectTypeField, recordSchema, sampleRecord, wantedField } from '../record.js'

/** Starts for each new record. */
export const newRecord = pollingTrigger({
  name: 'New record',
  description: 'Starts for each contact, company, deal or ticket that is created. Asks HubSpot every few minutes.',
  input: z.strictObject({ objectType: objectTypeField, properties: wantedField }),
  output: recordSchema,
  sampleOutput: sampleRecord,
  options: { properties: propertyOptions },
  outputSchema: recordOutputSchema,
  poll: (context) =>
    changedRecords(context, {
      property: 'createdate',
      idOf: ({ id }) => id,
      timeOf: ({ createdAt }) => createdAt,
    }),
})
