import { describeData, type Step, WORKFLOW_SCHEMA } from '@inlay/engine'
import { describe, expect, it } from 'vitest'
import { describeSights } from './sight.js'

const set = (id: string): Step => ({ id, type: 'set', values: {} })

const STEPS: readonly Step[] = [
  { ...set('first'), onError: { fallback: [set('instead')] }, compensate: set('undo') },
  {
    id: 'attempt',
    type: 'try',
    steps: [set('tried')],
    catch: [set('caught')],
    finally: [{ id: 'each', type: 'forEach', items: [1], steps: [set('inner')] }],
  },
  {
    id: 'check',
    type: 'branch',
    cases: [{ if: '{{ true }}', steps: [{ id: 'ask', type: 'wait', approval: { title: '?' }, steps: [set('tell')] }] }],
    else: [{ id: 'both', type: 'parallel', branches: { a: [set('left')], b: [set('right')] } }],
  },
  {
    id: 'ab',
    type: 'split',
    variants: ['A', 'B'].map((name) => ({ name, weight: 1, steps: [set(name.toLowerCase())] })),
  },
  set('last'),
]

describe('describeSights', () => {
  it('lets a step see what the engine lets it see', () => {
    const definition = { schema: WORKFLOW_SCHEMA, name: 'Test', trigger: { type: 'manual' }, steps: STEPS } as const
    const sights = describeSights(definition)
    const seen = [...sights].map(([id, { steps, loops }]) => [id, steps.map((step) => step.id), loops.length > 0])
    const expected = [...describeData(definition)].map(([id, { steps, inLoop }]) => [id, steps, inLoop])
    expect(Object.fromEntries(seen.map(([id, ...rest]) => [id, rest]))).toEqual(
      Object.fromEntries(expected.map(([id, ...rest]) => [id, rest])),
    )
  })

  it('lets the condition of a loop see what its last round gave', () => {
    const loop: Step = { id: 'loop', type: 'while', condition: '{{ true }}', max: 3, steps: [set('ask')] }
    const sights = describeSights({ schema: WORKFLOW_SCHEMA, name: 'Test', trigger: { type: 'manual' }, steps: [loop] })
    expect(sights.get('loop')?.steps.map(({ id }) => id)).toEqual(['ask'])
    expect(sights.get('ask')?.steps).toEqual([])
  })
})
