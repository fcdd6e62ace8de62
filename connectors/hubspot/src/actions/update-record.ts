import { action, z } from '@inlay/sdk/connector'
import { objectTypeOptions } from '../choices.js'
import { hubspot } from '../hubspot-api.js'
import { propertiesSchema, recordOutputSchema } from '../properties.js'
import {
  objectTypeField,
  propertiesField,
  recordIdField,
  recordPath,
  recordSchema,
  sampleRecord,
  toProperties,
} from '../record.js'

/** Changes a record. */
export const updateRecord = action({
  name: 'Update a record',
  description: 'Changes the properties that are named, and leaves the others.',
  input: z.strictObject({ objectType: objectTypeField, id: recordIdField, properties: propertiesField }),
  output: recordSchema,
  sampleInput: { objectType: 'contacts', id: '512', properties: { firstname: 'Kim' } },
  sampleOutput: sampleRecord,
  options: { objectType: objectTypeOptions },
  schemas: { properties: propertiesSchema },
  outputSchema: recordOutputSchema,
  run: (context) => {
    const { objectType, id, properties } = context.input
    const json = { properties: toProperties(properties) }
    return hubspot.call(context, { method: 'PATCH', url: recordPath(objectType, id), json, answer: recordSchema })
  },
})
