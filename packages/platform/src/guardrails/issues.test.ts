import type { JsonObject, WorkflowDefinition } from '@inlay/engine'
import { describe, expect, it } from 'vitest'
import { guardrailIssues, isOffered } from './issues.js'
import { NO_GUARDRAILS } from './schema.js'

function definitionOf(steps: JsonObject[], trigger: JsonObject = { type: 'webhook' }): WorkflowDefinition {
  return { schema: 'inlay/workflow@1', name: 'Orders', trigger, steps } as unknown as WorkflowDefinition
}

const MAIL = { id: 'mail', type: 'action', connector: 'email', action: 'send', input: {} }
const CODE = { id: 'sum', type: 'code', source: 'return 1' }

describe('guardrails', () => {
  it('hold nothing back by themselves', () => {
    expect(guardrailIssues(definitionOf([MAIL, CODE], { type: 'schedule', every: '1m' }), NO_GUARDRAILS)).toEqual([])
  })

  it('offer what is allowed without what is denied', () => {
    expect(isOffered({ connectors: { allow: ['email'] } }, 'slack')).toBe(false)
    expect(isOffered({ connectors: { deny: ['slack'] } }, 'email')).toBe(true)
    expect(isOffered({ connectors: { allow: ['email'], deny: ['email'] } }, 'email')).toBe(false)
  })

  it('name the step, however deep, that is not offered', () => {
    const nested = definitionOf([{ id: 'each', type: 'forEach', items: '{{ [] }}', steps: [CODE, MAIL] }])
    const rules = { ...NO_GUARDRAILS, allowCode: false, connectors: { deny: ['email'] } }
    expect(guardrailIssues(nested, rules)).toMatchObject([
      { code: 'step.not_offered', pointer: '/steps/0/steps/0/type', stepId: 'sum', details: { type: 'code' } },
      {
        code: 'connector.not_offered',
        pointer: '/steps/0/steps/1/connector',
        stepId: 'mail',
        details: { connector: 'email' },
      },
    ])
    const few = { ...NO_GUARDRAILS, stepTypes: ['action' as const, 'code' as const] }
    expect(guardrailIssues(nested, few)).toMatchObject([{ pointer: '/steps/0/type', stepId: 'each' }])
    const loop = definitionOf([MAIL], { type: 'connector', connector: 'slack', trigger: 'message' })
    expect(guardrailIssues(loop, { ...NO_GUARDRAILS, connectors: { allow: ['email'] } })).toMatchObject([
      { pointer: '/trigger/connector' },
    ])
  })

  it('stand beside the first step that is one too many', () => {
    const three = definitionOf([MAIL, { ...MAIL, id: 'two' }, { ...MAIL, id: 'three' }])
    expect(guardrailIssues(three, { ...NO_GUARDRAILS, maxSteps: 2 })).toMatchObject([
      { code: 'step.too_many', stepId: 'three', details: { limit: 2 } },
    ])
    expect(guardrailIssues(three, { ...NO_GUARDRAILS, maxSteps: 3 })).toEqual([])
  })

  it('measure schedules by their shortest pause', () => {
    const rules = { ...NO_GUARDRAILS, minScheduleMinutes: 15 }
    const often = (trigger: JsonObject) => guardrailIssues(definitionOf([], { type: 'schedule', ...trigger }), rules)
    expect(often({ every: '10m' })).toMatchObject([
      { code: 'schedule.too_often', pointer: '/trigger/every', details: { minutes: 15 } },
    ])
    expect(often({ every: '15m' })).toEqual([])
    expect(often({ cron: '*/5 * * * *' })).toMatchObject([{ pointer: '/trigger/cron' }])
    expect(often({ cron: '0,14 9 * * *' })).toMatchObject([{ pointer: '/trigger/cron' }])
    expect(often({ cron: '0 9 * * 1-5' })).toEqual([])
    // Other checks say what is wrong with it.
    expect(often({ cron: 'nonsense' })).toEqual([])
  })
})
