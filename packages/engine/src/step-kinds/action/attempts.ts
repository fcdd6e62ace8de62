import { type ErrorRecord, StepError } from '../../contracts/errors.js'
import type { JsonValue } from '../../contracts/json.js'
import type { StepRecord } from '../../contracts/run.js'
import type { ActionStep } from '../../contracts/workflow.js'
import type { CompiledTemplate } from '../../expression/index.js'
import { nextAttemptDelay } from '../../policies/retry.js'
import { recordFailure } from '../../run/error-record.js'
import type { StepCall } from '../../run/program.js'
import { PauseSignal } from '../../run/signals.js'
import { callAction, type ResolvedAction, resolveAction } from './call-action.js'

/** What an action step is at run time. */
export interface ActionPlan {
  readonly step: ActionStep
  readonly input: CompiledTemplate
}

/** Attempts an action until it succeeds or its policy gives up. Long back-offs park the run. */
export async function attemptAction(plan: ActionPlan, call: StepCall): Promise<JsonValue> {
  const { activation } = call.frame
  const before = activation.recordOf(call.address)
  const action = await resolveAction(plan.step, activation.deps)
  call.input = call.frame.evaluate(plan.input)
  if (before?.status === 'running') {
    call.attempt = before.attempt
    if (action.delivery === 'at-most-once') throw outcomeUnknown()
  }
  if (before?.status === 'retrying') await backOff(call, before)
  for (;;) {
    const failure = await attempt(action, call)
    if ('output' in failure) return failure.output
    await retryOrThrow(failure, call)
  }
}

type AttemptResult = { readonly output: JsonValue } | { readonly thrown: unknown; readonly error: ErrorRecord }

async function attempt(action: ResolvedAction, call: StepCall): Promise<AttemptResult> {
  const { frame, step } = call
  const { activation } = frame
  // After a crash it must be known which step the run was at, should it take down this process too.
  const isRisky = action.delivery === 'at-most-once' || activation.run.recoveries > 0
  if (isRisky) activation.record(runningRecord(call))
  await activation.makeDurable()
  frame.assertGoing()
  if (!isRisky) activation.emitStep(call.address, 'running', call.attempt)
  const announce = setTimeout(() => {
    activation.record(runningRecord(call))
    activation.write()
  }, activation.deps.settings.announceAfterMs)
  try {
    return { output: await callAction(action, call) }
  } catch (thrown) {
    if (frame.stops.isOver) throw thrown
    return { thrown, error: recordFailure(thrown, step.path).error }
  } finally {
    clearTimeout(announce)
  }
}

/** Waits for the next attempt, or throws what the last one threw. */
async function retryOrThrow({ thrown, error }: { thrown: unknown; error: ErrorRecord }, call: StepCall): Promise<void> {
  const { activation } = call.frame
  const random = activation.deps.clock.random()
  const delayMs = nextAttemptDelay(call.step.retry, { attempt: call.attempt, error, random })
  if (delayMs === undefined) throw thrown
  const record: StepRecord = {
    ...runningRecord(call),
    status: 'retrying',
    error,
    wakeAt: activation.now() + delayMs,
  }
  activation.record(record)
  await backOff(call, record)
}

async function backOff(call: StepCall, { attempt: last, wakeAt = 0 }: StepRecord): Promise<void> {
  const { activation } = call.frame
  const { clock, settings } = activation.deps
  const remainingMs = wakeAt - activation.now()
  if (remainingMs > settings.inlineRetryMs) throw new PauseSignal(wakeAt)
  call.frame.assertGoing()
  if (remainingMs > 0) await clock.sleep(remainingMs, call.frame.stops.signal)
  call.attempt = last + 1
}

function runningRecord({ step, address, startedAt, input, attempt: number }: StepCall): StepRecord {
  return {
    ...address,
    type: step.type,
    status: 'running',
    attempt: number,
    startedAt,
    ...(input === undefined ? {} : { input }),
  }
}

function outcomeUnknown(): StepError {
  return new StepError('communication', 'It is not known whether the action was carried out', {
    detail:
      'The worker stopped while the action ran, and this action must never run twice. Check the service, then rerun.',
    retryable: false,
  })
}
