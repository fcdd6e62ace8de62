import type {
  ActionContext,
  AuthValues,
  ConnectorStores,
  HttpClient,
  KeyValueStore,
} from '../../contracts/connector.js'
import { StepError } from '../../contracts/errors.js'
import { idempotencyKey } from '../../contracts/run.js'
import type { Redactor } from '../../credentials/redactor.js'
import { paceOf } from '../../policies/call-pace.js'
import { type Doors, governedDoors } from '../../policies/governed-doors.js'
import { withCallbackGate } from '../../run/callback-gate.js'
import type { CancelScope } from '../../run/cancel-scope.js'
import type { StepCall } from '../../run/program.js'
import { createServiceClient } from '../../service/service-client.js'
import { createFileStore } from '../../storage/file-store.js'
import type { ResolvedAction } from './resolve-action.js'
import type { Round } from './round.js'
import { stepLog } from './step-log.js'

/** One call of an action. */
export interface ActionCall {
  readonly resolved: ResolvedAction
  readonly call: StepCall
  readonly round: Round
  readonly redactor: Redactor
  /** Stops when time is up or the run ends. */
  readonly scope: CancelScope
  /** Set when the action has come back: what goes on then must change nothing. */
  hasEnded: boolean
}

/** What an action is given; much of it made on demand, since most actions look at little of it. @param input as its schema gives it */
export function actionContext(of: ActionCall, input: unknown, auth: AuthValues): ActionContext {
  const { resolved, call, round, redactor, scope } = of
  const { deps, run } = call.frame.activation
  const { tenantId, customerId, runId } = run
  const { http, net } = guardedDoors(of)
  const context: ActionContext = {
    input,
    auth,
    http: resolved.connector.api === undefined ? http : serviceClient(of, http, auth),
    net,
    caller: { customerId },
    idempotencyKey: idempotencyKey(runId, call.address),
    get signal() {
      return scope.signal
    },
    get log() {
      return stepLog(call, redactor)
    },
    get files() {
      const { maxFileBytes } = deps.settings
      return createFileStore({ blobs: deps.blobs, scope: { tenantId, customerId }, maxFileBytes })
    },
    get store() {
      return storesOf(resolved, call)
    },
    callbackUrl: () => {
      assertOpen(of)
      return round.callbackUrl()
    },
  }
  if (round.resumed !== undefined) Object.assign(context, { resumed: round.resumed })
  return withCallbackGate(context, round)
}

/** The ways out of the process: closed when the attempt is over, and until a callback can be answered that was asked for. */
function guardedDoors(of: ActionCall): Doors {
  const { round, scope } = of
  const { http, net } = governed(of)
  const pass = async (): Promise<void> => {
    await round.opened()
    assertOpen(of)
  }
  const within = (signal: AbortSignal | undefined): AbortSignal =>
    signal === undefined || signal === scope.signal ? scope.signal : AbortSignal.any([scope.signal, signal])
  return {
    http: {
      request: async (request) => {
        await pass()
        return http.request({ ...request, signal: within(request.signal) })
      },
    },
    net: {
      connect: async (target) => {
        await pass()
        return net.connect({ ...target, signal: within(target.signal) })
      },
    },
  }
}

function assertOpen(of: ActionCall): void {
  const reason = stopReason(of)
  if (reason !== undefined) throw reason
}

/** Why nothing may be done any more, once an attempt is over. */
function stopReason({ scope, hasEnded, resolved }: ActionCall): Error | undefined {
  if (!scope.isOver && !hasEnded) return undefined
  if (scope.reason instanceof Error) return scope.reason
  return new StepError('cancelled', `The action of ${resolved.connector.name} is over`, {
    detail: 'It was stopped, or it has not waited for a promise of its own.',
  })
}

function governed(of: ActionCall): Doors {
  const { resolved, call } = of
  const { deps, run } = call.frame.activation
  const { governor, clock, settings } = deps
  if (governor === undefined) return deps
  const { connector, connection } = resolved
  const pace = paceOf(connector)
  return governedDoors(
    deps,
    { governor, clock, maxWaitMs: settings.inlineRetryMs, stopReason: () => stopReason(of) },
    {
      tenantId: run.tenantId,
      customerId: run.customerId,
      connectorId: connector.id,
      attempt: call.attempt,
      ...(connection === undefined ? {} : { connectionId: connection }),
      ...(pace === undefined ? {} : { pace }),
    },
  )
}

function serviceClient(of: ActionCall, http: HttpClient, auth: AuthValues): HttpClient {
  const { resolved, call, redactor } = of
  return createServiceClient({
    ...{ connector: resolved.connector, auth, http, ...renewal(of, auth) },
    onSession: (values) => redactor.learnSession(values),
    clock: call.frame.activation.deps.clock,
  })
}

/** Credentials that are refused are renewed once for an attempt, however many of its requests are refused. */
function renewal({ resolved, call, redactor }: ActionCall, used: AuthValues) {
  const { connector, connection } = resolved
  const { deps, run } = call.frame.activation
  const { credentials } = deps
  if (connection === undefined || credentials.renew === undefined) return {}
  const scope = { tenantId: run.tenantId, customerId: run.customerId }
  const renewOnce = async (): Promise<AuthValues | undefined> => {
    const renewed = await credentials.renew?.(scope, connection, connector.id, used)
    if (renewed !== undefined) redactor.learn(renewed)
    return renewed
  }
  let renewing: Promise<AuthValues | undefined> | undefined
  return {
    renew: () => {
      renewing ??= renewOnce()
      return renewing
    },
  }
}

function storesOf({ connector }: ResolvedAction, call: StepCall): ConnectorStores {
  const { storage } = call.frame.activation.deps
  if (storage === undefined) return { customer: NO_STORE, workflow: NO_STORE }
  const { tenantId, customerId, workflowId } = call.frame.activation.run
  return storage.open({ tenantId, customerId, workflowId, connectorId: connector.id })
}

const refuse = (): Promise<never> =>
  Promise.reject(
    new StepError('validation', 'This deployment keeps nothing for connectors', {
      detail: 'The host has to create the engine with the option "storage".',
    }),
  )

const NO_STORE: KeyValueStore = { get: refuse, set: refuse, delete: refuse }
