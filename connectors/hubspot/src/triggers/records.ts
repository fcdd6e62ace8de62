import { type PollContext, pollingTrigger, z } from '@inlay/sdk/connector'
import { changedRecords } from '../changed-records.js'
import { objectTypeOptions } from '../choices.js'
import { propertyOptions, recordOutputSchema } from '../properties.js'
import { isUsualType, objectTypeField, recordSchema, sampleRecord, wantedField } from '../record.js'

const input = z.strictObject({ objectType: objectTypeField, properties: wantedField })

/** Starts for each new record. */
export const newRecord = recordTrigger({
  name: 'New record',
  description: 'Starts for each record that is created. Asks HubSpot every few minutes.',
  poll: (context) =>
    changedRecords(context, {
      // Custom objects have a name of their own for it.
      property: isUsualType(context.input.objectType) ? 'createdate' : 'hs_createdate',
      idOf: ({ id }) => id,
      timeOf: ({ createdAt }) => createdAt,
    }),
})

/** Starts for each record that is created or changed. */
export const recordUpdated = recordTrigger({
  name: 'Record created or updated',
  description: 'Starts each time that a record is created or changed. Asks HubSpot every few minutes.',
  poll: (context) =>
    changedRecords(context, {
      // Contacts alone have a name of their own for it.
      property: context.input.objectType === 'contacts' ? 'lastmodifieddate' : 'hs_lastmodifieddate',
      idOf: ({ id, updatedAt }) => `${id}:${updatedAt}`,
      timeOf: ({ updatedAt }) => updatedAt,
    }),
})

interface RecordTrigger {
  readonly name: string
  readonly description: string
  poll(context: PollContext<z.output<typeof input>>): ReturnType<typeof changedRecords>
}

function recordTrigger(own: RecordTrigger) {
  return pollingTrigger({
    ...own,
    input,
    output: recordSchema,
    sampleOutput: sampleRecord,
    options: { objectType: objectTypeOptions, properties: propertyOptions },
    outputSchema: recordOutputSchema,
  })
}
