import type { ValueError } from '../failure.js'
import type { Budget } from '../limits.js'
import { notAllowed, tooLongText } from '../value-refusals.js'
import { DATE_FORMATTERS } from './intl-formats.js'

export interface DateFormat {
  /** `date`, `time`, `datetime`, or a pattern of letters. */
  readonly format: string
  /** IANA name. */
  readonly timeZone: string
  /** BCP 47 tag. */
  readonly locale: string
}

type Style = 'date' | 'time' | 'datetime'

const STYLES: Readonly<Record<Style, Intl.DateTimeFormatOptions>> = {
  date: { dateStyle: 'medium' },
  time: { timeStyle: 'short' },
  datetime: { dateStyle: 'medium', timeStyle: 'short' },
}

/** What the letters of a pattern stand for: the part of a date, how it is asked for, and its least width. */
interface Letters {
  readonly part: Intl.DateTimeFormatPartTypes
  readonly options: Intl.DateTimeFormatOptions
  readonly width?: number
}

const LETTERS: Readonly<Record<string, Letters>> = {
  yyyy: { part: 'year', options: { year: 'numeric' }, width: 4 },
  yy: { part: 'year', options: { year: '2-digit' }, width: 2 },
  MMMM: { part: 'month', options: { month: 'long', day: 'numeric' } },
  MMM: { part: 'month', options: { month: 'short', day: 'numeric' } },
  MM: { part: 'month', options: { month: 'numeric' }, width: 2 },
  M: { part: 'month', options: { month: 'numeric' } },
  dd: { part: 'day', options: { day: 'numeric' }, width: 2 },
  d: { part: 'day', options: { day: 'numeric' } },
  EEEE: { part: 'weekday', options: { weekday: 'long' } },
  EEE: { part: 'weekday', options: { weekday: 'short' } },
  HH: { part: 'hour', options: { hour: 'numeric', hourCycle: 'h23' }, width: 2 },
  H: { part: 'hour', options: { hour: 'numeric', hourCycle: 'h23' } },
  hh: { part: 'hour', options: { hour: 'numeric', hourCycle: 'h12' }, width: 2 },
  h: { part: 'hour', options: { hour: 'numeric', hourCycle: 'h12' } },
  a: { part: 'dayPeriod', options: { hour: 'numeric', hourCycle: 'h12' } },
  mm: { part: 'minute', options: { minute: 'numeric' }, width: 2 },
  ss: { part: 'second', options: { second: 'numeric' }, width: 2 },
  SSS: { part: 'fractionalSecond', options: { fractionalSecondDigits: 3 }, width: 3 },
}

const MAX_PATTERN_LENGTH = 100
/** Text in quotes, letters of one kind, or any other single character. */
const TOKENS = /'([^']*)'|([A-Za-z])\2*|[^A-Za-z]/gu

/** An instant as text. @throws ValueError for an unknown format, time zone or locale; LimitError */
export function formatInstant(date: Date, { format, timeZone, locale }: DateFormat, budget: Budget): string {
  if (isStyle(format)) return DATE_FORMATTERS.get(locale, { ...STYLES[format], timeZone }, budget).format(date)
  if (format.length > MAX_PATTERN_LENGTH) {
    throw tooLongText(MAX_PATTERN_LENGTH, `A date format may have at most ${MAX_PATTERN_LENGTH} characters`)
  }
  return format.replaceAll(TOKENS, (token: string, quoted: string | undefined, letter: string | undefined) => {
    if (quoted !== undefined) return quoted
    if (letter === undefined) return token
    const letters = Object.hasOwn(LETTERS, token) ? LETTERS[token] : undefined
    if (letters === undefined) throw unknownLetters(token)
    const parts = DATE_FORMATTERS.get(locale, { ...letters.options, timeZone }, budget).formatToParts(date)
    const text = parts.find(({ type }) => type === letters.part)?.value ?? ''
    return text.padStart(letters.width ?? 0, '0')
  })
}

function isStyle(format: string): format is Style {
  return Object.hasOwn(STYLES, format)
}

function unknownLetters(token: string): ValueError {
  const letters = Object.keys(LETTERS)
  return notAllowed({
    what: 'formatDate',
    given: token,
    allowed: ['date', 'time', 'datetime', ...letters],
    message: `formatDate does not know "${token.slice(0, 20)}"`,
    hint: `Use date, time or datetime, or the letters ${letters.join(' ')}; put other words in '…'.`,
  })
}
