import { UserError } from '../contracts/errors.js'
import type { JsonValue } from '../contracts/json.js'
import type { StepRecord } from '../contracts/run.js'
import type { Step } from '../contracts/workflow.js'
import { type PlannedStep, planOf } from './plan.js'

/** Where a fork begins, and what it changes of what came before. */
export interface ForkPoint {
  /** Id or path of the first step that runs anew. */
  readonly fromStep: string
  /** Outputs by step id that replace what steps before it gave. */
  readonly outputs?: Readonly<Record<string, JsonValue>>
}

/**
 * The records that a fork takes over: those of the steps before `fromStep`, and of branches beside it.
 *
 * @throws UserError `run.unknown_step`, `run.step_in_loop`
 */
export function recordsBefore(
  steps: readonly Step[],
  records: readonly StepRecord[],
  { fromStep, outputs = {} }: ForkPoint,
): StepRecord[] {
  const plan = planOf(steps)
  const from = findStep(plan, fromStep)
  if (from.isInLoop) {
    const title = `The step "${fromStep}" is inside a loop.`
    throw new UserError('invalid', 'run.step_in_loop', title, {
      detail: 'Fork from the loop, or from a step outside it.',
    })
  }
  for (const id of Object.keys(outputs)) findStep(plan, id)
  return records
    .filter(({ status }) => status === 'succeeded' || status === 'skipped' || status === 'failed')
    .filter(({ stepPath }) => isKept(plan.get(stepPath), from))
    .map((record) => withOutput(record, outputs[plan.get(record.stepPath)?.step.id ?? '']))
}

/** @param name id or path @throws UserError `run.unknown_step` */
export function findStep(plan: ReadonlyMap<string, PlannedStep>, name: string): PlannedStep {
  const found = plan.get(name) ?? [...plan.values()].find(({ step }) => step.id === name)
  if (found !== undefined) return found
  const ids = [...plan.values()].map(({ step }) => step.id).join(', ')
  throw new UserError('invalid', 'run.unknown_step', `There is no step "${name}".`, { detail: `There are: ${ids}.` })
}

/** Whether a step, or a block around it, stands before `from` or beside it. */
export function isKept(planned: PlannedStep | undefined, from: PlannedStep): boolean {
  const chain = chainOf(from)
  for (let current = planned; current !== undefined; current = current.parent) {
    const counterpart = chain.find(({ parent }) => parent?.path === current?.parent?.path)
    if (counterpart === undefined || counterpart.path === current.path) continue
    if (counterpart.place === current.place) return current.index < counterpart.index
    return isBefore(current, counterpart)
  }
  return false
}

/** Two sequences of one block: branches at the same time keep what they have, and so does what led to a later sequence. */
function isBefore(current: PlannedStep, from: PlannedStep): boolean {
  if (current.parent?.step.type === 'parallel') return true
  return current.place === '/steps' && from.place !== '/steps'
}

/** A step and the blocks around it, innermost first. */
export function chainOf(planned: PlannedStep): PlannedStep[] {
  return planned.parent === undefined ? [planned] : [planned, ...chainOf(planned.parent)]
}

function withOutput(record: StepRecord, output: JsonValue | undefined): StepRecord {
  if (output === undefined) return record
  const { error: _, ...rest } = record
  return { ...rest, status: 'succeeded', output }
}
