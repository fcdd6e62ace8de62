import {
  type ActionContext,
  type AuthValues,
  type Connector,
  type ConnectorAction,
  isSuspension,
  type StepLog,
} from '../../contracts/connector.js'
import { MAX_TIMER_MS } from '../../contracts/duration.js'
import { StepError } from '../../contracts/errors.js'
import type { ConnectionId } from '../../contracts/ids.js'
import type { JsonValue } from '../../contracts/json.js'
import { toPlainJson } from '../../contracts/plain-json.js'
import { idempotencyKey } from '../../contracts/run.js'
import type { ActionStep } from '../../contracts/workflow.js'
import { type Doors, governedDoors } from '../../policies/governed-doors.js'
import { CancelScope } from '../../run/cancel-scope.js'
import type { EngineDeps } from '../../run/engine-options.js'
import type { StepCall } from '../../run/program.js'
import { keepOutput } from '../../run/stored-output.js'

/** The action an action step names. */
export interface ResolvedAction {
  readonly connector: Connector
  readonly action: ConnectorAction
  readonly connection: ConnectionId | undefined
  readonly delivery: 'at-least-once' | 'at-most-once'
}

/** @throws StepError `validation` when this deployment has no such connector or action */
export async function resolveAction(step: ActionStep, { connectors }: EngineDeps): Promise<ResolvedAction> {
  const connector = await connectors.load(step.connector, step.version)
  const version = step.version === undefined ? '' : ` in version ${step.version}`
  if (connector === undefined) {
    throw new StepError('validation', `There is no connector "${step.connector}"${version}`, {
      detail: 'It may have been removed from this deployment. Choose another one in the builder and publish again.',
    })
  }
  const action = Object.hasOwn(connector.actions, step.action) ? connector.actions[step.action] : undefined
  if (action === undefined) {
    throw new StepError('validation', `${connector.name} has no action "${step.action}"`, {
      detail: `It has: ${Object.keys(connector.actions).join(', ')}.`,
    })
  }
  // The id is checked by the credential provider, under the run's own scope.
  const connection = step.connection as ConnectionId | undefined
  return { connector, action, connection, delivery: action.delivery ?? 'at-least-once' }
}

/** Calls an action once: opens credentials, checks the input, bounds the time, checks the output. */
export async function callAction(resolved: ResolvedAction, call: StepCall): Promise<JsonValue> {
  const { activation } = call.frame
  const { deps } = activation
  const maxBytes = deps.settings.maxPayloadBytes
  // The action works on a copy: what it does to its input must not reach the run's data.
  const input = checkInput(resolved, toPlainJson(call.input, { maxBytes, name: 'input' }))
  const { http, net } = doorsOf(resolved, call)
  const timeoutMs = call.step.timeoutMs ?? deps.settings.stepTimeoutMs
  const output = await withTimeout(timeoutMs, call.frame.stops, async (scope) => {
    const auth = await openCredentials(resolved, call)
    // An action must not begin after the run has stopped waiting for it.
    if (scope.isOver) throw scope.reason
    const result = await resolved.action.run({
      input,
      auth,
      http,
      net,
      idempotencyKey: idempotencyKey(activation.run.runId, call.address),
      // Made on demand: many actions never look at it.
      get signal() {
        return scope.signal
      },
      log: stepLog(call),
      files: { write: refuse('files'), read: refuse('files') },
      store: { customer: refuseStore(), workflow: refuseStore() },
      callbackUrl: () => {
        throw notHere('callbacks')
      },
    } satisfies ActionContext)
    if (isSuspension(result)) throw notHere('actions that suspend themselves')
    return result
  })
  return keepOutput(call, output)
}

function refuse(what: string) {
  return (): Promise<never> => Promise.reject(notHere(what))
}

function refuseStore() {
  return { get: refuse('stores'), set: refuse('stores'), delete: refuse('stores') }
}

function notHere(what: string): StepError {
  return new StepError('validation', `This engine has no ${what}`)
}

function doorsOf({ connector, connection }: ResolvedAction, call: StepCall): Doors {
  const { deps, run } = call.frame.activation
  if (deps.governor === undefined) return deps
  const caller = { tenantId: run.tenantId, connectorId: connector.id }
  return governedDoors(
    deps,
    { governor: deps.governor, clock: deps.clock },
    connection === undefined ? caller : { ...caller, connectionId: connection },
  )
}

function checkInput({ action, connector }: ResolvedAction, input: JsonValue): unknown {
  const parsed = action.input.safeParse(input)
  if (parsed.success) return parsed.data
  const problems = parsed.error.issues.map((issue) => `${issue.path.join('.') || 'input'}: ${issue.message}`)
  throw new StepError('validation', `The input of ${connector.name} is not valid`, {
    detail: problems.slice(0, 10).join('; '),
    data: problems.slice(0, 10),
  })
}

async function openCredentials({ connector, connection }: ResolvedAction, call: StepCall): Promise<AuthValues> {
  const { deps, run } = call.frame.activation
  if (connection !== undefined) {
    const scope = { tenantId: run.tenantId, customerId: run.customerId }
    return deps.credentials.open(scope, connection, connector.id)
  }
  if (connector.connection !== 'required') return { kind: 'none', fields: {} }
  throw new StepError('authentication', `${connector.name} needs a connection`, {
    detail: 'Choose or create a connection on this step, then publish again.',
  })
}

/**
 * Bounds a call in time. When time is up or the run ends, the call's signal is aborted and its promise is no longer
 * waited for: a connector that ignores its signal cannot hold the run.
 */
async function withTimeout(
  ms: number,
  outer: CancelScope,
  run: (scope: CancelScope) => Promise<JsonValue>,
): Promise<JsonValue> {
  const scope = new CancelScope(outer)
  const timer = setTimeout(() => scope.stop(timeoutError(ms)), Math.min(ms, MAX_TIMER_MS))
  try {
    return await new Promise((resolve, reject) => {
      scope.onStop(reject)
      // Connectors often reject with what their own client makes of an aborted signal: the first reason counts.
      run(scope).then(resolve, reject)
    })
  } finally {
    clearTimeout(timer)
    scope.close()
  }
}

function timeoutError(ms: number): StepError {
  return new StepError('timeout', `The step took longer than ${ms / 1000} s`, {
    detail: "The service did not answer in time. Raise the step's time-out, or add a retry policy.",
  })
}

function stepLog({ frame, step }: StepCall): StepLog {
  const { deps, run } = frame.activation
  const write = (level: 'info' | 'warn') => (message: string, data?: unknown) =>
    deps.onLog?.({ level, message, data, runId: run.runId, stepPath: step.path })
  return { info: write('info'), warn: write('warn') }
}
