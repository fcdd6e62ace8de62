import type { ErrorRecord } from '../contracts/errors.js'
import { FencedError } from '../contracts/errors.js'
import type { JsonValue } from '../contracts/json.js'
import type { StepRecord } from '../contracts/run.js'
import { recordFailure } from './error-record.js'
import type { Frame } from './frame.js'
import type { CompiledStep, StepCall } from './program.js'
import { FailureSignal, isSignal } from './signals.js'

/**
 * Runs steps one after the other. Returns nothing when all of them ended at once, else a promise: pure steps cost no
 * turn of the event loop.
 *
 * @throws Signal when the sequence is left early
 */
export function runSequence(steps: readonly CompiledStep[], frame: Frame, from = 0): Promise<void> | undefined {
  for (let i = from; i < steps.length; i++) {
    const step = steps[i]
    if (step === undefined) break
    const pending = runStep(step, frame)
    if (pending !== undefined) return pending.then(() => runSequence(steps, frame, i + 1))
  }
  return undefined
}

function runStep(step: CompiledStep, frame: Frame): Promise<void> | undefined {
  const { activation } = frame
  const call: StepCall = {
    step,
    frame,
    address: { stepPath: step.path, iteration: frame.iteration },
    startedAt: activation.now(),
    input: undefined,
    attempt: 1,
  }
  try {
    activation.enter()
    if (step.condition !== undefined && frame.evaluate(step.condition) !== true) return skip(call)
    const recalled = recall(call)
    const output = recalled === undefined ? step.body.run(call) : recalled
    if (output instanceof Promise) {
      return output.then(
        (value) => succeed(call, value),
        (error: unknown) => fail(call, error),
      )
    }
    succeed(call, output)
    return undefined
  } catch (error) {
    return fail(call, error)
  }
}

/** The recorded output of a leaf that ended before. @throws FailureSignal when it ended in failure */
function recall({ step, frame, address }: StepCall): JsonValue | undefined {
  if (step.body.nature === 'block') return undefined
  const record = frame.activation.recordOf(address)
  if (record?.status === 'failed' && record.error !== undefined) throw new FailureSignal(record.error)
  return record?.status === 'succeeded' ? (record.output ?? null) : undefined
}

function skip(call: StepCall): undefined {
  call.frame.settle(call.step.id, null, 'skipped')
  recordEnd(call, { status: 'skipped' })
}

function succeed(call: StepCall, output: JsonValue): void {
  call.frame.settle(call.step.id, output, 'succeeded')
  recordEnd(call, { status: 'succeeded', output })
}

/** Records a failure and follows the step's `onError`. */
function fail(call: StepCall, thrown: unknown): Promise<void> | undefined {
  if (thrown instanceof FencedError) throw thrown
  if (isSignal(thrown) && !(thrown instanceof FailureSignal)) throw thrown
  const { activation } = call.frame
  // Once the activation is over (cancelled or fenced), whatever a step throws is its consequence.
  if (activation.signal.aborted) activation.enter()
  const error = thrown instanceof FailureSignal ? thrown.error : convert(call, thrown)
  recordEnd(call, { status: 'failed', error })
  return handle(call, error)
}

function convert({ step, frame }: StepCall, thrown: unknown): ErrorRecord {
  const { error, unexpected } = recordFailure(thrown, step.path)
  const { deps, run } = frame.activation
  if (unexpected !== undefined) deps.onUnexpected?.(unexpected, { runId: run.runId, stepPath: step.path })
  return error
}

function handle({ step, frame }: StepCall, error: ErrorRecord): Promise<void> | undefined {
  const { onError } = step
  if (onError === 'fail') throw new FailureSignal(error)
  // An error record is plain JSON; its interface merely lacks an index signature.
  frame.settle(step.id, { error: error as unknown as JsonValue }, 'failed')
  return onError === 'continue' ? undefined : runSequence(onError.fallback, frame)
}

type End = Pick<StepRecord, 'status' | 'output' | 'error'>

function recordEnd(call: StepCall, end: End): void {
  const { frame, step, address } = call
  const { activation } = frame
  const before = activation.recordOf(address)
  // A step whose end is in the journal already is being replayed: nothing is new.
  if (before !== undefined && before.status === end.status && before.finishedAt !== undefined) return
  activation.record({
    ...address,
    type: step.type,
    attempt: call.attempt,
    startedAt: before?.startedAt ?? call.startedAt,
    finishedAt: activation.now(),
    ...(call.input === undefined ? {} : { input: call.input }),
    ...end,
  })
}
