import { action, z } from '@inlay/sdk/connector'
import { dateField, readMoment, UNITS, zoneField, zoneOptions } from '../moment.js'

/** Compares two dates. */
export const difference = action({
  name: 'Compare dates',
  description: 'How long it is from one date to another, and which comes first.',
  input: z.strictObject({
    from: dateField.meta({ title: 'From' }),
    to: dateField.meta({ title: 'To' }),
    unit: z.enum(UNITS).default('days').meta({ title: 'Unit' }),
    zone: zoneField,
  }),
  output: z.object({
    amount: z.number().meta({ title: 'Amount', description: 'Negative when "To" comes first.' }),
    whole: z.number().meta({ title: 'Whole units' }),
    isBefore: z.boolean().meta({ title: '"From" comes first' }),
    isSame: z.boolean().meta({ title: 'They are the same' }),
  }),
  sampleInput: { from: '2026-12-01', to: '2026-12-24', unit: 'days' },
  sampleOutput: { amount: 23, whole: 23, isBefore: true, isSame: false },
  options: { zone: zoneOptions },
  run: async ({ input: { from, to, unit, zone } }) => {
    const [start, end] = [readMoment(from, zone), readMoment(to, zone)]
    const amount = end.diff(start, unit).as(unit)
    return { amount, whole: Math.trunc(amount), isBefore: start < end, isSame: start.toMillis() === end.toMillis() }
  },
})
