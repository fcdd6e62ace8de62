import type { JsonObject, Step, StepType } from '@inlay/engine'

/** The steps that steer a run, in the order in which they are offered. */
export const LOGIC_STEP_TYPES = [
  'set',
  'branch',
  'parallel',
  'forEach',
  'wait',
  'respond',
  'stop',
] as const satisfies readonly StepType[]

export type LogicStepType = (typeof LOGIC_STEP_TYPES)[number]

/** What a new step should be. */
export type NewStep =
  | { readonly type: LogicStepType }
  | { readonly type: 'action'; readonly connector: string; readonly action: string; readonly input: JsonObject }

const WORDS: Readonly<Record<LogicStepType, string>> = {
  set: 'values',
  branch: 'check',
  parallel: 'together',
  forEach: 'each',
  wait: 'wait',
  respond: 'answer',
  stop: 'stop',
}

/** Words that the id of a new step is made from. */
export function idWords(step: NewStep): string {
  return step.type === 'action' ? step.action : WORDS[step.type]
}

/** A new step with the least that makes it whole. */
export function makeStep(wanted: NewStep, id: string): Step {
  switch (wanted.type) {
    case 'action':
      return { id, type: 'action', connector: wanted.connector, action: wanted.action, input: wanted.input }
    case 'set':
      return { id, type: 'set', values: {} }
    case 'branch':
      return { id, type: 'branch', cases: [{ if: '', steps: [] }], else: [] }
    case 'parallel':
      return { id, type: 'parallel', branches: { a: [], b: [] } }
    case 'forEach':
      return { id, type: 'forEach', items: '', steps: [] }
    case 'wait':
      return { id, type: 'wait', for: '5m' }
    case 'respond':
      return { id, type: 'respond', status: 200, body: { ok: true } }
    case 'stop':
      return { id, type: 'stop', outcome: 'succeeded' }
  }
}
