import { action, z } from '@inlay/sdk/connector'
import { dateField, readMoment, toText, zoneField, zoneOptions } from '../moment.js'

/** The first and last moment of the day, week, month and so on. */
export const startOrEnd = action({
  name: 'Start and end of a period',
  description: 'The first and the last moment of the day, week, month, quarter or year that a date lies in.',
  input: z.strictObject({
    date: dateField,
    period: z.enum(['hour', 'day', 'week', 'month', 'quarter', 'year']).default('month').meta({ title: 'Period' }),
    zone: zoneField,
  }),
  output: z.object({ start: z.string().meta({ title: 'Start' }), end: z.string().meta({ title: 'End' }) }),
  sampleInput: { date: '2026-02-10', period: 'month' },
  sampleOutput: { start: '2026-02-01T00:00:00Z', end: '2026-02-28T23:59:59.999Z' },
  options: { zone: zoneOptions },
  run: async ({ input: { date, period, zone } }) => {
    const moment = readMoment(date, zone)
    return { start: toText(moment.startOf(period)), end: toText(moment.endOf(period)) }
  },
})
