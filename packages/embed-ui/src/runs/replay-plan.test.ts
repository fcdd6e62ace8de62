import { type Step, WORKFLOW_SCHEMA } from '@inlay/engine'
import { describe, expect, it } from 'vitest'
import { planAll, planFrom, reachesOutside } from './replay-plan.js'

const set = (id: string): Step => ({ id, type: 'set', values: {} })
const act = (id: string): Step => ({ id, type: 'action', connector: 'http', action: 'request', input: {} })
const definition = {
  schema: WORKFLOW_SCHEMA,
  name: 'Test',
  trigger: { type: 'manual' },
  steps: [
    set('first'),
    {
      id: 'check',
      type: 'branch',
      cases: [{ if: '{{ true }}', steps: [act('a'), act('b')] }],
      else: [act('no')],
    },
    { id: 'each', type: 'forEach', items: [], steps: [act('inside')] },
    set('last'),
  ],
} as const

const ids = (steps: readonly Step[] | undefined) => steps?.map(({ id }) => id)

describe('planFrom', () => {
  it('runs the step, those after it in its lane, and those after the blocks around it', () => {
    expect(ids(planFrom(definition, 'b')?.again)).toEqual(['b', 'inside', 'last'])
    expect(ids(planFrom(definition, 'check')?.again)).toEqual(['a', 'b', 'no', 'inside', 'last'])
  })

  it('begins at the loop around a step, since no fork begins inside one', () => {
    const plan = planFrom(definition, 'inside')
    expect([plan?.from.id, plan?.isLoop, ids(plan?.again)]).toEqual(['each', true, ['inside', 'last']])
    expect(planFrom(definition, 'each')?.isLoop).toBe(false)
    expect(planFrom(definition, 'gone')).toBeUndefined()
  })
})

it('knows what reaches outside', () => {
  expect(ids(planAll(definition).filter(reachesOutside))).toEqual(['a', 'b', 'no', 'inside'])
})
