import { DURATION_EXAMPLE, parseDuration } from '../../contracts/duration.js'
import { notAllowed, unreadable } from '../value-refusals.js'
import { asNumber, asText } from '../values.js'
import { formatInstant } from './date-format.js'
import { parseWithFormat } from './date-parse.js'
import type { Library } from './function.js'
import { toDate, toIso } from './instants.js'
import { KeptFormatters, unknownLocale } from './intl-formats.js'

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
      if (ms === undefined) {
        const hint = `Write ${DURATION_EXAMPLE}.`
        throw unreadable({ what: 'addDuration', text, example: '30s, 5m, 2h, 3d', noun: 'a duration', hint })
      }
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
      if (unitMs === undefined) {
        const message = 'dateDifference counts in ms, s, m, h or d'
        throw notAllowed({ what: 'dateDifference', given: name, allowed: ['ms', 's', 'm', 'h', 'd'], message })
      }
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
  parseDate: {
    signature: 'parseDate(text, format, timeZone?)',
    description:
      'The instant that a text of a format such as dd.MM.yyyy HH:mm names, in a time zone (UTC when absent).',
    example: "parseDate('31.01.2026 13:00', 'dd.MM.yyyy HH:mm', 'Europe/Berlin') → '2026-01-31T12:00:00.000Z'",
    arity: [2, 3],
    call: ([text, format, timeZone], budget) =>
      toIso(
        parseWithFormat(asText(text, 'parseDate'), asText(format, 'parseDate'), {
          name: timeZone === undefined ? 'UTC' : asText(timeZone, 'parseDate'),
          budget,
        }),
      ),
  },
  toUnix: {
    signature: 'toUnix(date)',
    description: 'An instant as whole seconds since 1970.',
    example: "toUnix('1970-01-01T00:01:00Z') → 60",
    arity: [1, 1],
    call: ([date]) => Math.floor(toDate(date).getTime() / 1_000),
  },
  fromUnix: {
    signature: 'fromUnix(seconds)',
    description: 'The instant that many seconds after 1970 began.',
    example: "fromUnix(60) → '1970-01-01T00:01:00.000Z'",
    arity: [1, 1],
    call: ([seconds]) => toIso(asNumber(seconds, 'fromUnix') * 1_000),
  },
  isBetween: {
    signature: 'isBetween(date, from, to)',
    description: 'Whether an instant is at or after one and before another.',
    example: "isBetween('2026-01-15', '2026-01-01', '2026-02-01') → true",
    arity: [3, 3],
    call: ([date, from, to]) => toDate(date) >= toDate(from) && toDate(date) < toDate(to),
  },
  formatDuration: {
    signature: 'formatDuration(milliseconds)',
    description: 'A length of time in days, hours, minutes and seconds.',
    example: "formatDuration(93784000) → '1d 2h 3m 4s'",
    arity: [1, 1],
    call: ([ms]) => formatDuration(asNumber(ms, 'formatDuration')),
  },
  relativeTime: {
    signature: 'relativeTime(date, from, locale?)',
    description: 'How far an instant is from another, in words.',
    example: "relativeTime('2026-01-04', '2026-01-01') → 'in 3 days'",
    arity: [2, 3],
    call: ([date, from, locale], budget) => {
      const ms = toDate(date).getTime() - toDate(from).getTime()
      const [unit, unitMs] = RELATIVE_UNITS.find(([, each]) => Math.abs(ms) >= each) ?? ['second', 1_000]
      const name = locale === undefined ? 'en' : asText(locale, 'relativeTime')
      return relative.get(name, { numeric: 'always' }, budget).format(Math.trunc(ms / unitMs), unit)
    },
  },
}

const relative = new KeptFormatters<Intl.RelativeTimeFormatOptions, Intl.RelativeTimeFormat>(
  (locale, options) => new Intl.RelativeTimeFormat(locale, options),
  (locale, _, cause) => unknownLocale(locale, cause),
)

const RELATIVE_UNITS: readonly (readonly [unit: Intl.RelativeTimeFormatUnit, ms: number])[] = [
  ['year', 365 * 86_400_000],
  ['month', 30 * 86_400_000],
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
]

function formatDuration(ms: number): string {
  let seconds = Math.floor(Math.abs(ms) / 1_000)
  const parts: string[] = []
  for (const [letter, size] of [
    ['d', 86_400],
    ['h', 3_600],
    ['m', 60],
    ['s', 1],
  ] as const) {
    const count = Math.floor(seconds / size)
    seconds -= count * size
    if (count > 0) parts.push(`${count}${letter}`)
  }
  return (ms <= -1_000 ? '-' : '') + (parts.join(' ') || '0s')
}
