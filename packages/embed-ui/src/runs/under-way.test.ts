import { type Step, type StepStatus, WORKFLOW_SCHEMA } from '@inlay/engine'
import { describe, expect, it } from 'vitest'
import { withUnderWay } from './under-way.js'

const set = (id: string): Step => ({ id, type: 'set', values: {} })

/** Ids of the steps that run, given how far the others have come. */
function running(steps: readonly Step[], known: Readonly<Record<string, StepStatus>>): readonly string[] {
  const definition = { schema: WORKFLOW_SCHEMA, name: 'Test', trigger: { type: 'manual' }, steps } as const
  const outcomes = Object.entries(known).map(
    ([id, status]) => [id, { status, durationMs: 1, attempt: 1, count: 1 }] as const,
  )
  return [...withUnderWay(definition, new Map(outcomes))]
    .filter(([, { status }]) => status === 'running')
    .map(([id]) => id)
}

describe('withUnderWay', () => {
  it('is at the step after the last that ended, even if one before it was not recorded', () => {
    expect(running([set('a'), set('b'), set('c')], {})).toEqual(['a'])
    expect(running([set('a'), set('b'), set('c')], { b: 'succeeded' })).toEqual(['c'])
    expect(running([set('a')], { a: 'succeeded' })).toEqual([])
  })

  it('is in the lane that was entered, and in all branches that run together', () => {
    const check: Step = {
      id: 'check',
      type: 'branch',
      cases: [{ if: '{{ true }}', steps: [set('yes'), set('then')] }],
      else: [set('no')],
    }
    expect(running([check], { yes: 'succeeded' })).toEqual(['check', 'then'])
    const both: Step = { id: 'both', type: 'parallel', branches: { a: [set('a1'), set('a2')], b: [set('b1')] } }
    expect(running([both], { a1: 'succeeded' })).toEqual(['both', 'a2', 'b1'])
  })

  it('leaves a wait as it is', () => {
    const pause: Step = { id: 'pause', type: 'wait', for: '5m' }
    expect(running([set('a'), pause, set('b')], { a: 'succeeded', pause: 'waiting' })).toEqual([])
  })
})
