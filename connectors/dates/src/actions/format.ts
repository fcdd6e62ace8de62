import { action, z } from '@inlay/sdk/connector'
import { dateField, readMoment, zoneField, zoneOptions } from '../moment.js'

/** Writes a date for people. */
export const format = action({
  name: 'Format a date',
  description: 'Writes a date the way people read it.',
  input: z.strictObject({
    date: dateField,
    zone: zoneField,
    pattern: z
      .string()
      .max(200)
      .default('yyyy-MM-dd HH:mm')
      .meta({ title: 'Pattern', description: 'yyyy year, MM month, MMMM its name, dd day, EEEE weekday, HH:mm time.' }),
    locale: z
      .string()
      .max(35)
      .default('en')
      .meta({ title: 'Language', examples: ['de', 'pt-BR'] }),
  }),
  output: z.object({ text: z.string().meta({ title: 'Text' }) }),
  sampleInput: { date: '2026-12-24T18:00:00Z', zone: 'Europe/Berlin', pattern: 'EEEE, d MMMM yyyy' },
  sampleOutput: { text: 'Thursday, 24 December 2026' },
  options: { zone: zoneOptions },
  run: async ({ input: { date, zone, pattern, locale } }) => ({
    text: readMoment(date, zone).setLocale(locale).toFormat(pattern),
  }),
})
