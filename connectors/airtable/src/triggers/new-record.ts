import { cursorTime, pollingTrigger, z } from '@inlay/sdk/connector'
import { baseOptions, recordSchema, sampleRecord, tableFields, tableOptions, viewOptions } from '../table.js'
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
  options: { base: baseOptions, table: tableOptions, view: viewOptions },
  poll: (context) =>
    recentRecords(context, {
      moment: 'CREATED_TIME()',
      since: cursorTime(context.cursor),
      idOf: ({ id }) => id,
      timeOf: ({ createdTime }) => createdTime,
    }),
})
