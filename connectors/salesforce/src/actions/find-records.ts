import { action, collectPages, z } from '@inlay/sdk/connector'
import { fieldOptions, objectOptions } from '../describe.js'
import { conditionField, selectOf } from '../find.js'
import { fieldNameField, objectField, queryPage, recordSchema, sampleRecord, wantedField } from '../record.js'
import { DATA, salesforce } from '../salesforce-api.js'

/** Finds records by conditions. */
export const findRecords = action({
  name: 'Find records',
  description: 'Finds records by the values of their fields, without SOQL, over as many pages as it takes.',
  input: z.strictObject({
    object: objectField,
    conditions: z.array(conditionField).max(20).default([]).meta({ title: 'Conditions' }),
    match: z.enum(['all', 'any']).default('all').meta({ title: 'Which must hold' }),
    fields: wantedField.meta({ title: 'Fields to read', description: 'All standard ones, when left empty.' }),
    sortBy: fieldNameField.optional().meta({ title: 'Sort by', examples: ['CreatedDate'] }),
    direction: z.enum(['ASC', 'DESC']).default('DESC').meta({ title: 'Direction' }),
    limit: z.coerce.number().int().min(1).max(2000).default(200).meta({ title: 'At most' }),
  }),
  output: z.object({ records: z.array(recordSchema).meta({ title: 'Records' }) }),
  sampleInput: {
    object: 'Account',
    conditions: [{ field: 'Industry', operator: '=', value: 'Energy' }],
    fields: ['Name', 'Industry'],
  },
  sampleOutput: { records: [sampleRecord] },
  scopes: ['api'],
  options: { object: objectOptions, fields: fieldOptions, sortBy: fieldOptions },
  run: async (context) => {
    const { limit } = context.input
    const read = async (url: string) => {
      const { nextRecordsUrl, records } = await salesforce.call(context, { url, answer: queryPage })
      return { items: records, next: nextRecordsUrl ?? undefined }
    }
    const q = await selectOf(context, context.input)
    const records = await collectPages(read, `${DATA}/query?${new URLSearchParams({ q })}`, { maxItems: limit })
    return { records }
  },
})
