import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { numberToText, textToNumberIn } from './number-text.js'
import { momentAt, wallTime } from './zone-time.js'

const ZONES = ['Europe/Berlin', 'America/New_York', 'Asia/Kolkata', 'Pacific/Chatham', 'UTC']

describe('moments', () => {
  it('carry the offset that the zone has then', () => {
    expect(momentAt('2026-12-24T18:00', 'Europe/Berlin')).toBe('2026-12-24T18:00:00+01:00')
    expect(momentAt('2026-07-01T09:30', 'Europe/Berlin')).toBe('2026-07-01T09:30:00+02:00')
    expect(momentAt('2026-07-01T09:30', 'UTC')).toBe('2026-07-01T09:30:00Z')
    expect(momentAt('2026-07-01T09:30', 'America/New_York')).toBe('2026-07-01T09:30:00-04:00')
    expect(momentAt('soon', 'UTC')).toBeUndefined()
  })

  it('are shown as the zone reads them, and come back as they were picked', () => {
    expect(wallTime('2026-12-24T18:00:00Z', 'Asia/Kolkata')).toBe('2026-12-24T23:30')
    expect(wallTime('{{ trigger.at }}', 'UTC')).toBeUndefined()
    const minute = fc.integer({ min: Date.UTC(1990, 0) / 60_000, max: Date.UTC(2060, 0) / 60_000 })
    fc.assert(
      fc.property(minute, fc.constantFrom(...ZONES), (at, zone) => {
        const shown = wallTime(new Date(at * 60_000).toISOString(), zone)
        expect(wallTime(momentAt(shown ?? '', zone) ?? '', zone)).toBe(shown)
      }),
    )
  })
})

describe('numbers', () => {
  it('are read as people of a language write them', () => {
    expect(textToNumberIn('1,5', 'de')).toBe(1.5)
    expect(textToNumberIn('1.234,5', 'de')).toBe(1234.5)
    expect(textToNumberIn('1,234.5', 'en')).toBe(1234.5)
    expect(textToNumberIn('1 234,5', 'fr')).toBe(1234.5)
    expect(textToNumberIn('١٫٥', 'ar')).toBe(1.5)
    expect(textToNumberIn('1.5', 'de')).toBe(1.5)
    expect(textToNumberIn('1.234', 'de')).toBe(1234)
    expect(textToNumberIn('1,234', 'de')).toBe(1.234)
    expect(textToNumberIn('abc', 'en')).toBe('abc')
    expect(textToNumberIn(' ', 'en')).toBeUndefined()
  })

  it('come back as they were shown', () => {
    const number = fc.oneof(fc.integer(), fc.float({ noNaN: true, noDefaultInfinity: true, min: -1e6, max: 1e6 }))
    fc.assert(
      fc.property(number, fc.constantFrom('en', 'de', 'fr', 'ja', 'ar'), (value, locale) => {
        const plain = Object.is(value, -0) ? 0 : value
        expect(textToNumberIn(numberToText(plain, locale), locale)).toBeCloseTo(plain, 10)
      }),
    )
  })
})
