import { action, StepError, z } from '@inlay/sdk/connector'
import { objectTypeOptions } from '../choices.js'
import { hubspot } from '../hubspot-api.js'
import { propertiesSchema, recordOutputSchema, uniquePropertyOptions } from '../properties.js'
import { objectTypeField, propertiesField, recordPath, recordSchema, sampleRecord, toProperties } from '../record.js'

const upserted = recordSchema.extend({
  new: z.boolean().nullish().meta({ title: 'Is new', description: 'Whether it was created just now.' }),
})
const answer = z.object({
  results: z.array(upserted).default([]),
  errors: z.array(z.object({ message: z.string() })).default([]),
})

/** Creates a record, or changes the one that has the value already. */
export const upsertRecord = action({
  name: 'Create or update a record',
  description: 'Changes the record with this value of a unique property, such as the e-mail, or creates it.',
  input: z.strictObject({
    objectType: objectTypeField,
    idProperty: z
      .string()
      .min(1)
      .meta({ title: 'Find by', description: 'A property without double values.', examples: ['email'] }),
    id: z
      .string()
      .min(1)
      .meta({ title: 'Value to find', examples: ['kim@acme.example'] }),
    properties: propertiesField,
  }),
  output: upserted,
  sampleInput: {
    objectType: 'contacts',
    idProperty: 'email',
    id: 'kim@acme.example',
    properties: { firstname: 'Kim' },
  },
  sampleOutput: { ...sampleRecord, new: true },
  options: { objectType: objectTypeOptions, idProperty: uniquePropertyOptions },
  schemas: { properties: propertiesSchema },
  outputSchema: recordOutputSchema,
  run: async (context) => {
    const { objectType, idProperty, id, properties } = context.input
    const { results, errors } = await hubspot.call(context, {
      method: 'POST',
      url: `${recordPath(objectType)}/batch/upsert`,
      json: { inputs: [{ idProperty, id, properties: toProperties({ ...properties, [idProperty]: id }) }] },
      answer,
    })
    const [record] = results
    if (record !== undefined) return record
    // A batch is answered with success even when its only record was refused.
    throw new StepError('rejected', 'HubSpot refused the record', {
      detail: errors.map(({ message }) => message).join(' ') || 'It did not say why.',
    })
  },
})
