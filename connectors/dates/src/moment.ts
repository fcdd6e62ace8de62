import { StepError, z } from '@inlay/sdk/connector'
import { DateTime, IANAZone } from 'luxon'

/** Units that people calculate in. */
export const UNITS = ['years', 'months', 'weeks', 'days', 'hours', 'minutes', 'seconds'] as const

/** A field that holds a date. */
export const dateField = z.union([z.string().min(1), z.number()]).meta({
  title: 'Date',
  description: 'ISO 8601 such as 2026-12-24T18:00:00Z, or Unix milliseconds.',
  examples: ['2026-12-24T18:00:00Z'],
})

/** A field that holds an IANA time zone. */
export const zoneField = z
  .string()
  .default('UTC')
  .meta({ title: 'Time zone', description: 'Its IANA name.', examples: ['Europe/Berlin'] })

/** Names of time zones whose letters match, for forms. */
export async function zoneOptions({ search }: { readonly search: string }) {
  const wanted = search.toLowerCase()
  const zones = ['UTC', ...Intl.supportedValuesOf('timeZone')]
  return zones.filter((zone) => zone.toLowerCase().includes(wanted)).map((zone) => ({ value: zone, label: zone }))
}

/** @throws StepError `validation` when it is no date, or there is no such time zone */
export function readMoment(date: string | number, zone: string): DateTime<true> {
  if (!IANAZone.isValidZone(zone)) {
    throw new StepError('validation', `There is no time zone "${zone}"`, {
      detail: 'Use a name such as Europe/Berlin or UTC.',
    })
  }
  const read = typeof date === 'number' ? DateTime.fromMillis(date, { zone }) : fromText(date, zone)
  return assertValid(read, `"${date}"`)
}

/** @throws StepError `validation` for a moment that luxon could not make */
export function assertValid(moment: DateTime, what: string): DateTime<true> {
  // What luxon says of a moment is not in the type of a variable.
  if (moment.isValid) return moment as DateTime<true>
  throw new StepError('validation', `${what} is not a date`, {
    detail: moment.invalidExplanation ?? 'It is not ISO 8601.',
  })
}

/** ISO 8601 with offset. */
export function toText(moment: DateTime<true>): string {
  return moment.toISO({ suppressMilliseconds: true })
}

function fromText(text: string, zone: string): DateTime {
  const iso = DateTime.fromISO(text.trim(), { zone })
  if (iso.isValid) return iso
  // What mail and HTTP write (RFC 2822, RFC 9110).
  const mail = DateTime.fromRFC2822(text, { zone })
  return mail.isValid ? mail : iso
}
