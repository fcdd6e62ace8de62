import { action, z } from '@inlay/sdk/connector'
import { fieldOptions, objectOptions } from '../describe.js'
import { fieldNameField, objectField, recordSchema, sampleRecord } from '../record.js'
import { DATA, salesforce } from '../salesforce-api.js'

/** Searches for a text. */
export const searchRecords = action({
  name: 'Search text',
  description: 'Finds records that hold a text in any field, as the search box of Salesforce does.',
  input: z.strictObject({
    text: z
      .string()
      .min(2)
      .max(1000)
      .meta({ title: 'Text', examples: ['Acme'] }),
    object: objectField,
    in: z.enum(['ALL', 'NAME', 'EMAIL', 'PHONE']).default('ALL').meta({ title: 'In which fields' }),
    fields: z.array(fieldNameField).min(1).default(['Id', 'Name']).meta({ title: 'Fields to read' }),
    limit: z.coerce.number().int().min(1).max(200).default(50).meta({ title: 'At most' }),
  }),
  output: z.object({ records: z.array(recordSchema).meta({ title: 'Records' }) }),
  sampleInput: { text: 'Acme', object: 'Account' },
  sampleOutput: { records: [sampleRecord] },
  scopes: ['api'],
  options: { object: objectOptions, fields: fieldOptions },
  run: async (context) => {
    const { text, object, in: where, fields, limit } = context.input
    const { searchRecords: records } = await salesforce.call(context, {
      method: 'POST',
      url: `${DATA}/parameterizedSearch`,
      json: { q: text, in: where, sobjects: [{ name: object, fields, limit }] },
      answer: z.object({ searchRecords: z.array(recordSchema) }),
    })
    return { records }
  },
})
