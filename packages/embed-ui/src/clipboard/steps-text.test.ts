import { type Step, WORKFLOW_SCHEMA, type WorkflowDefinition } from '@inlay/engine'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readPasted, STEPS_SCHEMA, stripWorkflow, writeSteps } from './steps-text.js'

const call = (id: string, connection: string): Step => ({
  id,
  type: 'action',
  connector: 'slack',
  action: 'postMessage',
  connection,
  input: { connection: 'only data' },
})

describe('steps as text', () => {
  it('come back as they were', () => {
    const steps: readonly Step[] = [
      { id: 'loop', type: 'forEach', items: '{{ trigger.lines }}', note: 'Slow', steps: [call('tell', 'con_1')] },
    ]
    expect(readPasted(writeSteps(steps))).toEqual({ kind: 'steps', steps })
  })

  it.each([
    ['nothing', ' ', 'empty'],
    ['words', 'Buy milk', 'foreign'],
    ['other JSON', '{"schema": "other@1"}', 'foreign'],
    ['a number', '5', 'foreign'],
    ['no steps', JSON.stringify({ schema: STEPS_SCHEMA, steps: [] }), 'empty'],
    ['steps that are none', JSON.stringify({ schema: STEPS_SCHEMA, steps: [{ id: 'a', type: 'magic' }] }), 'broken'],
    ['a workflow without steps', JSON.stringify({ schema: WORKFLOW_SCHEMA, trigger: { type: 'manual' } }), 'broken'],
    ['far too much', `"${'x'.repeat(4_000_001)}"`, 'tooLarge'],
  ])('are refused when it is %s', (_what, text, reason) => {
    expect(readPasted(text)).toEqual({ kind: 'refused', reason })
  })

  it('are read without an error, whatever it is', () => {
    fc.assert(
      fc.property(fc.json(), fc.json(), (a, b) => {
        const text = `{"schema": "${STEPS_SCHEMA}", "steps": [${a}, {"id": "x", "type": "branch", "cases": ${b}}]}`
        expect(['steps', 'refused']).toContain(readPasted(text).kind)
      }),
    )
  })

  it('lose the connections of other customers, and nothing else', () => {
    const definition: WorkflowDefinition = {
      schema: WORKFLOW_SCHEMA,
      name: 'Theirs',
      trigger: { type: 'connector', connector: 'slack', trigger: 'newMessage', connection: 'con_theirs', input: {} },
      steps: [{ ...call('a', 'con_mine'), compensate: call('b', 'con_theirs') }],
    }
    const { value, count } = stripWorkflow(definition, (id) => id === 'con_mine')
    expect(count).toBe(2)
    expect(JSON.stringify(value)).not.toContain('con_theirs')
    expect(value.steps[0]).toMatchObject({ connection: 'con_mine', input: { connection: 'only data' } })
    expect(value.steps[0]?.compensate).toMatchObject({ id: 'b', input: { connection: 'only data' } })
  })
})
