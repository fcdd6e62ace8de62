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
  restoreInside(step, frame)
  return record.status === 'failed' && record.error !== undefined ? { error: record.error } : {}
}

function restoreInside({ body, canUndo }: CompiledStep, frame: Frame): void {
  if (body.nature === 'leaf') return
  restore(body.children, frame)
  // What a loop's steps gave stays inside; only what can be undone matters outside.
  if (!canUndo || body.rounds === undefined) return
  for (const round of body.rounds(frame)) restore(round.steps, round.frame)
}

function restore(steps: readonly CompiledStep[], frame: Frame): void {
  for (const step of steps) {
    const record = frame.activation.recordOf({ stepPath: step.path, iteration: frame.iteration })
    if (record !== undefined) restoreStep(step, frame, record)
    restoreInside(step, frame)
    if (typeof step.onError === 'object') restore(step.onError.fallback, frame)
  }
}

/** @returns whether the step has ended */
function restoreStep({ id, compensation }: CompiledStep, frame: Frame, record: StepRecord): boolean {
  const { status, output, error } = record
  if (status === 'failed' && error !== undefined) frame.settleFailed(id, error)
  else if (status === 'succeeded' || status === 'skipped') frame.settle(id, output ?? null, status)
  else return false
  const hasHappened = status === 'succeeded' && frame.activation.pinOf(id) === undefined
  if (hasHappened && compensation !== undefined) frame.activation.saga.add(compensation, frame, record)
  return true
}
