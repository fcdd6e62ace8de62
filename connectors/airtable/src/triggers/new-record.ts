import { cursorTime, newByTime, pollingTrigger, z } from '@inlay/sdk/connector'
import { baseOptions, recordSchema, sampleRecord, tableFields, tableOptions } from '../table.js'
import { recentRecords } from './recent-records.js'

/** Starts for each new record. */
export const newRecord = pollingTrigger({
  name: 'New record',
  description: 'Starts for each record that is added to a table.',
  input: z.strictObject({
    ...tableFields,
    view: z.string().optional().meta({ title: 'View', description: 'Only of this view.' }),
  }),
  output: recordSchema,
  sampleOutput: sampleRecord,
  scopes: ['data.records:read'],
  options: { base: baseOptions, table: tableOptions },
  poll: async (context) => {
    const { cursor } = context
    const records = await recentRecords(context, { moment: 'CREATED_TIME()', since: cursorTime(cursor) })
    return newByTime(records, { cursor, idOf: ({ id }) => id, timeOf: ({ createdTime }) => createdTime })
  },
})
