import { parseDuration } from '../../contracts/duration.js'
import { ValueError } from '../failure.js'
import { asText, kindOf } from '../values.js'
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
      if (ms === undefined) throw new ValueError(`"${text}" is not a duration such as "30s", "5m", "2h" or "3d"`)
      return new Date(toDate(date).getTime() + (back ? -ms : ms)).toISOString()
    },
  },
  formatDate: {
    signature: 'formatDate(date, style?, timeZone?, locale?)',
    description: 'An instant for people; style is date, time or datetime.',
    example: "formatDate('2026-01-31T12:00:00Z', 'date', 'Europe/Berlin', 'en-GB') → '31 Jan 2026'",
    arity: [1, 4],
    call: ([date, style, timeZone, locale]) =>
      formatDate(toDate(date), {
        style: style === undefined ? 'datetime' : asText(style, 'formatDate'),
        timeZone: timeZone === undefined ? 'UTC' : asText(timeZone, 'formatDate'),
        locale: locale === undefined ? 'en' : asText(locale, 'formatDate'),
      }),
  },
}

function toDate(value: unknown): Date {
  if (typeof value !== 'string' && typeof value !== 'number') {
    throw new ValueError(`A date is a text such as "2026-01-31T12:00:00Z" or a number, but this is ${kindOf(value)}`)
  }
  const date = new Date(value)
  if (Number.isNaN(date.getTime())) throw new ValueError(`"${String(value).slice(0, 50)}" is not a date`)
  return date
}

interface DateFormat {
  readonly style: string
  readonly timeZone: string
  readonly locale: string
}

function formatDate(date: Date, { style, timeZone, locale }: DateFormat): string {
  if (!['date', 'time', 'datetime'].includes(style)) {
    throw new ValueError(`formatDate knows the styles date, time and datetime, not "${style}"`)
  }
  try {
    return new Intl.DateTimeFormat(locale, {
      timeZone,
      ...(style === 'time' ? {} : { dateStyle: 'medium' as const }),
      ...(style === 'date' ? {} : { timeStyle: 'short' as const }),
    }).format(date)
  } catch (error) {
    throw new ValueError(`formatDate does not know the time zone "${timeZone}" or the locale "${locale}"`, {
      cause: error,
    })
  }
}
