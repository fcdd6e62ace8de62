import type { StepAddress, StepRecord } from '../contracts/run.js'
import type { Step } from '../contracts/workflow.js'
import { type PlannedStep, planOf } from './plan.js'

/**
 * The steps that a redrive runs again: those whose failure ended the run, those that were cancelled, those that were
 * undone, and the blocks around them. What has succeeded otherwise, and failures that the workflow dealt with, are kept.
 *
 * @param records the last record of each step
 */
export function stepsToForget(steps: readonly Step[], records: readonly StepRecord[]): StepAddress[] {
  const plan = planOf(steps)
  const failedPaths = new Set(records.filter(({ status }) => status === 'failed').map(({ stepPath }) => stepPath))
  const undone = new Set(records.flatMap((record) => undoneBy(record, plan)))
  const again = records.filter(
    (record) =>
      record.status === 'cancelled' ||
      undone.has(`${record.stepPath}\n${record.iteration}`) ||
      isUndoing(record, plan) ||
      (record.status === 'failed' && !isDealtWith(plan.get(record.stepPath), failedPaths)),
  )
  const isForgotten = (record: StepRecord): boolean =>
    again.some((other) => other === record || isAround(record, other) || isInsideUndone(record, other, undone))
  return records.filter(isForgotten).map(({ stepPath, iteration }) => ({ stepPath, iteration }))
}

/** Whether the workflow goes on after this step's failure. */
function isDealtWith(planned: PlannedStep | undefined, failedPaths: ReadonlySet<string>): boolean {
  if (planned === undefined) return false
  const { onError = 'fail' } = planned.step
  return onError !== 'fail' || isCaught(planned, failedPaths)
}

/** Whether a block around a step deals with failures in it. */
function isCaught({ parent, place }: PlannedStep, failedPaths: ReadonlySet<string>): boolean {
  if (parent === undefined) return false
  const block = parent.step
  if (block.type === 'try' && block.catch !== undefined && place === '/steps') return true
  if (block.type === 'forEach' && place === '/steps' && (block.onItemError ?? 'fail') !== 'fail') return true
  // A race is lost as a whole only when all its branches fail.
  if (block.type === 'parallel' && block.join === 'any' && !failedPaths.has(parent.path)) return true
  return isCaught(parent, failedPaths)
}

function isUndoing({ stepPath }: StepRecord, plan: ReadonlyMap<string, PlannedStep>): boolean {
  for (let planned = plan.get(stepPath); planned !== undefined; planned = planned.parent) {
    if (planned.place === '/compensate') return true
  }
  return false
}

/** The address of the step that a compensation has undone, or tried to undo. */
function undoneBy({ stepPath, iteration }: StepRecord, plan: ReadonlyMap<string, PlannedStep>): string[] {
  const planned = plan.get(stepPath)
  if (planned?.place !== '/compensate' || planned.parent === undefined) return []
  return [`${planned.parent.path}\n${iteration}`]
}

/** Whether `block` is the record of a block around another step. */
function isAround(block: StepRecord, inner: StepRecord): boolean {
  if (!inner.stepPath.startsWith(`${block.stepPath}/`)) return false
  return (
    block.iteration === '0' || inner.iteration === block.iteration || inner.iteration.startsWith(`${block.iteration}.`)
  )
}

function isInsideUndone(record: StepRecord, other: StepRecord, undone: ReadonlySet<string>): boolean {
  return undone.has(`${other.stepPath}\n${other.iteration}`) && isAround(other, record)
}
