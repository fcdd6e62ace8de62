import { action, z } from '@inlay/sdk/connector'
import { externalIdOptions, objectOptions } from '../describe.js'
import { fieldNameField, objectField, valuesField } from '../record.js'
import { DATA, salesforce } from '../salesforce-api.js'

/** As many as Salesforce takes in one call. */
const MAX_RECORDS = 200

const result = z.object({
  id: z.string().nullish().meta({ title: 'Record id' }),
  success: z.boolean().meta({ title: 'Was saved' }),
  created: z.boolean().nullish().meta({ title: 'Is new' }),
  errors: z
    .array(
      z.object({
        statusCode: z.string().nullish().meta({ title: 'Code' }),
        message: z.string().meta({ title: 'What is wrong' }),
        fields: z.array(z.string()).nullish().meta({ title: 'Fields' }),
      }),
    )
    .default([])
    .meta({ title: 'Errors' }),
})

/** Creates or changes many records in one call. */
export const upsertRecords = action({
  name: 'Create or update many records',
  description:
    'Creates or changes up to 200 records by an external id in one call; tells of each whether it was saved.',
  input: z.strictObject({
    object: objectField,
    externalIdField: fieldNameField.meta({
      title: 'Find by',
      description: 'A field that is an external id; each record has it.',
      examples: ['Customer_Number__c'],
    }),
    records: z
      .array(valuesField)
      .min(1)
      .max(MAX_RECORDS)
      .meta({ title: 'Records', examples: [[{ Customer_Number__c: 'C-1001', Name: 'Acme' }]] }),
    allOrNone: z.boolean().default(false).meta({ title: 'All or none', description: 'One error undoes all.' }),
  }),
  output: z.object({
    results: z.array(result).meta({ title: 'Results', description: 'In the order of the records.' }),
  }),
  sampleInput: {
    object: 'Account',
    externalIdField: 'Customer_Number__c',
    records: [{ Customer_Number__c: 'C-1001', Name: 'Acme' }],
  },
  sampleOutput: { results: [{ id: '001000000000001AAA', success: true, created: true, errors: [] }] },
  scopes: ['api'],
  options: { object: objectOptions, externalIdField: externalIdOptions },
  run: async (context) => {
    const { object, externalIdField, records, allOrNone } = context.input
    const results = await salesforce.call(context, {
      method: 'PATCH',
      url: `${DATA}/composite/sobjects/${encodeURIComponent(object)}/${encodeURIComponent(externalIdField)}`,
      json: { allOrNone, records: records.map((record) => ({ ...record, attributes: { type: object } })) },
      answer: z.array(result),
      timeoutMs: 120_000,
    })
    return { results }
  },
})
