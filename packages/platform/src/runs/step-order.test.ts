import { describe, expect, it } from 'vitest'
import { inOrderOfStart } from './step-order.js'

function order(...recorded: readonly (readonly [path: string, startedAt: number])[]): string[] {
  return inOrderOfStart(recorded.map(([step_path, started_at]) => ({ step_path, started_at }))).map(
    ({ step_path }) => step_path,
  )
}

describe('steps of a run', () => {
  it('stand in the order in which they began, and were recorded where the clock does not tell', () => {
    expect(order(['z', 5], ['a', 5], ['late', 9], ['b', 6])).toEqual(['z', 'a', 'b', 'late'])
  })

  it('stand behind the block that they are in, and before what comes after it', () => {
    expect(order(['first', 5], ['if/in/deep', 5], ['if/in', 5], ['if/two', 5], ['if', 5], ['after', 5])).toEqual([
      'first',
      'if',
      'if/in',
      'if/in/deep',
      'if/two',
      'after',
    ])
  })
})
