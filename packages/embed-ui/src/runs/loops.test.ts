import { type Step, type StepStatus, WORKFLOW_SCHEMA } from '@inlay/engine'
import { describe, expect, it } from 'vitest'
import type { StepRun } from '../data/run-types.js'
import { choicesOf, chooseItem, isChosen, itemsOf, type Loop, readLoops } from './loops.js'

const set = (id: string): Step => ({ id, type: 'set', values: {} })
const each = (id: string, ...steps: Step[]): Step => ({ id, type: 'forEach', items: [], steps })

const map = readLoops({
  schema: WORKFLOW_SCHEMA,
  name: 'Test',
  trigger: { type: 'manual' },
  steps: [set('first'), each('outer', set('a'), each('inner', set('b')))],
})
const [outer, inner] = map.loops as [Loop, Loop]

const record = (stepPath: string, iteration: string, status: StepStatus = 'succeeded'): StepRun => ({
  stepPath,
  stepId: stepPath.split('/').at(-1) ?? '',
  iteration,
  type: 'set',
  status,
  attempt: 1,
  input: null,
  output: null,
  outputBytes: null,
  childRunId: null,
  error: null,
  startedAt: '2026-01-01T00:00:00Z',
  finishedAt: null,
  durationMs: null,
  wakeAt: null,
})

const steps = [
  record('first', '0'),
  record('outer', '0'),
  record('outer/a', '0'),
  record('outer/a', '1'),
  record('outer/inner', '1'),
  record('outer/inner/b', '1.10', 'failed'),
  record('outer/inner/b', '1.2'),
  record('outer/inner/b', '0.0'),
  record('outer/inner/b', '3.0', 'forgotten'),
]

describe('loops', () => {
  it('are known with the loops around them', () => {
    expect(map.loops.map(({ step, around }) => [step.id, around])).toEqual([
      ['outer', []],
      ['inner', ['outer']],
    ])
    expect(map.around.get('b')).toEqual(['outer', 'inner'])
    expect(map.around.get('first')).toEqual([])
  })

  it('tell their items in order, and which of them failed', () => {
    expect(itemsOf(outer, steps, map, new Map())).toEqual([
      { index: 0, hasFailed: false },
      { index: 1, hasFailed: true },
    ])
    const chosen = new Map([['outer', 1]])
    expect(itemsOf(inner, steps, map, chosen).map(({ index }) => index)).toEqual([2, 10])
  })

  it('show one item, and everything outside the loop', () => {
    const choices = new Map([['outer', 1]])
    const shown = steps
      .filter((step) => isChosen(step, map, choices))
      .map(({ stepId, iteration }) => stepId + iteration)
    expect(shown).toEqual(['first0', 'outer0', 'a1', 'inner1', 'b1.10', 'b1.2'])
  })

  it('let go of inner items when another outer one is chosen', () => {
    const choices = choicesOf(record('outer/inner/b', '1.10'), map)
    expect([...choices]).toEqual([
      ['outer', 1],
      ['inner', 10],
    ])
    expect([...chooseItem(choices, outer, map, 0)]).toEqual([['outer', 0]])
    expect([...chooseItem(choices, inner, map, undefined)]).toEqual([['outer', 1]])
  })
})
