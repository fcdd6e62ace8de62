import { action, collectPages, z } from '@inlay/sdk/connector'
import { queryPage, recordSchema, sampleRecord } from '../record.js'
import { DATA, salesforce } from '../salesforce-api.js'

/** Reads records by SOQL. */
export const queryRecords = action({
  name: 'Query records',
  description: 'Reads records by SOQL, over as many pages as it takes.',
  input: z.strictObject({
    soql: z
      .string()
      .min(1)
      .max(12_000)
      .meta({
        title: 'SOQL',
        format: 'multiline',
        description: 'Put values of others into single quotes, with \\ before each single quote in them.',
        examples: ["SELECT Id, Name FROM Account WHERE Industry = 'Energy'"],
      }),
    includeDeleted: z.boolean().default(false).meta({ title: 'Deleted records too' }),
    limit: z.coerce.number().int().min(1).max(2000).default(200).meta({ title: 'At most' }),
  }),
  output: z.object({
    total: z.number().meta({ title: 'Number found' }),
    records: z.array(recordSchema).meta({ title: 'Records' }),
  }),
  sampleInput: { soql: 'SELECT Id, Name FROM Account', limit: 100 },
  sampleOutput: { total: 1, records: [sampleRecord] },
  scopes: ['api'],
  run: async (context) => {
    const { soql, includeDeleted, limit } = context.input
    let total = 0
    const read = async (url: string) => {
      const { totalSize, nextRecordsUrl, records } = await salesforce.call(context, { url, answer: queryPage })
      total = totalSize
      return { items: records, next: nextRecordsUrl ?? undefined }
    }
    const first = `${DATA}/${includeDeleted ? 'queryAll' : 'query'}?${new URLSearchParams({ q: soql })}`
    const records = await collectPages(read, first, { maxItems: limit })
    return { total, records }
  },
})
