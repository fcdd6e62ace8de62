import type { CustomerId, Dispatch, RunId, TenantId } from '@inlay/engine'
import { beforeEach, describe, expect, it } from 'vitest'
import { Lanes } from './lanes.js'

function runs(customer: string, count: number, from = 0): Dispatch[] {
  return Array.from({ length: count }, (_, index) => ({
    runId: `${customer}${from + index}` as RunId,
    tenantId: 'ten_1' as TenantId,
    customerId: customer as CustomerId,
    dispatchSeq: 0,
  }))
}

const idsOf = (dispatches: readonly Dispatch[]): string[] => dispatches.map(({ runId }) => runId)

describe('lanes', () => {
  let lanes: Lanes

  beforeEach(() => {
    lanes = new Lanes()
  })

  it('let customers take turns', () => {
    lanes.add(runs('a', 4))
    lanes.add(runs('b', 1))
    lanes.add(runs('c', 2))
    expect(idsOf(lanes.next({ max: 10, perLane: 3 }))).toEqual(['a0', 'b0', 'c0', 'a1', 'c1', 'a2'])
    expect(idsOf(lanes.next({ max: 4, perLane: 3 }))).toEqual(['a0', 'b0', 'c0', 'a1'])
    expect(lanes.size).toBe(7)
  })

  it('tell customers of the same name apart by tenant', () => {
    lanes.add(runs('a', 2))
    lanes.add([{ ...(runs('a', 1, 9)[0] as Dispatch), tenantId: 'ten_2' as TenantId }])
    expect(idsOf(lanes.next({ max: 10, perLane: 1 }))).toEqual(['a0', 'a9'])
  })

  it('keep what is not removed, in its order, and forget what is', () => {
    lanes.add(runs('a', 3))
    lanes.add(runs('b', 1))
    lanes.remove([...runs('a', 1), ...runs('b', 1), ...runs('x', 1)])
    expect([idsOf(lanes.next({ max: 10, perLane: 9 })), lanes.size]).toEqual([['a1', 'a2'], 2])
  })

  it('have one place for a run, and its latest dispatch', () => {
    lanes.add(runs('a', 2))
    lanes.add([{ ...(runs('a', 1)[0] as Dispatch), dispatchSeq: 7 }])
    expect(lanes.next({ max: 10, perLane: 9 }).map(({ runId, dispatchSeq }) => [runId, dispatchSeq])).toEqual([
      ['a0', 7],
      ['a1', 0],
    ])
    expect(lanes.size).toBe(2)
  })

  it('let those who were refused wait behind those who were not asked', () => {
    for (const customer of ['a', 'b', 'c']) lanes.add(runs(customer, 2))
    lanes.moveBack(lanes.next({ max: 2, perLane: 1 }))
    expect(idsOf(lanes.next({ max: 2, perLane: 1 }))).toEqual(['c0', 'a0'])
  })

  it('are bounded for each customer', () => {
    lanes.add(runs('a', 6000))
    lanes.add(runs('b', 1))
    expect(lanes.size).toBe(5001)
  })
})
