import { describe, expect, it } from 'vitest'
import { newId } from './ids.js'

describe('ids', () => {
  it('are a prefix and a UUID of version 7, which begins with the time', () => {
    expect(newId('run', 0x0199_1234_5678)).toMatch(/^run_0199123456787[0-9a-f]{3}[89ab][0-9a-f]{15}$/)
  })

  it('sort by time, and those of one millisecond in the order in which they were made', () => {
    const made = [5, 6, 6, 6.5, 7, 9].flatMap((ms) => Array.from({ length: 600 }, () => newId('run', ms)))
    expect(made.toSorted()).toEqual(made)
    expect(new Set(made).size).toBe(made.length)
  })

  it('stay apart when more are made in a millisecond than can be told in order', () => {
    const made = Array.from({ length: 10_000 }, () => newId('run', 8))
    expect(new Set(made).size).toBe(made.length)
    expect(made.slice(0, 4096).toSorted()).toEqual(made.slice(0, 4096))
  })
})
