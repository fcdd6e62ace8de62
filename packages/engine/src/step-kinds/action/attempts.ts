import { type ErrorRecord, StepError } from '../../contracts/errors.js'
import type { JsonValue } from '../../contracts/json.js'
import type { StepRecord } from '../../contracts/run.js'
import type { ActionStep } from '../../contracts/workflow.js'
import { Redactor } from '../../credentials/redactor.js'
import type { CompiledTemplate } from '../../expression/index.js'
import { nextAttemptDelay } from '../../policies/retry.js'
import { CancelScope } from '../../run/cancel-scope.js'
import { recordFailure } from '../../run/error-record.js'
import type { StepCall } from '../../run/program.js'
import { PauseSignal } from '../../run/signals.js'
import { type ActionResult, callAction } from './call-action.js'
import { type ResolvedAction, resolveAction } from './resolve-action.js'
import { Round } from './round.js'

/** What an action step is at run time. */
export interface ActionPlan {
  readonly step: ActionStep
  readonly input: CompiledTemplate
}

/** An action step under way. */
interface Attempts {
  readonly resolved: ResolvedAction
  readonly call: StepCall
  readonly round: Round
}

/**
 * Attempts an action until it succeeds, suspends itself or its policy gives up; each round between two suspensions has all
 * its attempts. Long back-offs park the run.
 *
 * @throws PauseSignal when the action or its next attempt has to wait
 */
export async function attemptAction(plan: ActionPlan, call: StepCall): Promise<JsonValue> {
  const { activation } = call.frame
  const before = activation.recordOf(call.address)
  const round = new Round(call, before)
  const resolved = await resolveAction(plan.step, activation)
  call.input = round.input ?? call.frame.evaluate(plan.input)
  if (before?.status === 'running') {
    call.attempt = before.attempt
    if (resolved.delivery === 'at-most-once') throw outcomeUnknown()
  }
  if (before?.status === 'waiting') round.resume()
  if (before?.status === 'retrying') await backOff(call, before)
  for (;;) {
    const result = await attempt({ resolved, call, round })
    if ('output' in result) return result.output
    if ('suspension' in result) round.suspend(result.suspension)
    else await retryOrThrow(result, { call, round })
  }
}

interface Failure {
  readonly thrown: unknown
  readonly error: ErrorRecord
}

async function attempt({ resolved, call, round }: Attempts): Promise<ActionResult | Failure> {
  const { frame, step } = call
  await begin({ resolved, call, round })
  const { activation } = frame
  const announce = setTimeout(() => {
    activation.record(round.running())
    activation.write()
  }, activation.deps.settings.announceAfterMs)
  const scope = new CancelScope(frame.stops)
  const redactor = new Redactor(resolved.connector)
  try {
    return await callAction({ resolved, call, round, redactor, scope, hasEnded: false })
  } catch (thrown) {
    if (frame.stops.isOver) throw thrown
    const failure = redactor.failure(thrown)
    return { thrown: failure, error: recordFailure(failure, step.path).error }
  } finally {
    clearTimeout(announce)
    scope.close()
  }
}

/**
 * Makes durable what came before. After a crash it must be known which step the run was at, should it take down this
 * process too.
 */
async function begin({ resolved, call, round }: Attempts): Promise<void> {
  const { frame } = call
  const { activation } = frame
  const mustNotRepeat = resolved.delivery === 'at-most-once'
  const isRisky = mustNotRepeat || activation.run.recoveries > 0
  if (isRisky) activation.record(round.running())
  await activation.makeDurable()
  if (mustNotRepeat && !frame.isGoing) {
    // It was announced and has not begun, which whoever goes on with the run must know.
    activation.record({ ...round.running(), status: 'retrying', attempt: call.attempt - 1, wakeAt: activation.now() })
  }
  frame.assertGoing()
  if (!isRisky) activation.emitStep(call.address, 'running', call.attempt)
}

/** Waits for the next attempt, or throws what the last one threw. */
async function retryOrThrow({ thrown, error }: Failure, { call, round }: Omit<Attempts, 'resolved'>): Promise<void> {
  const { activation } = call.frame
  const random = activation.deps.clock.random()
  const delayMs = nextAttemptDelay(call.step.retry, { attempt: call.attempt, error, random })
  if (delayMs === undefined) throw thrown
  const record: StepRecord = {
    ...round.running(),
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

function outcomeUnknown(): StepError {
  return new StepError('communication', 'It is not known whether the action was carried out', {
    detail:
      'The worker stopped while the action ran, and this action must never run twice. Check the service, then rerun.',
    retryable: false,
  })
}
