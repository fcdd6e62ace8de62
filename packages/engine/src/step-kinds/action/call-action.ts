import { type ActionSuspension, isSuspension } from '../../contracts/connector.js'
import { MAX_TIMER_MS } from '../../contracts/duration.js'
import { StepError } from '../../contracts/errors.js'
import type { JsonValue } from '../../contracts/json.js'
import { misfits } from '../../contracts/misfits.js'
import { toPlainJson } from '../../contracts/plain-json.js'
import { keepOutput } from '../../run/stored-output.js'
import { type ActionCall, actionContext } from './action-context.js'
import { openCredentials, type ResolvedAction } from './resolve-action.js'

/** What an action came to. */
export type ActionResult = { readonly output: JsonValue } | { readonly suspension: ActionSuspension }

/** Calls an action once: opens credentials, checks the input, bounds the time, checks the output. */
export async function callAction(of: ActionCall): Promise<ActionResult> {
  const { resolved, call, redactor } = of
  const { settings } = call.frame.activation.deps
  // The action works on a copy: what it does to its input must not reach the run's data.
  const plain = toPlainJson(call.input, { maxBytes: settings.maxPayloadBytes, name: 'input' })
  const result = await withTimeout(of, call.step.timeoutMs ?? settings.stepTimeoutMs, checkInput(resolved, plain))
  if (isSuspension(result)) return { suspension: result }
  return { output: await keepOutput(call, result, (value) => redactor.output(value)) }
}

async function run(of: ActionCall, input: unknown): Promise<JsonValue | ActionSuspension> {
  const { resolved, call, redactor, scope } = of
  const auth = await openCredentials(resolved, call)
  redactor.learn(auth)
  // An action must not begin after the run has stopped waiting for it.
  if (scope.isOver) throw scope.reason
  return resolved.action.run(actionContext(of, input, auth))
}

function checkInput({ action, connector }: ResolvedAction, input: JsonValue): unknown {
  const parsed = action.input.safeParse(input)
  if (parsed.success) return parsed.data
  const problems = misfits(parsed.error, 'input').slice(0, 10)
  throw new StepError('validation', `The input of ${connector.name} is not valid`, {
    detail: problems.join('; '),
    data: problems,
  })
}

/**
 * Bounds a call in time. When time is up or the run ends, the call's signal is aborted and its promise is no longer
 * waited for: a connector that ignores its signal cannot hold the run.
 */
async function withTimeout(of: ActionCall, ms: number, input: unknown): Promise<JsonValue | ActionSuspension> {
  const { scope } = of
  const timer = setTimeout(() => scope.stop(timeoutError(ms)), Math.min(ms, MAX_TIMER_MS))
  try {
    return await new Promise((resolve, reject) => {
      scope.onStop(reject)
      // Connectors often reject with what their own client makes of an aborted signal: the first reason counts.
      run(of, input).then(resolve, reject)
    })
  } finally {
    of.hasEnded = true
    clearTimeout(timer)
  }
}

function timeoutError(ms: number): StepError {
  return new StepError('timeout', `The step took longer than ${ms / 1000} s`, {
    detail: "The service did not answer in time. Raise the step's time-out, or add a retry policy.",
  })
}
