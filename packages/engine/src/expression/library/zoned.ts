/** Wall-clock times and instants: what a clock on a wall in some zone shows, and when it shows it. */
import type { Budget } from '../limits.js'
import { dateOutOfRange } from '../value-refusals.js'
import { DATE_FORMATTERS } from './intl-formats.js'

/** What a clock shows. Fields may be out of range in arithmetic: month 14 is February of the next year. */
export interface WallClock {
  readonly year: number
  /** 1 for January. */
  readonly month: number
  readonly day: number
  readonly hour: number
  readonly minute: number
  readonly second: number
  readonly ms: number
}

/** The time zone of a calculation, and what it may spend. */
export interface Zone {
  /** IANA name. */
  readonly name: string
  readonly budget: Budget
}

const DAY_MS = 86_400_000

/** Years that four digits can write; beyond them calendars and formats mean nothing to people. */
const FIRST_MS = new Date(0).setUTCFullYear(1, 0, 2)
const LAST_MS = Date.UTC(9999, 11, 30)

/** @throws ValueError for an unknown time zone or a year out of range, LimitError */
export function wallClock(instantMs: number, zone: Zone): WallClock {
  const shifted = new Date(instantMs + offsetAt(instantMs, zone))
  return {
    year: shifted.getUTCFullYear(),
    month: shifted.getUTCMonth() + 1,
    day: shifted.getUTCDate(),
    hour: shifted.getUTCHours(),
    minute: shifted.getUTCMinutes(),
    second: shifted.getUTCSeconds(),
    ms: shifted.getUTCMilliseconds(),
  }
}

/**
 * When a clock shows that. A time that a change of the clock skips is as much later; of a time that comes twice it is the
 * first.
 *
 * @throws ValueError for an unknown time zone or a year out of range, LimitError
 */
export function instantOf(wall: WallClock, zone: Zone): number {
  const utc = utcOf(wall)
  const offsets = [offsetAt(utc - DAY_MS, zone), offsetAt(utc + DAY_MS, zone)]
  const matching = offsets.map((offset) => utc - offset).filter((at) => at + offsetAt(at, zone) === utc)
  return matching.length > 0 ? Math.min(...matching) : utc - (offsets[0] ?? 0)
}

/** Milliseconds from 1970 to what a clock in UTC shows. @throws ValueError for a year out of range */
export function utcOf({ year, month, day, hour, minute, second, ms }: WallClock): number {
  const date = new Date(0)
  // Date.UTC would take the years 0 to 99 for those of the 20th century.
  date.setUTCFullYear(year, month - 1, day)
  return inRange(date.setUTCHours(hour, minute, second, ms))
}

/** Milliseconds that clocks of the zone are ahead of UTC. @throws ValueError for an unknown time zone, LimitError */
export function offsetAt(instantMs: number, { name, budget }: Zone): number {
  inRange(instantMs)
  if (name === 'UTC') return 0
  // One call that names the offset costs a third of one that names all fields.
  const shown = DATE_FORMATTERS.get('en-US', { timeZone: name, timeZoneName: 'longOffset' }, budget).format(instantMs)
  const [, sign, hours, minutes, seconds] = OFFSET.exec(shown) ?? []
  const offset = (Number(hours ?? 0) * 60 + Number(minutes ?? 0)) * 60 + Number(seconds ?? 0)
  return (sign === '-' ? 0 - offset : offset) * 1_000
}

/** How the platform ends a date with its offset: `GMT`, `GMT+01:00`, or with seconds for times long ago. */
const OFFSET = /GMT(?:([+-])(\d{2}):(\d{2})(?::(\d{2}))?)?$/

function inRange(instantMs: number): number {
  if (instantMs >= FIRST_MS && instantMs <= LAST_MS) return instantMs
  throw dateOutOfRange('Years go from 1 to 9999.')
}
