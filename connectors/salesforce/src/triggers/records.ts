import { pollingTrigger, z } from '@inlay/sdk/connector'
import { changedRecords } from '../changed-records.js'
import { fieldOptions, objectOptions, recordOutputSchema } from '../describe.js'
import { objectField, recordSchema, sampleRecord, wantedField } from '../record.js'

/** Starts for each new record. */
export const newRecord = recordTrigger('CreatedDate', {
  name: 'New record',
  description: 'Starts for each record of an object that is created. Asks Salesforce every few minutes.',
})

/** Starts for each record that is created or changed. */
export const recordUpdated = recordTrigger('SystemModstamp', {
  name: 'Record created or updated',
  description: 'Starts each time that a record of an object is created or changed. Asks Salesforce every few minutes.',
})

function recordTrigger(
  by: Parameters<typeof changedRecords>[1],
  described: { readonly name: string; readonly description: string },
) {
  return pollingTrigger({
    ...described,
    input: z.strictObject({ object: objectField, fields: wantedField }),
    output: recordSchema,
    sampleOutput: sampleRecord,
    scopes: ['api'],
    options: { object: objectOptions, fields: fieldOptions },
    outputSchema: recordOutputSchema,
    poll: (context) => changedRecords(context, by),
  })
}
