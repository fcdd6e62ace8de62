import { setImmediate as turn } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { createGate } from './gate.js'

describe('createGate', () => {
  it('never has more in progress than it admits, and does all the work', async () => {
    const gate = createGate(4)
    let inFlight = 0
    let most = 0
    const work = async (item: number): Promise<number> => {
      inFlight += 1
      most = Math.max(most, inFlight)
      await turn()
      inFlight -= 1
      if (item % 5 === 0) throw new Error('failed')
      return item
    }
    const results = await Promise.allSettled(Array.from({ length: 40 }, (_, item) => gate(() => work(item))))
    expect(most).toBe(4)
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(32)
  })
})
