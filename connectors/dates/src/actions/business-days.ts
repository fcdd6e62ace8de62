import { action, z } from '@inlay/sdk/connector'
import { dateField, readMoment, toText, zoneField, zoneOptions } from '../moment.js'

const SATURDAY = 6

/** Moves a date by working days. */
export const businessDays = action({
  name: 'Add working days',
  description: 'Moves a date by working days: weekends and the holidays that you name do not count.',
  input: z.strictObject({
    date: dateField,
    days: z.coerce
      .number()
      .int()
      .min(-2000)
      .max(2000)
      .meta({ title: 'Working days', examples: [5] }),
    holidays: z
      .array(z.iso.date())
      .max(1000)
      .default([])
      .meta({ title: 'Holidays', examples: [['2026-12-25']] }),
    zone: zoneField,
  }),
  output: z.object({ date: z.string().meta({ title: 'Date' }) }),
  sampleInput: { date: '2026-12-24T09:00:00Z', days: 1, holidays: ['2026-12-25'] },
  sampleOutput: { date: '2026-12-28T09:00:00Z' },
  options: { zone: zoneOptions },
  run: async ({ input: { date, days, holidays, zone } }) => {
    const free = new Set(holidays)
    let moment = readMoment(date, zone)
    for (let left = Math.abs(days); left > 0; ) {
      moment = moment.plus({ days: Math.sign(days) })
      if (moment.weekday < SATURDAY && !free.has(moment.toISODate())) left -= 1
    }
    return { date: toText(moment) }
  },
})
