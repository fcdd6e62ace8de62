import { cursorTime, pollingTrigger, StepError, z } from '@inlay/sdk/connector'
import {
  baseOptions,
  fieldOptions,
  recordSchema,
  sampleRecord,
  tableFields,
  tableOptions,
  viewOptions,
} from '../table.js'
import { recentRecords } from './recent-records.js'

/** Starts each time a record is changed. */
export const changedRecord = pollingTrigger({
  name: 'New or changed record',
  description: 'Starts for each record that is added, and each time one is changed.',
  input: z.strictObject({
    ...tableFields,
    changedAt: z
      .string()
      .regex(/^[^{}'\\]+$/)
      .meta({
        title: 'Field of the last change',
        description: 'A field of the type "Last modified time".',
        examples: ['Last modified'],
      }),
    view: z.string().optional().meta({ title: 'View', description: 'Only of this view.' }),
  }),
  output: recordSchema,
  sampleOutput: { ...sampleRecord, fields: { ...sampleRecord.fields, 'Last modified': '2026-04-11T08:00:00.000Z' } },
  scopes: ['data.records:read'],
  options: { base: baseOptions, table: tableOptions, changedAt: fieldOptions, view: viewOptions },
  poll: async (context) => {
    const { cursor, input } = context
    const timeOf = (record: z.infer<typeof recordSchema>): string => {
      const time = record.fields[input.changedAt]
      if (typeof time === 'string') return time
      throw new StepError('validation', `"${input.changedAt}" is not a field of the last change`, {
        detail: 'Add a field of the type "Last modified time" to the table, and choose it.',
      })
    }
    return recentRecords(context, {
      moment: `{${input.changedAt}}`,
      since: cursorTime(cursor),
      idOf: (record) => `${record.id}:${timeOf(record)}`,
      timeOf,
    })
  },
})
