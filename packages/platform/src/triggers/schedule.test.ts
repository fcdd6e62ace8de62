import { describe, expect, it } from 'vitest'
import { nextCron, nextFireAt, nextInterval } from './schedule.js'

describe('schedules', () => {
  it.each<[string, string, string, string]>([
    ['a plain morning', '0 9 * * 1-5', '2026-11-20T10:00:00Z', '2026-11-23T08:00:00.000Z'],
    ['the hour that spring skips: at its end', '30 2 * * *', '2026-03-28T12:00:00Z', '2026-03-29T01:00:00.000Z'],
    ['the day after the skipped hour', '30 2 * * *', '2026-03-29T02:00:00Z', '2026-03-30T00:30:00.000Z'],
    ['the hour that autumn repeats, first time', '30 2 * * *', '2026-10-24T12:00:00Z', '2026-10-25T00:30:00.000Z'],
    ['not again in the repeated hour', '30 2 * * *', '2026-10-25T00:30:00Z', '2026-10-26T01:30:00.000Z'],
  ])('in Berlin: %s', (_name, cron, after, expected) => {
    expect(nextCron(cron, 'Europe/Berlin', new Date(after))?.toISOString()).toBe(expected)
  })

  it('never fire for expressions that are none', () => {
    expect(nextCron('every day', 'UTC', new Date())).toBeNull()
  })

  it('with an interval stay on their grid and skip what was missed', () => {
    const at = (text: string): Date => new Date(`2026-01-01T${text}Z`)
    expect(nextInterval(at('10:00:00'), 60_000, at('10:00:20'))).toEqual(at('10:01:00'))
    expect(nextInterval(at('10:00:00'), 60_000, at('13:30:20'))).toEqual(at('13:31:00'))
    expect(nextFireAt({ type: 'schedule', every: '15m' }, at('10:00:00'))).toEqual(at('10:15:00'))
  })
})
