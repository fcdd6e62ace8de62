import { DURATION_EXAMPLE, parseDuration } from '../../contracts/duration.js'
import { ValueError } from '../failure.js'
import { asText, kindOf } from '../values.js'
import { formatInstant } from './date-format.js'
import type { Library } from './function.js'

/** Functions over instants, which are ISO 8601 texts or Unix milliseconds. */
export const DATE_LIBRARY: Library = {
  toIso: {
    signature: 'toIso(date)',
    description: 'An instant as ISO 8601 text in UTC.',
    example: "toIso(0) → '1970-01-01T00:00:00.000Z'",
    arity: [1, 1],
    call: ([date]) => toDate(date).toISOString(),
  },
  toMillis: {
    signature: 'toMillis(date)',
    description: 'An instant as milliseconds since 1970.',
    example: "toMillis('1970-01-01T00:00:01Z') → 1000",
    arity: [1, 1],
    call: ([date]) => toDate(date).getTime(),
  },
  addDuration: {
    signature: 'addDuration(date, duration)',
    description: 'The instant that much later; a duration with a leading minus goes back.',
    example: "addDuration('2026-01-01T00:00:00Z', '2h') → '2026-01-01T02:00:00.000Z'",
    arity: [2, 2],
    call: ([date, duration]) => {
      const text = asText(duration, 'addDuration')
      const back = text.startsWith('-')
      const ms = parseDuration(back ? text.slice(1) : text)
      if (ms === undefined)
        throw new ValueError(`"${text.slice(0, 50)}" is not a duration`, `Write ${DURATION_EXAMPLE}.`)
      return toIso(toDate(date).getTime() + (back ? -ms : ms))
    },
  },
  dateDifference: {
    signature: 'dateDifference(later, earlier, unit?)',
    description: 'How much later the first instant is, in ms (when absent), s, m, h or d; with a fraction.',
    example: "dateDifference('2026-01-02', '2026-01-01', 'h') → 24",
    arity: [2, 3],
    call: ([later, earlier, unit]) => {
      const name = unit === undefined ? 'ms' : asText(unit, 'dateDifference')
      const unitMs = parseDuration(`1${name}`)
      if (unitMs === undefined) throw new ValueError('dateDifference counts in ms, s, m, h or d')
      return (toDate(later).getTime() - toDate(earlier).getTime()) / unitMs + 0
    },
  },
  formatDate: {
    signature: 'formatDate(date, format?, timeZone?, locale?)',
    description:
      'An instant for people. The format is date, time or datetime (when absent), or letters such as yyyy-MM-dd HH:mm.',
    example: "formatDate('2026-01-31T12:00:00Z', 'yyyy-MM-dd HH:mm', 'Europe/Berlin') → '2026-01-31 13:00'",
    arity: [1, 4],
    call: ([date, format, timeZone, locale], budget) =>
      formatInstant(
        toDate(date),
        {
          format: format === undefined ? 'datetime' : asText(format, 'formatDate'),
          timeZone: timeZone === undefined ? 'UTC' : asText(timeZone, 'formatDate'),
          locale: locale === undefined ? 'en' : asText(locale, 'formatDate'),
        },
        budget,
      ),
  },
}

/** Dates of ISO 8601 (midnight UTC when there is no time, UTC when there is no zone) and of mail and HTTP headers. */
const ISO_DATE = /^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(Z|[+-]\d{2}:?\d{2})?)?$/
const HEADER_DATE = /^[A-Za-z0-9,: ]{10,40}(?:GMT|UTC|[+-]\d{4})$/

function toDate(value: unknown): Date {
  if (typeof value !== 'string' && typeof value !== 'number') {
    throw new ValueError(`A date is a text or a number, but this is ${kindOf(value)}`, DATE_HINT)
  }
  const date = new Date(typeof value === 'number' ? value : withZone(value))
  if (Number.isNaN(date.getTime())) throw new ValueError(`"${String(value).slice(0, 50)}" is not a date`, DATE_HINT)
  return date
}

const DATE_HINT = 'Write a date as "2026-01-31", "2026-01-31T12:00:00Z", or milliseconds since 1970.'

/** The text as a date with its zone, so that the answer never depends on the zone of the machine; empty for no date. */
function withZone(text: string): string {
  if (text.length > 50) return ''
  const iso = ISO_DATE.exec(text)
  if (iso === null) return HEADER_DATE.test(text) ? text : ''
  return text.length > 10 && iso[1] === undefined ? `${text}Z` : text
}

function toIso(ms: number): string {
  const date = new Date(ms)
  if (Number.isNaN(date.getTime())) throw new ValueError('The date is out of range')
  return date.toISOString()
}
