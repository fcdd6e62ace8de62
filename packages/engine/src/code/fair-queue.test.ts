import { describe, expect, it } from 'vitest'
import type { TenantId } from '../contracts/ids.js'
import { createFairQueue } from './fair-queue.js'

// Tests may name ids as they like; only production code makes them.
const tenant = (name: string) => name as TenantId
const [a, b, c] = [tenant('a'), tenant('b'), tenant('c')]

describe('a fair queue', () => {
  it('serves tenants in turn, and each in its order', () => {
    const queue = createFairQueue<string>({ maxQueued: 10, maxQueuedPerTenant: 10 })
    for (const item of ['a1', 'a2', 'a3', 'a4']) queue.add(a, item)
    queue.add(b, 'b1')
    queue.add(b, 'b2')
    queue.add(c, 'c1')
    const order = Array.from({ length: 8 }, () => queue.take())
    expect(order).toEqual(['a1', 'b1', 'c1', 'a2', 'b2', 'a3', 'a4', undefined])
  })

  it('lets a tenant go on without losing its place among the others', () => {
    const queue = createFairQueue<string>({ maxQueued: 10, maxQueuedPerTenant: 10 })
    for (const item of ['a1', 'a2', 'a3']) queue.add(a, item)
    queue.add(b, 'b1')
    expect(queue.hasOther(a)).toBe(true)
    expect(queue.takeFor(a)).toBe('a1')
    expect([queue.take(), queue.take(), queue.hasOther(a), queue.hasOther(b)]).toEqual(['a2', 'b1', false, true])
    expect(queue.takeFor(b)).toBeUndefined()
  })

  it('is bounded for each tenant and in all, and counts what has left', () => {
    const queue = createFairQueue<string>({ maxQueued: 3, maxQueuedPerTenant: 2 })
    expect([queue.add(a, 'a1'), queue.add(a, 'a2'), queue.add(a, 'a3')]).toEqual([true, true, false])
    expect([queue.add(b, 'b1'), queue.add(c, 'c1')]).toEqual([true, false])
    queue.remove(a, 'a1')
    queue.remove(a, 'unknown')
    expect([queue.add(c, 'c1'), queue.add(c, 'c2')]).toEqual([true, false])
    expect([queue.take(), queue.take(), queue.take(), queue.take()]).toEqual(['a2', 'b1', 'c1', undefined])
  })
})
