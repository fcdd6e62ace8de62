import { action, z } from '@inlay/sdk/connector'
import { assertValid, dateField, readMoment, toText, UNITS, zoneField, zoneOptions } from '../moment.js'

/** Moves a date. */
export const addTime = action({
  name: 'Add time',
  description: 'Moves a date forward, or back by a negative amount. Months end where they end, and clocks change.',
  input: z.strictObject({
    date: dateField,
    amount: z.coerce
      .number()
      .min(-1_000_000)
      .max(1_000_000)
      .meta({ title: 'Amount', examples: [3] }),
    unit: z.enum(UNITS).default('days').meta({ title: 'Unit' }),
    zone: zoneField,
  }),
  output: z.object({ date: z.string().meta({ title: 'Date' }) }),
  sampleInput: { date: '2026-01-31T09:00:00Z', amount: 1, unit: 'months' },
  sampleOutput: { date: '2026-02-28T09:00:00Z' },
  options: { zone: zoneOptions },
  run: async ({ input: { date, amount, unit, zone } }) => ({
    date: toText(assertValid(readMoment(date, zone).plus({ [unit]: amount }), 'The result')),
  }),
})
