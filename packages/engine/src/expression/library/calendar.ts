import type { Budget } from '../limits.js'
import { notAllowed, notWhole } from '../value-refusals.js'
import { asNumber, asText } from '../values.js'
import type { Library } from './function.js'
import { daysIn, toDate, toIso } from './instants.js'
import { instantOf, offsetAt, utcOf, type WallClock, wallClock, type Zone } from './zoned.js'

/** Functions over days, weeks, months and years as a calendar on a wall in some time zone (UTC when absent) has them. */
export const CALENDAR_LIBRARY: Library = {
  addToDate: {
    signature: 'addToDate(date, amount, unit, timeZone?)',
    description: 'The instant that many years, quarters, months, weeks, days, hours, minutes or seconds later.',
    example: "addToDate('2026-01-31', 1, 'month') → '2026-02-28T00:00:00.000Z'",
    arity: [3, 4],
    call: ([date, amount, unit, timeZone], budget) => {
      const count = asNumber(amount, 'addToDate')
      if (!Number.isInteger(count)) throw notWhole('addToDate', 'addToDate adds a whole number; use a smaller unit')
      return toIso(add(toDate(date).getTime(), { count, unit: unitOf(unit) }, zoneOf(timeZone, budget)))
    },
  },
  startOf: {
    signature: 'startOf(date, unit, timeZone?)',
    description: 'When the year, quarter, month, week (Monday), day, hour or minute began that an instant is in.',
    example: "startOf('2026-05-20T22:30:00Z', 'day', 'Europe/Berlin') → '2026-05-20T22:00:00.000Z'",
    arity: [2, 3],
    call: ([date, unit, timeZone], budget) => {
      const zone = zoneOf(timeZone, budget)
      return toIso(instantOf(floor(wallClock(toDate(date).getTime(), zone), unitOf(unit)), zone))
    },
  },
  endOf: {
    signature: 'endOf(date, unit, timeZone?)',
    description: 'The last millisecond of the year, quarter, month, week, day, hour or minute that an instant is in.',
    example: "endOf('2026-02-10', 'month') → '2026-02-28T23:59:59.999Z'",
    arity: [2, 3],
    call: ([date, unit, timeZone], budget) => {
      const [zone, name] = [zoneOf(timeZone, budget), unitOf(unit)]
      const start = floor(wallClock(toDate(date).getTime(), zone), name)
      return toIso(instantOf(shift(start, 1, name), zone) - 1)
    },
  },
  dateParts: {
    signature: 'dateParts(date, timeZone?)',
    description:
      'Year, quarter, month, week (ISO 8601), day, weekday (1 for Monday), hour, minute, second and dayOfYear.',
    example: "dateParts('2026-05-20T22:30:00Z', 'Europe/Berlin').weekday → 4",
    arity: [1, 2],
    call: ([date, timeZone], budget) => partsOf(wallClock(toDate(date).getTime(), zoneOf(timeZone, budget))),
  },
  inTimeZone: {
    signature: 'inTimeZone(date, timeZone)',
    description: 'An instant as ISO 8601 text with the time and offset of a zone.',
    example: "inTimeZone('2026-01-31T12:00:00Z', 'Europe/Berlin') → '2026-01-31T13:00:00.000+01:00'",
    arity: [2, 2],
    call: ([date, timeZone], budget) => {
      const ms = toDate(date).getTime()
      const offsetMs = offsetAt(ms, zoneOf(timeZone, budget))
      const minutes = Math.round(Math.abs(offsetMs) / 60_000)
      const two = (value: number): string => String(value).padStart(2, '0')
      const offset = `${offsetMs < 0 ? '-' : '+'}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`
      return toIso(ms + offsetMs).replace('Z', offset)
    },
  },
  calendarDifference: {
    signature: 'calendarDifference(later, earlier, unit, timeZone?)',
    description: 'How many whole years, quarters, months, weeks or days lie between two instants.',
    example: "calendarDifference('2026-03-15', '2024-12-31', 'month') → 14",
    arity: [3, 4],
    call: ([later, earlier, unit, timeZone], budget) => {
      const zone = zoneOf(timeZone, budget)
      return wholeUnits(toDate(later).getTime(), toDate(earlier).getTime(), { unit: unitOf(unit), zone })
    },
  },
  addWorkdays: {
    signature: 'addWorkdays(date, days, timeZone?)',
    description: 'The instant that many days from Monday to Friday later, or earlier when negative.',
    example: "addWorkdays('2026-01-30T09:00:00Z', 2) → '2026-02-03T09:00:00.000Z'",
    arity: [2, 3],
    call: ([date, days, timeZone], budget) => {
      const zone = zoneOf(timeZone, budget)
      const count = asNumber(days, 'addWorkdays')
      if (!Number.isInteger(count)) throw notWhole('addWorkdays', 'addWorkdays adds a whole number of days')
      const wall = wallClock(toDate(date).getTime(), zone)
      return toIso(instantOf({ ...wall, day: wall.day + workdays(weekdayOf(wall), count) }, zone))
    },
  },
}

const UNITS = ['year', 'quarter', 'month', 'week', 'day', 'hour', 'minute', 'second'] as const
type Unit = (typeof UNITS)[number]

function unitOf(unit: unknown): Unit {
  const text = asText(unit, 'The unit')
  const found = UNITS.find((name) => text === name || text === `${name}s`)
  if (found === undefined) {
    const message = `"${text.slice(0, 20)}" is not a unit of time`
    throw notAllowed({ what: 'The unit', given: text, allowed: UNITS, message, hint: `Use ${UNITS.join(', ')}.` })
  }
  return found
}

