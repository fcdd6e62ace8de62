import { describe, expect, it } from 'vitest'
import { ENGLISH } from '../messages/messages.js'
import type { Texts } from '../messages/useTexts.js'
import { describeMoment, formatDuration, formatMoment } from './Time.js'

describe('a length of time', () => {
  it.each([
    [84, '84 ms'],
    [1240, '1.2 s'],
    [185_000, '3 min 5 s'],
    [7_800_000, '2 h 10 min'],
  ])('of %i ms is written with symbols that all Latin scripts share', (ms, text) => {
    expect(formatDuration(ms, 'en')).toBe(text)
  })

  it('is written in words where the script is another one', () => {
    expect(formatDuration(185_000, 'ja')).toBe('3 分 5 秒')
    expect(formatDuration(1240, 'ar')).not.toMatch(/[a-z]/i)
  })
})

describe('a moment', () => {
  // Noon, so that the same day goes on for twelve hours on both sides.
  const now = new Date(2026, 5, 17, 12).getTime()
  const MINUTE_MS = 60_000

  it.each([
    [-0.9, 'just now'],
    [-59.6, '59 minutes ago'],
    [-60 * 23.6, '23 hours ago'],
    [-60 * 25, 'yesterday'],
    [-60 * 37, '2 days ago'],
    [60 * 1.9, 'in 1 hour'],
    [60 * 35, 'tomorrow'],
  ])('%d minutes away counts whole units, and days as the calendar does', (minutes, words) => {
    const t: Texts = (key) => String(ENGLISH[key])
    expect(describeMoment(now + minutes * MINUTE_MS, now, { locale: 'en', t })).toBe(words)
  })

  it('has its date where that is not today', () => {
    const moment = (hours: number) => formatMoment(new Date(now + hours * 60 * MINUTE_MS).toISOString(), now, 'en-GB')
    expect(moment(-3)).toBe('09:00:00')
    expect(moment(-13)).toBe('16/06/2026, 23:00:00')
    expect(moment(13)).toBe('18/06/2026, 01:00:00')
  })
})
