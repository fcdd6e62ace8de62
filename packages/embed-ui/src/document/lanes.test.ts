import type { Step } from '@inlay/engine'
import { describe, expect, it } from 'vitest'
import { changeLane, laneCommands, laneName, renameLane } from './lanes.js'

const BRANCH: Step = {
  id: 'size',
  type: 'branch',
  cases: [
    { if: 'a', steps: [] },
    { if: 'b', name: 'Big', steps: [] },
  ],
  else: [],
}
const PARALLEL: Step = { id: 'both', type: 'parallel', branches: { a: [], b: [], c: [] } }
const SPLIT: Step = { id: 'ab', type: 'split', variants: ['A', 'B'].map((name) => ({ name, weight: 1, steps: [] })) }

describe('lanes', () => {
  it('offer what is possible', () => {
    expect(laneCommands(BRANCH, { slot: 'cases/0/steps' })).toEqual(['rename', 'moveLater', 'add', 'delete'])
    expect(laneCommands(BRANCH, { slot: 'else' })).toEqual(['add'])
    expect(laneCommands(SPLIT, { slot: 'variants/1/steps' })).toEqual(['rename', 'moveEarlier', 'add'])
    expect(laneCommands({ ...PARALLEL, onError: { fallback: [] } }, { slot: 'onError/fallback' })).toEqual([])
  })

  it('change their order, keep their steps, and go', () => {
    expect(changeLane(BRANCH, { slot: 'cases/1/steps' }, 'moveEarlier')).toMatchObject({
      cases: [{ if: 'b' }, { if: 'a' }],
    })
    const moved = changeLane(PARALLEL, { slot: 'branches/a' }, 'moveLater')
    expect(moved.type === 'parallel' && Object.keys(moved.branches)).toEqual(['b', 'a', 'c'])
    const less = changeLane(PARALLEL, { slot: 'branches/b' }, 'delete')
    expect(less.type === 'parallel' && Object.keys(less.branches)).toEqual(['a', 'c'])
    expect(changeLane(SPLIT, { slot: 'variants/0/steps' }, 'moveEarlier')).toBe(SPLIT)
    expect(changeLane(SPLIT, { slot: 'variants/0/steps' }, 'add')).toMatchObject({ variants: { length: 3 } })
  })

  it('are renamed by any words, which for branches become a name that expressions can use', () => {
    const renamed = renameLane(PARALLEL, { slot: 'branches/b' }, 'Zweiter Weg!')
    expect(renamed.type === 'parallel' && Object.keys(renamed.branches)).toEqual(['a', 'zweiter_weg', 'c'])
    expect(renameLane(PARALLEL, { slot: 'branches/b' }, 'c')).toBe(PARALLEL)
    expect(laneName(renameLane(BRANCH, { slot: 'cases/0/steps' }, ' Small '), { slot: 'cases/0/steps' })).toBe('Small')
    expect(laneName(renameLane(BRANCH, { slot: 'cases/1/steps' }, ''), { slot: 'cases/1/steps' })).toBe('')
    expect(renameLane(SPLIT, { slot: 'variants/0/steps' }, ' ')).toBe(SPLIT)
  })
})
