import { describe, expect, it } from 'vitest'
import { createHarness } from '../../testing/harness.js'

const split = (weights: readonly [number, number], key?: string): object[] => [
  {
    id: 'ab',
    type: 'split',
    ...(key === undefined ? {} : { key }),
    variants: [
      { name: 'a', weight: weights[0], steps: [{ id: 'in_a', type: 'set', values: {} }] },
      { name: 'b', weight: weights[1], steps: [{ id: 'in_b', type: 'set', values: {} }] },
    ],
  },
]

async function variants(steps: readonly object[], triggers: readonly object[]): Promise<string[]> {
  const harness = createHarness(steps)
  const runs = []
  for (const trigger of triggers) runs.push(await harness.run({ ...trigger }))
  return runs.map(({ output }) => (output as { variant: string }).variant)
}

describe('split', () => {
  it('shares runs out by weight', async () => {
    const keys = Array.from({ length: 400 }, (_, n) => ({ mail: `person${n}@example.com` }))
    const taken = await variants(split([3, 1], '{{ trigger.mail }}'), keys)
    const share = taken.filter((name) => name === 'a').length / taken.length
    expect(share).toBeGreaterThan(0.65)
    expect(share).toBeLessThan(0.85)
  })

  it('always takes the same variant for the same key', async () => {
    const same = Array.from({ length: 20 }, () => ({ mail: 'somebody@example.com' }))
    expect(new Set(await variants(split([1, 1], '{{ trigger.mail }}'), same)).size).toBe(1)
  })

  it('never takes a variant without weight, and without a key decides by run', async () => {
    const runs = Array.from({ length: 30 }, () => ({}))
    expect(new Set(await variants(split([0, 1]), runs))).toEqual(new Set(['b']))
    expect(new Set(await variants(split([1, 1]), runs)).size).toBe(2)
  })
})
