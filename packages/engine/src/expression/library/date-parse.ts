import { ValueError } from '../failure.js'
import { notAllowed, tooLongText } from '../value-refusals.js'
import { daysIn } from './instants.js'
import { instantOf, type WallClock, type Zone } from './zoned.js'

/** What is read so far; half days are settled at the end, since `a` may stand before the hour. */
interface Reading {
  year: number
  month: number
  day: number
  hour: number
  minute: number
  second: number
  ms: number
  afternoon: boolean | undefined
}

interface Letters {
  /** Fewest and most characters. */
  readonly width: readonly [least: number, most: number]
  readonly range?: readonly [least: number, most: number]
  readonly field: Exclude<keyof Reading, 'afternoon'>
}

const LETTERS: Readonly<Record<string, Letters>> = {
  yyyy: { field: 'year', width: [4, 4], range: [1, 9999] },
  yy: { field: 'year', width: [2, 2] },
  MM: { field: 'month', width: [2, 2], range: [1, 12] },
  M: { field: 'month', width: [1, 2], range: [1, 12] },
  dd: { field: 'day', width: [2, 2], range: [1, 31] },
  d: { field: 'day', width: [1, 2], range: [1, 31] },
  HH: { field: 'hour', width: [2, 2], range: [0, 23] },
  H: { field: 'hour', width: [1, 2], range: [0, 23] },
  hh: { field: 'hour', width: [2, 2], range: [1, 12] },
  h: { field: 'hour', width: [1, 2], range: [1, 12] },
  mm: { field: 'minute', width: [2, 2], range: [0, 59] },
  ss: { field: 'second', width: [2, 2], range: [0, 59] },
  SSS: { field: 'ms', width: [3, 3] },
}

const MONTHS = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ')
const MONTH_NAMES =
  /^(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sep(?:tember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)/i

/** Text in quotes, letters of one kind, or any other single character. */
const TOKENS = /'([^']*)'|([A-Za-z])\2*|[^A-Za-z]/gu
const MOST_CHARACTERS = 100

/**
 * The instant that a text names in a format of the letters of `formatDate`; names of months are English.
 *
 * @throws ValueError when the text has another form, or names a day or time that does not exist
 */
export function parseWithFormat(text: string, format: string, zone: Zone): number {
  if (text.length > MOST_CHARACTERS || format.length > MOST_CHARACTERS) {
    throw tooLongText(MOST_CHARACTERS, `A date and its format may have at most ${MOST_CHARACTERS} characters`)
  }
  const reading: Reading = {
    year: 1970,
    month: 1,
    day: 1,
    hour: 0,
    minute: 0,
    second: 0,
    ms: 0,
    afternoon: undefined,
  }
  let rest = text
  for (const [token, quoted, letter] of format.matchAll(TOKENS)) {
    const length = letter === undefined ? literal(rest, quoted ?? token) : letters(rest, token, reading)
    if (length === undefined) throw mismatch(text, format)
    rest = rest.slice(length)
  }
  if (rest !== '' || reading.day > daysIn(reading.year, reading.month)) throw mismatch(text, format)
  return instantOf(wallClockOf(reading), zone)
}

function mismatch(text: string, format: string): ValueError {
  const shown = { text: text.slice(0, 40), format: format.slice(0, 40) }
  const message = `"${shown.text}" is not a date of the form ${shown.format}`
  return new ValueError({ code: 'evaluation.date_mismatch', message, details: shown })
}

function literal(rest: string, expected: string): number | undefined {
  return rest.startsWith(expected) ? expected.length : undefined
}

/** Reads what letters stand for; gives how many characters it took. @throws ValueError for unknown letters */
function letters(rest: string, token: string, reading: Reading): number | undefined {
  if (token === 'a') return halfDay(rest, reading)
  if (token === 'MMM' || token === 'MMMM') return monthName(rest, reading)
  const known = Object.hasOwn(LETTERS, token) ? LETTERS[token] : undefined
  if (known === undefined) {
    const allowed = [...Object.keys(LETTERS), 'MMM', 'MMMM', 'a']
    throw notAllowed({
      what: 'parseDate',
      given: token,
      allowed,
      message: `parseDate does not know "${token.slice(0, 20)}"`,
      hint: `Use the letters ${allowed.join(' ')}; put other words in '…'.`,
    })
  }
  const { field, width, range } = known
  const digits = new RegExp(`^\\d{${width[0]},${width[1]}}`).exec(rest)?.[0]
  if (digits === undefined) return undefined
  const value = Number(digits)
  if (range !== undefined && (value < range[0] || value > range[1])) return undefined
  reading[field] = token === 'yy' ? 2000 + value : value
  return digits.length
}

function halfDay(rest: string, reading: Reading): number | undefined {
  const half = /^[ap]m/i.exec(rest)?.[0]
  if (half !== undefined) reading.afternoon = half.toLowerCase() === 'pm'
  return half?.length
}

function monthName(rest: string, reading: Reading): number | undefined {
  const name = MONTH_NAMES.exec(rest)?.[0]
  if (name !== undefined) reading.month = MONTHS.indexOf(name.slice(0, 3).toLowerCase()) + 1
  return name?.length
}

function wallClockOf({ afternoon, ...shown }: Reading): WallClock {
  return afternoon === undefined ? shown : { ...shown, hour: (shown.hour % 12) + (afternoon ? 12 : 0) }
}