function zoneOf(timeZone: unknown, budget: Budget): Zone {
  return { name: timeZone === undefined ? 'UTC' : asText(timeZone, 'The time zone'), budget }
}

const FIXED_MS: Partial<Record<Unit, number>> = { hour: 3_600_000, minute: 60_000, second: 1_000 }

interface Amount {
  readonly count: number
  readonly unit: Unit
}

/** Hours and less are lengths of time; days and more keep the time on the clock, also when clocks change. */
function add(instantMs: number, { count, unit }: Amount, zone: Zone): number {
  const fixedMs = FIXED_MS[unit]
  if (fixedMs !== undefined) return instantMs + count * fixedMs
  return instantOf(shift(wallClock(instantMs, zone), count, unit), zone)
}

/** A day that the month arrived at does not have becomes its last. */
function shift(wall: WallClock, count: number, unit: Unit): WallClock {
  switch (unit) {
    case 'week':
      return { ...wall, day: wall.day + count * 7 }
    case 'day':
      return { ...wall, day: wall.day + count }
    case 'hour':
      return { ...wall, hour: wall.hour + count }
    case 'minute':
      return { ...wall, minute: wall.minute + count }
    case 'second':
      return { ...wall, second: wall.second + count }
    default: {
      const months = wall.year * 12 + wall.month - 1 + count * MONTHS[unit]
      const [year, month] = [Math.floor(months / 12), (((months % 12) + 12) % 12) + 1]
      return { ...wall, year, month, day: Math.min(wall.day, daysIn(year, month)) }
    }
  }
}

const MONTHS = { year: 12, quarter: 3, month: 1 } as const

function floor(wall: WallClock, unit: Unit): WallClock {
  const day = { ...wall, hour: 0, minute: 0, second: 0, ms: 0 }
  switch (unit) {
    case 'year':
      return { ...day, month: 1, day: 1 }
    case 'quarter':
      return { ...day, month: wall.month - ((wall.month - 1) % 3), day: 1 }
    case 'month':
      return { ...day, day: 1 }
    case 'week':
      return { ...day, day: wall.day - weekdayOf(wall) + 1 }
    case 'day':
      return day
    case 'hour':
      return { ...day, hour: wall.hour }
    case 'minute':
      return { ...day, hour: wall.hour, minute: wall.minute }
    case 'second':
      return { ...wall, ms: 0 }
  }
}

const DAY_MS = 86_400_000

/** Days from 1970 to the day on the calendar. */
function dayNumber(wall: WallClock): number {
  return Math.floor(utcOf(wall) / DAY_MS)
}

/** 1 for Monday to 7 for Sunday. */
function weekdayOf(wall: WallClock): number {
  return ((((dayNumber(wall) + 3) % 7) + 7) % 7) + 1
}

function partsOf(wall: WallClock): Record<string, number> {
  const { year, month, day, hour, minute, second } = wall
  const dayOfYear = dayNumber(wall) - dayNumber({ ...wall, month: 1, day: 1 }) + 1
  const weekday = weekdayOf(wall)
  return {
    year,
    quarter: Math.ceil(month / 3),
    month,
    week: isoWeek(wall, weekday),
    day,
    weekday,
    hour,
    minute,
    second,
    dayOfYear,
  }
}

/** The week belongs to the year that its Thursday is in. */
function isoWeek(wall: WallClock, weekday: number): number {
  const thursday = new Date((dayNumber(wall) - weekday + 4) * DAY_MS)
  const firstDay = dayNumber({ ...wall, year: thursday.getUTCFullYear(), month: 1, day: 1 })
  return Math.floor((thursday.getTime() / DAY_MS - firstDay) / 7) + 1
}

function wholeUnits(laterMs: number, earlierMs: number, { unit, zone }: { unit: Unit; zone: Zone }): number {
  const fixedMs = FIXED_MS[unit]
  if (fixedMs !== undefined) return Math.trunc((laterMs - earlierMs) / fixedMs) + 0
  if (laterMs < earlierMs) return 0 - wholeUnits(earlierMs, laterMs, { unit, zone })
  const [later, earlier] = [wallClock(laterMs, zone), wallClock(earlierMs, zone)]
  const [laterUtc, count] = [utcOf(later), roughUnits(later, earlier, unit)]
  // The estimate counts begun units; one is not over when adding it leads beyond the later clock.
  return utcOf(shift(earlier, count, unit)) > laterUtc ? count - 1 : count
}

function roughUnits(later: WallClock, earlier: WallClock, unit: Unit): number {
  if (unit === 'day' || unit === 'week') {
    return Math.floor((dayNumber(later) - dayNumber(earlier)) / (unit === 'week' ? 7 : 1))
  }
  const months = (later.year - earlier.year) * 12 + later.month - earlier.month
  return Math.floor(months / (unit === 'year' || unit === 'quarter' ? MONTHS[unit] : 1))
}

/** Calendar days that so many days from Monday to Friday take, counted from a weekday. */
function workdays(weekday: number, count: number): number {
  if (count === 0) return 0
  const isBack = count < 0
  // At a weekend, counting begins from the working day behind it.
  const edge = isBack ? 8 : 5
  const toEdge = weekday <= 5 ? 0 : edge - weekday
  const [weeks, rest] = [Math.trunc(count / 5), count % 5]
  const lands = (weekday <= 5 ? weekday : edge % 7) + rest
  const weekend = lands > 5 ? 2 : lands < 1 ? -2 : 0
  return toEdge + weeks * 7 + rest + weekend
}
