import { describe, expect, it } from 'vitest'
import { createOrderedIds } from './ordered-ids.js'

describe('ordered ids', () => {
  it('sort in the order in which they were made, within a millisecond and when the clock goes back', () => {
    const times = [5, 5, 5, 6, 4, 7, 7]
    const next = createOrderedIds('aud', () => times.shift() ?? 8)
    const ids = Array.from({ length: 5000 }, next)
    expect([...ids].slice(0, 4000).sort()).toEqual(ids.slice(0, 4000))
    expect(new Set(ids).size).toBe(5000)
    expect(ids[0]).toMatch(/^aud_0000000000057000[0-9a-f]{16}$/)
  })
})
