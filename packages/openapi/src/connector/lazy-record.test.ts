import { describe, expect, it } from 'vitest'
import { lazyRecord } from './lazy-record.js'

describe('a lazy record', () => {
  it('makes each value once, when it is asked for, and lists like any other', () => {
    const made: string[] = []
    const maker = (name: string) => () => {
      made.push(name)
      return { name }
    }
    const record = lazyRecord(
      new Map([
        ['a', maker('a')],
        ['b', maker('b')],
      ]),
    )
    expect([Object.keys(record), Object.hasOwn(record, 'a'), made]).toEqual([['a', 'b'], true, []])
    expect(record['a']).toBe(record['a'])
    expect(made).toEqual(['a'])
    expect(Object.values(record)).toEqual([{ name: 'a' }, { name: 'b' }])
  })
})
