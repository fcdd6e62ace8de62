import { action, z } from '@inlay/sdk/connector'
import { objectTypeOptions } from '../choices.js'
import { hubspot } from '../hubspot-api.js'
import { propertyOptions, recordOutputSchema, uniquePropertyOptions } from '../properties.js'
import { objectTypeField, recordIdField, recordPath, recordSchema, sampleRecord, wantedField } from '../record.js'

/** Reads a record. */
export const getRecord = action({
  name: 'Get a record',
  description: 'Reads one record by its id, or by another unique property.',
  input: z.strictObject({
    objectType: objectTypeField,
    id: recordIdField,
    idProperty: z
      .string()
      .optional()
      .meta({ title: 'Find by', description: 'When it is not the record id.', examples: ['email'] }),
    properties: wantedField,
  }),
  output: recordSchema,
  sampleInput: { objectType: 'contacts', id: '512', properties: ['email'] },
  sampleOutput: sampleRecord,
  options: { objectType: objectTypeOptions, idProperty: uniquePropertyOptions, properties: propertyOptions },
  outputSchema: recordOutputSchema,
  run: (context) => {
    const { objectType, id, idProperty, properties } = context.input
    return hubspot.call(context, {
      url: recordPath(objectType, id),
      query: { idProperty, properties: properties.length === 0 ? undefined : properties.join(',') },
      answer: recordSchema,
    })
  },
})
