import { type Step, WORKFLOW_SCHEMA, type WorkflowDefinition } from '@inlay/engine'
import { describe, expect, it } from 'vitest'
import { describeChange } from './describe-change.js'
import { noteStep, renameStep, setTrigger } from './edit.js'
import { duplicateSteps, moveStep, removeSteps } from './move-steps.js'
import { ROOT_SEQUENCE } from './sequences.js'

const set = (id: string): Step => ({ id, type: 'set', values: {} })
const BEFORE: WorkflowDefinition = {
  schema: WORKFLOW_SCHEMA,
  name: 'Test',
  trigger: { type: 'manual' },
  steps: [set('a'), { id: 'loop', type: 'forEach', items: [], steps: [set('inner'), set('second')] }, set('z')],
}

describe('describeChange', () => {
  it.each<[string, WorkflowDefinition, object]>([
    ['added', duplicateSteps(BEFORE, ['a', 'z']).definition, { count: 2, step: { id: 'a_2' } }],
    ['removed', removeSteps(BEFORE, ['loop']), { count: 1, step: { id: 'loop' } }],
    ['moved', moveStep(BEFORE, 'inner', { ...ROOT_SEQUENCE, index: 0 }), { count: 1, step: { id: 'inner' } }],
    ['moved', moveStep(BEFORE, 'inner', { stepId: 'loop', slot: 'steps', index: 2 }), { count: 1 }],
    ['renamed', renameStep(BEFORE, 'inner', 'New'), { step: { id: 'inner', name: 'New' } }],
    ['changed', noteStep(BEFORE, 'second', 'Slow'), { step: { id: 'second' } }],
    ['trigger', setTrigger(BEFORE, { type: 'webhook' }), { step: undefined }],
    ['workflow', { ...BEFORE, name: 'Other' }, { step: undefined }],
  ])('says what was %s', (kind, after, facts) => {
    expect(describeChange(BEFORE, after)).toMatchObject({ kind, ...facts })
  })
})
