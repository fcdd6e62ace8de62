import { dateOutOfRange, unreadable } from '../value-refusals.js'
import { kindOf, wrongKind } from '../values.js'

/** Dates of ISO 8601 (midnight UTC when there is no time, UTC when there is no zone) and of mail and HTTP headers. */
const ISO_DATE = /^(\d{4})-(\d{2})-(\d{2})(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(Z|[+-]\d{2}:?\d{2})?)?$/
const HEADER_DATE = /^[A-Za-z0-9,: ]{10,40}(?:GMT|UTC|[+-]\d{4})$/

const EXAMPLE = '2026-01-31T12:00:00Z'
const HINT = 'Write a date as "2026-01-31", "2026-01-31T12:00:00Z", or milliseconds since 1970.'

/** The instant that a text or a number of milliseconds names. @throws ValueError */
export function toDate(value: unknown): Date {
  if (typeof value !== 'string' && typeof value !== 'number') {
    const message = `A date is a text or a number, but this is ${kindOf(value)}`
    throw wrongKind({ wanted: 'text', value, what: 'A date', message, hint: HINT })
  }
  const date = new Date(typeof value === 'number' ? value : withZone(value))
  if (!Number.isNaN(date.getTime())) return date
  throw unreadable({ what: 'A date', text: String(value), example: EXAMPLE, noun: 'a date', hint: HINT })
}

/** ISO 8601 in UTC. @throws ValueError for what no date can be */
export function toIso(ms: number): string {
  const date = new Date(ms)
  if (Number.isNaN(date.getTime())) throw dateOutOfRange()
  return date.toISOString()
}

/** The text as a date with its zone, so that the answer never depends on the zone of the machine; empty for no date. */
function withZone(text: string): string {
  if (text.length > 50) return ''
  const iso = ISO_DATE.exec(text)
  if (iso === null) return HEADER_DATE.test(text) ? text : ''
  const [, year, month, day, zone] = iso
  // The platform takes 30 February for 2 March.
  if (Number(day) > daysIn(Number(year), Number(month))) return ''
  return text.length > 10 && zone === undefined ? `${text}Z` : text
}

/** @param month 1 for January */
export function daysIn(year: number, month: number): number {
  const date = new Date(0)
  date.setUTCFullYear(year, month, 0)
  return date.getUTCDate()
}
