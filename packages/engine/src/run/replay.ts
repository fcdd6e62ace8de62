import type { ErrorRecord } from '../contracts/errors.js'
import type { StepRecord } from '../contracts/run.js'
import type { Frame } from './frame.js'
import type { CompiledStep } from './program.js'

/**
 * Gives what an earlier activation recorded of a step to the steps after it, running nothing of it again: a block that has
 * ended must not go on, even where a branch of it was still waiting when it failed.
 *
 * @returns how it ended, with the error if it failed; undefined when it has not ended
 */
export function replay(step: CompiledStep, frame: Frame, record: StepRecord): { error?: ErrorRecord } | undefined {
  if (!restoreStep(step, frame, record)) return undefined
  if (step.body.nature === 'block') restore(step.body.children, frame)
  return record.status === 'failed' && record.error !== undefined ? { error: record.error } : {}
}

function restore(steps: readonly CompiledStep[], frame: Frame): void {
  for (const step of steps) {
    const record = frame.activation.recordOf({ stepPath: step.path, iteration: frame.iteration })
    if (record !== undefined) restoreStep(step, frame, record)
    if (step.body.nature === 'block') restore(step.body.children, frame)
    if (typeof step.onError === 'object') restore(step.onError.fallback, frame)
  }
}

/** @returns whether the step has ended */
function restoreStep({ id }: CompiledStep, frame: Frame, { status, output, error }: StepRecord): boolean {
  if (status === 'failed' && error !== undefined) frame.settleFailed(id, error)
  else if (status === 'succeeded' || status === 'skipped') frame.settle(id, output ?? null, status)
  else return false
  return true
}
