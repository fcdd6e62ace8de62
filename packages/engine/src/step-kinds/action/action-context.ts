import type { ActionContext, AuthValues, ConnectorStores, KeyValueStore } from '../../contracts/connector.js'
import { StepError } from '../../contracts/errors.js'
import { idempotencyKey } from '../../contracts/run.js'
import type { Redactor } from '../../credentials/redactor.js'
import { type Doors, governedDoors } from '../../policies/governed-doors.js'
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
  /** Why nothing may be done any more, once the attempt is over: what goes on then must change nothing. */
  readonly stopReason: () => Error | undefined
}

/** What an action is given. @param input as its schema gives it */
export function actionContext(of: ActionCall, input: unknown, auth: AuthValues): ActionContext {
  const { resolved, call, round, redactor, scope } = of
  const { deps, run } = call.frame.activation
  const { tenantId, customerId, runId } = run
  const { http, net } = guardedDoors(of)
  return {
    input,
    auth,
    http: createServiceClient({ connector: resolved.connector, auth, http, ...renewal(of, auth) }),
    net,
    caller: { customerId },
    idempotencyKey: idempotencyKey(runId, call.address),
    // Made on demand: many actions never look at it.
    get signal() {
      return scope.signal
    },
    log: stepLog(call, redactor),
    files: createFileStore({
      blobs: deps.blobs,
      scope: { tenantId, customerId },
      maxFileBytes: deps.settings.maxFileBytes,
    }),
    store: storesOf(resolved, call),
    ...(round.resumed === undefined ? {} : { resumed: round.resumed }),
    callbackUrl: () => {
      assertOpen(of)
      return round.callbackUrl()
    },
  }
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

function assertOpen({ stopReason }: ActionCall): void {
  const reason = stopReason()
  if (reason !== undefined) throw reason
}

function governed({ resolved, call, stopReason }: ActionCall): Doors {
  const { deps, run } = call.frame.activation
  const { governor, clock, settings } = deps
  if (governor === undefined) return deps
  const { connector, connection } = resolved
  const pace = connector.api?.pace
  return governedDoors(
    deps,
    { governor, clock, maxWaitMs: settings.inlineRetryMs, stopReason },
    {
      tenantId: run.tenantId,
      customerId: run.customerId,
      connectorId: connector.id,
      ...(connection === undefined ? {} : { connectionId: connection }),
      ...(pace === undefined ? {} : { pace }),
    },
  )
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
