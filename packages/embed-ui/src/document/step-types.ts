import type { Step, StepType } from '@inlay/engine'

/** Every type of step, so that none is forgotten where they are told apart from other data. */
const STEP_TYPES: Readonly<Record<StepType, true>> = {
  action: true,
  set: true,
  branch: true,
  parallel: true,
  forEach: true,
  while: true,
  wait: true,
  call: true,
  code: true,
  publish: true,
  respond: true,
  split: true,
  try: true,
  stop: true,
}

/** Whether a value names a type of step. */
export function isStepType(type: unknown): type is StepType {
  return typeof type === 'string' && Object.hasOwn(STEP_TYPES, type)
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
