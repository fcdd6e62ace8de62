import { describe, expect, it } from 'vitest'
import { plainRows } from './index.js'

describe('rows of a database', () => {
  it('are JSON that loses nothing, whatever a driver gives', () => {
    const row = {
      ...{ id: 1, big: 9_007_199_254_740_993n, price: Number.NaN, isPaid: false, note: null, missing: undefined },
      ...{ at: new Date(0), never: new Date(Number.NaN), bytes: Buffer.from('hi') },
      ...{ tags: ['a', 2n], shape: { x: 1, inner: { at: new Date(0) } } },
    }
    const at = '1970-01-01T00:00:00.000Z'
    expect(plainRows([row])).toEqual([
      {
        ...{ id: 1, big: '9007199254740993', price: 'NaN', isPaid: false, note: null, missing: null },
        ...{ at, never: null, bytes: 'aGk=', tags: ['a', '2'], shape: { x: 1, inner: { at } } },
      },
    ])
  })
})
