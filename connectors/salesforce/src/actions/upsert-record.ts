import { action, z } from '@inlay/sdk/connector'
import { externalIdOptions, objectOptions, updateSchema } from '../describe.js'
import { fieldNameField, objectField, objectPath, savedSchema, valuesField } from '../record.js'
import { salesforce } from '../salesforce-api.js'

/** Creates a record, or changes the one with the external id. */
export const upsertRecord = action({
  name: 'Create or update a record',
  description: 'Changes the record with this value of an external id, or creates it.',
  input: z.strictObject({
    object: objectField,
    externalIdField: fieldNameField.meta({
      title: 'Find by',
      description: 'A field that is an external id.',
      examples: ['Customer_Number__c'],
    }),
    externalId: z
      .string()
      .min(1)
      .meta({ title: 'Value to find', examples: ['C-1001'] }),
    fields: valuesField,
    mustExist: z
      .boolean()
      .default(false)
      .meta({ title: 'Only update', description: 'Fail when there is no such record.' }),
  }),
  output: savedSchema,
  sampleInput: {
    object: 'Account',
    externalIdField: 'Customer_Number__c',
    externalId: 'C-1001',
    fields: { Name: 'Acme' },
  },
  sampleOutput: { id: '001000000000001AAA', success: true, created: true },
  scopes: ['api'],
  options: { object: objectOptions, externalIdField: externalIdOptions },
  schemas: { fields: updateSchema },
  run: (context) => {
    const { object, externalIdField, externalId, fields, mustExist } = context.input
    // Salesforce refuses the external id in the body: it stands in the path.
    const { [externalIdField]: _, ...json } = fields
    const url = objectPath(object, externalIdField, externalId)
    return salesforce.call(context, {
      method: 'PATCH',
      url,
      query: { updateOnly: mustExist ? true : undefined },
      json,
      answer: savedSchema,
    })
  },
})
