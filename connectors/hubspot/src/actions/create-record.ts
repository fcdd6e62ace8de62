import { action, z } from '@inlay/sdk/connector'
import { objectTypeOptions } from '../choices.js'
import { hubspot } from '../hubspot-api.js'
import { propertiesSchema, recordOutputSchema } from '../properties.js'
import { objectTypeField, propertiesField, recordPath, recordSchema, sampleRecord, toProperties } from '../record.js'

/** Creates a record. */
export const createRecord = action({
  name: 'Create a record',
  description: 'Creates a contact, company, deal, ticket or record of a custom object.',
  input: z.strictObject({ objectType: objectTypeField, properties: propertiesField }),
  output: recordSchema,
  sampleInput: { objectType: 'contacts', properties: { email: 'kim@acme.example', firstname: 'Kim' } },
  sampleOutput: sampleRecord,
  options: { objectType: objectTypeOptions },
  schemas: { properties: propertiesSchema },
  outputSchema: recordOutputSchema,
  // HubSpot knows no idempotency key: repeating after a crash would create a second record.
  delivery: 'at-most-once',
  run: (context) => {
    const { objectType, properties } = context.input
    const json = { properties: toProperties(properties) }
    return hubspot.call(context, { method: 'POST', url: recordPath(objectType), json, answer: recordSchema })
  },
})
