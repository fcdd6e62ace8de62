import { STEP_TYPES, type Step, type StepType } from '@inlay/engine'

/** Whether a value names a type of step. */
export function isStepType(type: unknown): type is StepType {
  return STEP_TYPES.some((known) => known === type)
}

/** What people tell apart among the steps that are no actions: a step's type, and for waits what is waited for. */
export type LogicKind = Exclude<StepType, 'action'> | 'waitUntil' | 'waitEvent' | 'approval' | 'callback'

/** The kind of a step that is no action. */
export function logicKind(step: Exclude<Step, { type: 'action' }>): LogicKind {
  if (step.type !== 'wait') return step.type
  if (step.approval !== undefined) return 'approval'
  if (step.callback !== undefined) return 'callback'
  if (step.event !== undefined) return 'waitEvent'
  return step.until === undefined ? 'wait' : 'waitUntil'
}
