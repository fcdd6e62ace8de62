import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cursorNumber, newByNumber } from './polling-by-number.js'

const poll = (numbers: readonly string[], cursor: Parameters<typeof cursorNumber>[0]) =>
  newByNumber(numbers, { cursor, numberOf: (number) => number, dataOf: (number) => number })

describe('what is new by number', () => {
  it('asks from a little before the highest number, which may be larger than a double holds', () => {
    expect(cursorNumber(null)).toBeUndefined()
    expect(cursorNumber(poll(['18446744073709551614'], null).cursor)).toBe('18446744073709551414')
  })

  it('tells every number once, though it appears up to 200 numbers late', () => {
    const numbers = fc.uniqueArray(fc.integer({ min: 0, max: 199 }), { minLength: 1 })
    fc.assert(
      fc.property(numbers, fc.integer({ min: 1, max: 5 }), (order, size) => {
        const table: string[] = []
        const told: string[] = []
        let cursor: Parameters<typeof cursorNumber>[0] = null
        for (let at = 0; at < order.length; at += size) {
          table.push(...order.slice(at, at + size).map(String))
          const above = Number(cursorNumber(cursor) ?? Number.NEGATIVE_INFINITY)
          const found = poll(
            table.filter((number) => Number(number) > above),
            cursor,
          )
          told.push(...found.items.map(({ id }) => id))
          cursor = found.cursor
        }
        expect(told.toSorted()).toEqual(order.map(String).toSorted())
      }),
    )
  })
})
