import { StepError } from '../../contracts/errors.js'
import { isJsonObject, type JsonObject, type JsonValue } from '../../contracts/json.js'
import type { WaitStep } from '../../contracts/workflow.js'
import type { CompiledTemplate } from '../../expression/index.js'
import { runSequence } from '../../run/interpreter.js'
import type { BlockBody, CompiledStep, StepCall } from '../../run/program.js'
import { PauseSignal } from '../../run/signals.js'
import { waitToken } from '../../run/wait-links.js'
import type { StepCompiler } from '../step-kind.js'
import { waitingRecord } from '../waiting-record.js'

interface AnsweredWait {
  readonly kind: 'approval' | 'callback'
  /** What an inbox shows. */
  readonly detail: CompiledTemplate
  readonly timeoutMs: number | undefined
  /** What the step gives when nobody answers in time; undefined when it fails. */
  readonly onTimeout: JsonObject | undefined
  /** Tell others, once the wait can be answered. */
  readonly notify: readonly CompiledStep[]
}

/**
 * Waits for a person's decision or for a callback. While it is open the step's output is `{ url }`, and for an approval
 * `{ url, approveUrl, rejectUrl }`; then what was answered, with `timedOut`.
 */
export function answeredWait(step: WaitStep, compiler: StepCompiler): BlockBody {
  const wait = step.approval === undefined ? callbackOf(step, compiler) : approvalOf(step, compiler)
  return {
    nature: 'block',
    // An answer that comes after the deadline was acted upon must not be taken instead.
    isPure: false,
    children: wait.notify,
    run: (call) => runWait(wait, call),
  }
}

function approvalOf({ approval, steps = [] }: WaitStep, compiler: StepCompiler): AnsweredWait {
  const { title = '', message = '', assignees = [], timeout, onTimeout = 'reject' } = approval ?? {}
  const decision = { approved: onTimeout === 'approve', by: null, comment: null, timedOut: true }
  return {
    kind: 'approval',
    detail: compiler.template({ title, message, assignees }, '/approval'),
    timeoutMs: timeout === undefined ? undefined : compiler.duration(timeout, '/approval/timeout'),
    onTimeout: onTimeout === 'fail' ? undefined : decision,
    notify: compiler.followingSteps(steps, '/steps'),
  }
}

function callbackOf({ callback, steps = [] }: WaitStep, compiler: StepCompiler): AnsweredWait {
  const { timeout = '', onTimeout = 'fail' } = callback ?? {}
  return {
    kind: 'callback',
    detail: compiler.template({}, '/callback'),
    timeoutMs: compiler.duration(timeout, '/callback/timeout'),
    onTimeout: onTimeout === 'fail' ? undefined : { body: null, timedOut: true },
    notify: compiler.followingSteps(steps, '/steps'),
  }
}

async function runWait(wait: AnsweredWait, call: StepCall): Promise<JsonValue> {
  const { activation } = call.frame
  const answer = activation.answerOf(call.address)
  if (answer !== undefined) return close(call, { ...asObject(answer), timedOut: false })
  const recorded = activation.recordOf(call.address)
  const deadline = recorded?.status === 'waiting' ? recorded.wakeAt : open(wait, call)
  if (deadline !== undefined && activation.now() >= deadline) return expire(wait, call)
  call.frame.settle(call.step.id, linksOf(wait, call), 'waiting')
  // The wait is open before anybody is told: an answer may come at once.
  if (wait.notify.length > 0) await activation.makeDurable()
  await runSequence(wait.notify, call.frame)
  throw deadline === undefined ? new PauseSignal() : new PauseSignal(deadline)
}

/** @returns the deadline */
function open(wait: AnsweredWait, call: StepCall): number | undefined {
  const { activation } = call.frame
  const token = waitToken(activation.deps.links, activation.run.runId, call.address)
  const deadline = wait.timeoutMs === undefined ? undefined : call.startedAt + wait.timeoutMs
  const until = deadline === undefined ? null : new Date(deadline).toISOString()
  const detail = { ...asObject(call.frame.evaluate(wait.detail)), deadline: until }
  call.input = detail
  activation.record(waitingRecord(call, deadline), { kind: wait.kind, token, detail })
  return deadline
}

function linksOf({ kind }: AnsweredWait, { frame, address }: StepCall): JsonObject {
  const { run, deps } = frame.activation
  const url = deps.links?.url(kind, waitToken(deps.links, run.runId, address), run.tenantId) ?? ''
  if (kind === 'callback') return { url }
  const decide = (decision: string): string => `${url}${url.includes('?') ? '&' : '?'}decision=${decision}`
  return { url, approveUrl: decide('approve'), rejectUrl: decide('reject') }
}

function expire({ kind, onTimeout }: AnsweredWait, call: StepCall): JsonValue {
  call.closesWait = true
  if (onTimeout !== undefined) return onTimeout
  const what = kind === 'approval' ? 'Nobody decided in time' : 'The callback did not come in time'
  throw new StepError('timeout', what, { retryable: false })
}

function close(call: StepCall, output: JsonValue): JsonValue {
  call.closesWait = true
  return output
}

function asObject(value: JsonValue): JsonObject {
  return isJsonObject(value) ? value : { body: value }
}
