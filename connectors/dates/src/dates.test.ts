import { describeConnectorContract, runAction } from '@inlay/sdk/testing'
import { describe, expect, it } from 'vitest'
import { connector } from './index.js'

const run = (action: string, input: object) => runAction(connector, action, { input })

describe('dates', () => {
  it.each(Object.entries(connector.actions))(
    '%s does what its sample says',
    async (id, { sampleInput, sampleOutput }) => {
      expect(await run(id, sampleInput ?? {})).toEqual(sampleOutput)
    },
  )

  it.each([
    // The night in which clocks go forward has no half past two, and a day of 23 hours.
    ['2026-03-28T02:30:00', 1, 'days', '2026-03-29T03:30:00+02:00'],
    ['2026-03-28T12:00:00', 24, 'hours', '2026-03-29T13:00:00+02:00'],
    ['2026-03-28T12:00:00', 1, 'days', '2026-03-29T12:00:00+02:00'],
    ['2028-02-29T00:00:00', 1, 'years', '2029-02-28T00:00:00+01:00'],
    ['2026-01-01T00:00:00', -1, 'seconds', '2025-12-31T23:59:59+01:00'],
  ])('%s plus %i %s in Berlin is %s', async (date, amount, unit, expected) => {
    expect(await run('addTime', { date, amount, unit, zone: 'Europe/Berlin' })).toEqual({ date: expected })
  })

  it('reads Unix milliseconds, dates of mails and dates without offset in the zone', async () => {
    const at = async (date: string | number) => run('format', { date, zone: 'Asia/Tokyo', pattern: 'HH:mm' })
    expect(await at(0)).toEqual({ text: '09:00' })
    expect(await at('Thu, 24 Dec 2026 18:00:00 +0000')).toEqual({ text: '03:00' })
    expect(await at('2026-12-24T18:00')).toEqual({ text: '18:00' })
  })

  it('writes in the language that is asked for', async () => {
    const input = { date: '2026-12-24', pattern: 'EEEE, d. MMMM', locale: 'de' }
    expect(await run('format', input)).toEqual({ text: 'Donnerstag, 24. Dezember' })
  })

  it('goes back over weekends too', async () => {
    expect(await run('businessDays', { date: '2026-12-28T00:00:00Z', days: -1 })).toEqual({
      date: '2026-12-25T00:00:00Z',
    })
  })

  it.each([
    ['no date', { date: 'tomorrow' }, '"tomorrow" is not a date'],
    ['a day that is not', { date: '2026-02-30' }, '"2026-02-30" is not a date'],
    ['no time zone', { date: '2026-02-03', zone: 'Mars/Olympus' }, 'There is no time zone "Mars/Olympus"'],
  ])('says what is wrong with %s', async (_, input, message) => {
    await expect(run('format', input)).rejects.toMatchObject({ kind: 'validation', message })
  })
})

describeConnectorContract(connector, { describe, it, expect })
