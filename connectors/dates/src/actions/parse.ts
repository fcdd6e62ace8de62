import { action, z } from '@inlay/sdk/connector'
import { DateTime } from 'luxon'
import { assertValid, readMoment, toText, zoneField, zoneOptions } from '../moment.js'

/** Reads a date in any form. */
export const parse = action({
  name: 'Read a date',
  description: 'Reads a date that is written in a form of its own, and gives its parts.',
  input: z.strictObject({
    text: z
      .string()
      .min(1)
      .meta({ title: 'Text', examples: ['24.12.2026 19:00'] }),
    pattern: z
      .string()
      .max(200)
      .optional()
      .meta({
        title: 'Pattern',
        description: 'How it is written; by default ISO 8601.',
        examples: ['dd.MM.yyyy HH:mm'],
      }),
    zone: zoneField,
  }),
  output: z.object({
    date: z.string().meta({ title: 'Date' }),
    unixMs: z.number().meta({ title: 'Unix milliseconds' }),
    year: z.number().meta({ title: 'Year' }),
    month: z.number().meta({ title: 'Month', description: '1 to 12' }),
    day: z.number().meta({ title: 'Day' }),
    hour: z.number().meta({ title: 'Hour' }),
    minute: z.number().meta({ title: 'Minute' }),
    weekday: z.number().meta({ title: 'Weekday', description: '1 is Monday, 7 is Sunday' }),
    week: z.number().meta({ title: 'Week', description: 'ISO 8601' }),
  }),
  sampleInput: { text: '24.12.2026 19:00', pattern: 'dd.MM.yyyy HH:mm', zone: 'Europe/Berlin' },
  sampleOutput: {
    date: '2026-12-24T19:00:00+01:00',
    unixMs: 1798135200000,
    year: 2026,
    month: 12,
    day: 24,
    hour: 19,
    minute: 0,
    weekday: 4,
    week: 52,
  },
  options: { zone: zoneOptions },
  run: async ({ input: { text, pattern, zone } }) => {
    const moment =
      pattern === undefined
        ? readMoment(text, zone)
        : assertValid(DateTime.fromFormat(text.trim(), pattern, { zone }), `"${text}"`)
    const { year, month, day, hour, minute, weekday, weekNumber } = moment
    return {
      date: toText(moment),
      unixMs: moment.toMillis(),
      year,
      month,
      day,
      hour,
      minute,
      weekday,
      week: weekNumber,
    }
  },
})
