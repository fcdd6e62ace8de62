import { action, z } from '@inlay/sdk/connector'
import { createSchema, objectOptions } from '../describe.js'
import { objectField, objectPath, savedSchema, valuesField } from '../record.js'
import { salesforce } from '../salesforce-api.js'

/** Creates a record. */
export const createRecord = action({
  name: 'Create a record',
  description: 'Creates a record of any object, custom ones too.',
  input: z.strictObject({ object: objectField, fields: valuesField }),
  output: savedSchema,
  sampleInput: { object: 'Account', fields: { Name: 'Acme' } },
  sampleOutput: { id: '001000000000001AAA', success: true },
  scopes: ['api'],
  options: { object: objectOptions },
  schemas: { fields: createSchema },
  // Salesforce knows no idempotency key: repeating after a crash would create a second record.
  delivery: 'at-most-once',
  run: (context) => {
    const { object, fields } = context.input
    return salesforce.call(context, { method: 'POST', url: objectPath(object), json: fields, answer: savedSchema })
  },
})
