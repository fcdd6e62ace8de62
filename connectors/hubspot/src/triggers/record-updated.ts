import { pollingTrigger, z } from '@inlay/sdk/connector'
import { changedRecords } from '../changed-records.js'
import { objectTypeOptions } from '../choices.js'
import { propertyOptions, recordOutputSchema } from '../properties.js'
import { objectTypeField, recordSchema, sampleRecord, wantedField } from '../record.js'

/** Starts for each record that is created or changed. */
export const recordUpdated = pollingTrigger({
  name: 'Record created or updated',
  description: 'Starts each time that a record is created or changed. Asks HubSpot every few minutes.',
  input: z.strictObject({ objectType: objectTypeField, properties: wantedField }),
  output: recordSchema,
  sampleOutput: sampleRecord,
  options: { objectType: objectTypeOptions, properties: propertyOptions },
  outputSchema: recordOutputSchema,
  poll: (context) =>
    changedRecords(context, {
      // Contacts alone have a name of their own for it.
      property: context.input.objectType === 'contacts' ? 'lastmodifieddate' : 'hs_lastmodifieddate',
      idOf: ({ id, updatedAt }) => `${id}:${updatedAt}`,
      timeOf: ({ updatedAt }) => updatedAt,
    }),
})
