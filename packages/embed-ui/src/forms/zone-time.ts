// Dates and times as browsers' pickers have them, and as services want them.

/** The zone of the person's browser. */
export function localZone(): string {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone
}

const WALL = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2})(?::(\d{2}))?/
const MINUTE_MS = 60_000

/** What a clock in a zone shows at a moment, as `2026-12-24T18:00`; undefined for a text that is no moment. */
export function wallTime(moment: string, zone: string): string | undefined {
  const ms = Date.parse(moment)
  if (!WALL.test(moment) || Number.isNaN(ms)) return undefined
  return wallAt(ms, zone).slice(0, 16)
}

/** The moment at which a clock in a zone shows a time, with the zone's offset: `2026-12-24T18:00:00+01:00`. */
export function momentAt(wall: string, zone: string): string | undefined {
  const match = WALL.exec(wall)
  if (match === null) return undefined
  const asUtc = Date.parse(`${wall.slice(0, 16)}:00Z`)
  if (Number.isNaN(asUtc)) return undefined
  // The offset at the guess may be another one than at the moment itself: the second look is right.
  const guess = asUtc - offsetMs(asUtc, zone)
  const offset = offsetMs(guess, zone)
  return `${wall.slice(0, 16)}:00${offsetText(offset)}`
}

function offsetMs(ms: number, zone: string): number {
  return Date.parse(`${wallAt(ms, zone)}Z`) - Math.floor(ms / 1000) * 1000
}

function wallAt(ms: number, zone: string): string {
  const parts = new Intl.DateTimeFormat('en-CA', {
    ...{ timeZone: zone, hourCycle: 'h23', year: 'numeric', month: '2-digit', day: '2-digit' },
    ...{ hour: '2-digit', minute: '2-digit', second: '2-digit' },
  }).formatToParts(ms)
  const of = (type: Intl.DateTimeFormatPartTypes) => parts.find((part) => part.type === type)?.value ?? ''
  return `${of('year').padStart(4, '0')}-${of('month')}-${of('day')}T${of('hour')}:${of('minute')}:${of('second')}`
}

function offsetText(ms: number): string {
  if (ms === 0) return 'Z'
  const minutes = Math.abs(Math.round(ms / MINUTE_MS))
  const two = (value: number) => String(value).padStart(2, '0')
  return `${ms < 0 ? '-' : '+'}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`
}
