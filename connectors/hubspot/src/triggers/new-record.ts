import { pollingTrigger, z } from '@inlay/sdk/connector'
import { changedRecords } from '../changed-records.js'
import { objectTypeOptions } from '../choices.js'
import { propertyOptions, recordOutputSchema } from '../properties.js'
import { isUsualType, objectTypeField, recordSchema, sampleRecord, wantedField } from '../record.js'

/** Starts for each new record. */
export const newRecord = pollingTrigger({
  name: 'New record',
  description: 'Starts for each record that is created. Asks HubSpot every few minutes.',
  input: z.strictObject({ objectType: objectTypeField, properties: wantedField }),
  output: recordSchema,
  sampleOutput: sampleRecord,
  options: { objectType: objectTypeOptions, properties: propertyOptions },
  outputSchema: recordOutputSchema,
  poll: (context) =>
    changedRecords(context, {
      // Custom objects have a name of their own for it.
      property: isUsualType(context.input.objectType) ? 'createdate' : 'hs_createdate',
      idOf: ({ id }) => id,
      timeOf: ({ createdAt }) => createdAt,
    }),
})
