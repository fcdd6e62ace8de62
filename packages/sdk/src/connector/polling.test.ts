import { isInlayError, type JsonValue, type PollResult } from '@inlay/engine'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cursorTime, newById, newByTime } from './polling.js'

interface Order {
  readonly id: string
  readonly at: number
}

const LATE_MS = 10
const byTime = (items: readonly Order[], cursor: JsonValue): PollResult =>
  newByTime(items, { cursor, idOf: ({ id }) => id, timeOf: ({ at }) => at, dataOf: ({ id }) => id, lateMs: LATE_MS })
const byId = (items: readonly Order[], cursor: JsonValue): PollResult =>
  newById(items, { cursor, idOf: ({ id }) => id, dataOf: ({ id }) => id })
const ids = ({ items }: PollResult): string[] => items.map(({ id }) => id)

/** What the service lists, poll by poll: each order appears at or after its own time, at most `LATE_MS` after the newest. */
const histories = fc
  .array(fc.record({ gap: fc.integer({ min: 0, max: 6 }), late: fc.integer({ min: 0, max: LATE_MS }) }), {
    maxLength: 40,
  })
  .chain((steps) => {
    let at = 1000
    const orders = steps.map(({ gap, late }, index) => {
      at += gap
      return { id: `o${index}`, at, listedAt: at + late }
    })
    const end = at + LATE_MS + 1
    return fc.record({
      orders: fc.constant(orders),
      polls: fc
        .array(fc.integer({ min: 1000, max: end }), { maxLength: 12 })
        .map((times) => [...times, end].sort((a, b) => a - b)),
      seed: fc.integer(),
      vanish: fc.integer({ min: 2, max: 9 }),
    })
  })

/** Some order that follows from the seed alone. */
function shuffled<T>(items: readonly T[], seed: number): T[] {
  const rank = (index: number): number => Math.sin(seed + index * 7.13)
  return items
    .map((item, index) => ({ item, rank: rank(index) }))
    .sort((a, b) => a.rank - b.rank)
    .map(({ item }) => item)
}

describe('newByTime', () => {
  it('tells each item once, in whatever order, with equal times, listed late or twice, or gone for a while', () => {
    fc.assert(
      fc.property(histories, ({ orders, polls, seed, vanish }) => {
        let cursor: JsonValue = null
        const told: string[] = []
        for (const [index, now] of polls.entries()) {
          const listed = orders.filter(({ listedAt }) => listedAt <= now)
          const isLast = index === polls.length - 1
          // What was told may be missing from a list and come back; what was not may not, or it could not be told.
          const shown = listed.filter(({ id }, place) => isLast || !told.includes(id) || (place + index) % vanish !== 0)
          const result = byTime(shuffled([...shown, ...shown.slice(0, 3)], seed + index), cursor)
          told.push(...ids(result))
          // As the platform keeps it.
          cursor = JSON.parse(JSON.stringify(result.cursor))
        }
        expect(told.toSorted()).toEqual(orders.map(({ id }) => id).toSorted())
      }),
    )
  })

  it('finds the same when the service is asked since the time of the cursor', () => {
    fc.assert(
      fc.property(histories, ({ orders, polls, seed }) => {
        let cursor: JsonValue = null
        const told: string[] = []
        for (const now of polls) {
          const since = cursorTime(cursor, LATE_MS) ?? 0
          const listed = orders.filter(({ listedAt, at }) => listedAt <= now && at >= since)
          const result = byTime(shuffled(listed, seed), cursor)
          told.push(...ids(result))
          cursor = result.cursor
        }
        expect(told.toSorted()).toEqual(orders.map(({ id }) => id).toSorted())
      }),
    )
  })

  it('gives the oldest first, and nothing of an empty list', () => {
    const items = [
      { id: 'b', at: 20 },
      { id: 'a', at: 10 },
    ]
    const first = byTime(items, null)
    expect(ids(first)).toEqual(['a', 'b'])
    expect(byTime([], first.cursor)).toEqual({ items: [], cursor: first.cursor })
    expect(ids(byTime([], null))).toEqual([])
    expect(cursorTime(null)).toBeUndefined()
  })

  it('reads ISO 8601, and says so when a time is none', () => {
    const timed = (at: string) => newByTime([at], { cursor: null, idOf: () => 'x', timeOf: (text) => text })
    expect(cursorTime(timed('2026-01-02T03:04:05Z').cursor, 0)).toBe(Date.UTC(2026, 0, 2, 3, 4, 5))
    try {
      timed('yesterday')
      expect.unreachable()
    } catch (error) {
      expect(isInlayError(error) && error.detail).toContain('"yesterday"')
    }
  })

  it('begins anew with a cursor that is not its own', () => {
    for (const cursor of [7, 'x', [], { at: 'x' }, { at: 1 }, { at: 1, seen: [[1, 'x'], 'y', ['z', 1]] }]) {
      expect(ids(byTime([{ id: 'a', at: 10 }], cursor))).toEqual(['a'])
    }
  })
})

describe('newById', () => {
  it('tells each item once, however long it stays and whatever goes', () => {
    const lists = fc.array(
      fc.array(
        fc.integer({ min: 0, max: 60 }).map((n) => ({ id: `o${n}`, at: 0 })),
        { maxLength: 30 },
      ),
    )
    fc.assert(
      fc.property(lists, (polls) => {
        let cursor: JsonValue = null
        const told: string[] = []
        for (const list of polls) {
          const result = byId(list, cursor)
          told.push(...ids(result))
          cursor = JSON.parse(JSON.stringify(result.cursor))
        }
        expect(told.toSorted()).toEqual([...new Set(polls.flat().map(({ id }) => id))].toSorted())
      }),
    )
  })

  it('forgets only what has gone longest, and never what is listed', () => {
    const list = (from: number, to: number): Order[] =>
      Array.from({ length: to - from }, (_, index) => ({ id: `o${from + index}`, at: 0 }))
    const options = { idOf: ({ id }: Order) => id, dataOf: () => null, remember: 2 }
    let { cursor } = newById(list(0, 5), { ...options, cursor: null })
    expect(ids(newById(list(0, 5), { ...options, cursor }))).toEqual([])
    cursor = newById(list(5, 6), { ...options, cursor }).cursor
    expect(cursor).toEqual(['o3', 'o4', 'o5'])
    expect(ids(newById(list(2, 6), { ...options, cursor }))).toEqual(['o2'])
  })

  it('turns a list that begins with the newest', () => {
    const options = { idOf: (id: string) => id, cursor: null }
    expect(ids(newById(['b', 'a'], { ...options, isNewestFirst: true }))).toEqual(['a', 'b'])
    expect(newById(['b', 'a'], options).items).toEqual([
      { id: 'b', data: 'b' },
      { id: 'a', data: 'a' },
    ])
  })
})
