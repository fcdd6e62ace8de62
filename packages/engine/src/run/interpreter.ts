import type { ErrorRecord } from '../contracts/errors.js'
import type { JsonValue } from '../contracts/json.js'
import type { StepRecord } from '../contracts/run.js'
import { recordFailure } from './error-record.js'
import type { Frame } from './frame.js'
import type { CompiledStep, StepCall } from './program.js'
import { replay } from './replay.js'
import { CancelSignal, FailureSignal, isSignal } from './signals.js'

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
  const address = { stepPath: step.path, iteration: frame.iteration }
  const before = activation.recordOf(address)
  const replayed = before === undefined ? undefined : replay({ step, frame, record: before, onSucceeded: noteUndoable })
  if (replayed !== undefined) return replayed.error === undefined ? undefined : follow(step, frame, replayed.error)
  if (before === undefined) activation.count(step.path)
  // What is over still descends into blocks that had begun: it must know what there is to undo.
  if (!frame.isGoing && (step.body.nature === 'leaf' || !frame.hasBegun(step.path))) frame.assertGoing()
  const call: StepCall = {
    step,
    frame,
    address,
    startedAt: before?.startedAt ?? activation.now(),
    input: undefined,
    attempt: 1,
    isRecorded: false,
    closesWait: false,
  }
  try {
    // A step that has begun is not asked again whether it should.
    const isWanted = step.condition === undefined || before !== undefined || frame.evaluate(step.condition) === true
    if (!isWanted) return skip(call)
    const pinned = activation.pinOf(step.id)
    const output = pinned === undefined ? step.body.run(call) : pinned
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

function skip(call: StepCall): undefined {
  call.frame.settle(call.step.id, null, 'skipped')
  recordEnd(call, { status: 'skipped' })
}

function succeed(call: StepCall, output: JsonValue): void {
  const { step, frame } = call
  frame.settle(step.id, output, 'succeeded')
  recordEnd(call, { status: 'succeeded', output: call.stored ?? output })
  noteUndoable(step, frame)
}

/** Notes how a step that has succeeded is undone. @param record of an earlier activation, when it succeeded there */
function noteUndoable({ id, compensation }: CompiledStep, frame: Frame, record?: StepRecord): void {
  // What was pinned did not happen: there is nothing to undo.
  if (compensation === undefined || frame.activation.pinOf(id) !== undefined) return
  const undo = () => runSequence([compensation], frame.shielded())
  frame.activation.saga.add({ stepPath: compensation.path, iteration: frame.iteration, undo }, record)
}

/** Records a failure and follows the step's `onError`. */
function fail(call: StepCall, thrown: unknown): Promise<void> | undefined {
  const { frame, step } = call
  if (frame.activation.isLost) throw frame.activation.possession.reason
  if (frame.stops.isOver) interrupt(call)
  if (isSignal(thrown) && !(thrown instanceof FailureSignal)) throw thrown
  const error = thrown instanceof FailureSignal ? thrown.error : convert(call, thrown)
  recordEnd(call, { status: 'failed', error })
  frame.settleFailed(step.id, error)
  return follow(step, frame, error)
}

/** Once its scope is over, whatever a step throws is the consequence. The journal should not show it as running on. */
function interrupt(call: StepCall): never {
  const { frame, step } = call
  const { expired } = frame.activation
  if (step.body.nature === 'leaf') {
    if (frame.stops.reason instanceof CancelSignal) recordEnd(call, { status: 'cancelled' })
    else if (expired !== undefined) recordEnd(call, { status: 'failed', error: { ...expired, stepPath: step.path } })
  }
  throw frame.stops.reason
}

function convert({ step, frame }: StepCall, thrown: unknown): ErrorRecord {
  const { error, unexpected } = recordFailure(thrown, step.path)
  const { deps, run } = frame.activation
  if (unexpected !== undefined) deps.onUnexpected?.(unexpected, { runId: run.runId, stepPath: step.path })
  return error
}

/** Goes on after a failure as the step's `onError` says. */
function follow({ onError }: CompiledStep, frame: Frame, error: ErrorRecord): Promise<void> | undefined {
  if (onError === 'fail') throw new FailureSignal(error)
  return onError === 'continue' ? undefined : runSequence(onError.fallback, frame)
}

type End = Pick<StepRecord, 'status' | 'output' | 'error'>

function recordEnd(call: StepCall, { status, output, error }: End): void {
  if (call.isRecorded) return
  const { frame, step, address } = call
  const { activation } = frame
  const record: { -readonly [Field in keyof StepRecord]: StepRecord[Field] } = {
    stepPath: address.stepPath,
    iteration: address.iteration,
    type: step.type,
    status,
    attempt: call.attempt,
    startedAt: call.startedAt,
    finishedAt: activation.now(),
  }
  if (call.input !== undefined) record.input = call.input
  if (output !== undefined) record.output = output
  if (error !== undefined) record.error = error
  const wait = call.closesWait ? null : undefined
  if (status !== 'failed' && isComputed(step)) activation.note(record, wait)
  else activation.record(record, wait)
}

/** Whether a step's end follows from what is recorded of others, so that it need not be durable by itself. */
function isComputed({ body }: CompiledStep): boolean {
  return body.isPure
}
