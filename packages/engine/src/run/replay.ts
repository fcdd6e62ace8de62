import type { ErrorRecord } from '../contracts/errors.js'
import type { StepRecord } from '../contracts/run.js'
import type { Frame } from './frame.js'
import type { CompiledStep } from './program.js'

/** Hears of each step that has succeeded. */
type OnSucceeded = (step: CompiledStep, frame: Frame, record: StepRecord) => void

interface Replay {
  readonly step: CompiledStep
  readonly frame: Frame
  readonly record: StepRecord
  readonly onSucceeded: OnSucceeded
}

/**
 * Gives what an earlier activation recorded of a step to the steps after it, running nothing of it again: a block that has
 * ended must not go on, even where a branch of it was still waiting when it failed.
 *
 * @returns how it ended, with the error if it failed; undefined when it has not ended
 */
export function replay({ step, frame, record, onSucceeded }: Replay): { error?: ErrorRecord } | undefined {
  if (!restoreStep({ step, frame, record, onSucceeded })) return undefined
  restoreInside(step, frame, onSucceeded)
  return record.status === 'failed' && record.error !== undefined ? { error: record.error } : {}
}

function restoreInside({ body, canUndo }: CompiledStep, frame: Frame, onSucceeded: OnSucceeded): void {
  if (body.nature === 'leaf') return
  restore(body.children, frame, onSucceeded)
  // What a loop's steps gave stays inside; only what can be undone matters outside.
  if (!canUndo || body.rounds === undefined) return
  for (const round of body.rounds(frame)) restore(round.steps, round.frame, onSucceeded)
}

function restore(steps: readonly CompiledStep[], frame: Frame, onSucceeded: OnSucceeded): void {
  for (const step of steps) {
    const record = frame.activation.recordOf({ stepPath: step.path, iteration: frame.iteration })
    if (record !== undefined) restoreStep({ step, frame, record, onSucceeded })
    restoreInside(step, frame, onSucceeded)
    if (typeof step.onError === 'object') restore(step.onError.fallback, frame, onSucceeded)
  }
}

/** @returns whether the step has ended */
function restoreStep({ step, frame, record, onSucceeded }: Replay): boolean {
  const { status, output, error } = record
  if (status === 'failed' && error !== undefined) frame.settleFailed(step.id, error)
  else if (status === 'succeeded' || status === 'skipped') frame.settle(step.id, output ?? null, status)
  else return false
  if (status === 'succeeded') onSucceeded(step, frame, record)
  return true
}
