import { useEffect, useState } from 'react'
import { type Texts, useLocale, useTexts } from '../messages/useTexts.js'

const MINUTE_MS = 60_000
const UNITS = [
  ['year', 365 * 24 * 60 * MINUTE_MS],
  ['month', 30 * 24 * 60 * MINUTE_MS],
  ['day', 24 * 60 * MINUTE_MS],
  ['hour', 60 * MINUTE_MS],
  ['minute', MINUTE_MS],
] as const

/** How long ago (or until) an instant is, as "3 minutes ago"; the exact time is the title. */
export function RelativeTime({ at }: { readonly at: string }) {
  const t = useTexts()
  const locale = useLocale()
  const [nowMs, setNowMs] = useState(() => Date.now())
  useEffect(() => {
    const timer = setInterval(() => setNowMs(Date.now()), MINUTE_MS / 2)
    return () => clearInterval(timer)
  }, [])
  const date = new Date(at)
  return (
    <time dateTime={at} title={date.toLocaleString(locale)}>
      {describeMoment(date.getTime(), nowMs, { locale, t })}
    </time>
  )
}

/** In whole units that have passed; days are those of the calendar, since they are called yesterday and tomorrow. */
export function describeMoment(atMs: number, nowMs: number, { locale, t }: { locale: string; t: Texts }): string {
  const unit = UNITS.find(([, ms]) => Math.abs(atMs - nowMs) >= ms)
  if (unit === undefined) return t('ui.justNow')
  const [name, ms] = unit
  const count = name === 'day' ? Math.round((midnightOf(atMs) - midnightOf(nowMs)) / ms) : (atMs - nowMs) / ms
  return new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }).format(Math.trunc(count), name)
}

function midnightOf(ms: number): number {
  return new Date(ms).setHours(0, 0, 0, 0)
}

/** An instant of which the day is known when it is today's: the time alone, and the date with it on other days. */
export function formatMoment(at: string, nowMs: number, locale: string): string {
  const date = new Date(at)
  return midnightOf(date.getTime()) === midnightOf(nowMs)
    ? date.toLocaleTimeString(locale)
    : date.toLocaleString(locale)
}

const SYMBOLS = { millisecond: 'ms', second: 's', minute: 'min', hour: 'h' } as const

/** A length of time in short: `84 ms`, `1.2 s`, `3 min 5 s`, `2 h 10 min`. */
export function formatDuration(ms: number, locale: string): string {
  const number = (value: number, unit: keyof typeof SYMBOLS): string => inUnit(value, unit, locale)
  if (ms < 1000) return number(Math.round(ms), 'millisecond')
  if (ms < 10_000) return number(Math.round(ms / 100) / 10, 'second')
  const seconds = Math.round(ms / 1000)
  if (seconds < 60) return number(seconds, 'second')
  const minutes = Math.floor(seconds / 60)
  if (minutes < 60) return `${number(minutes, 'minute')} ${number(seconds % 60, 'second')}`
  return `${number(Math.floor(minutes / 60), 'hour')} ${number(minutes % 60, 'minute')}`
}

/** Languages in Latin letters share the symbols of the units; others have short words of their own. */
function inUnit(value: number, unit: keyof typeof SYMBOLS, locale: string): string {
  const words = new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'short' }).format(value)
  return /\p{Script=Latin}/u.test(words) ? `${value.toLocaleString(locale)} ${SYMBOLS[unit]}` : words
}

/** A length of time in milliseconds, in words; a dash when unknown. */
export function Duration({ ms }: { readonly ms: number | null }) {
  const locale = useLocale()
  return ms === null ? <span aria-hidden="true">–</span> : <span>{formatDuration(ms, locale)}</span>
}
