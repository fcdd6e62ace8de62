/** Calls a loader of a connector's form: with the connection's credentials, and bounds on what it does and tells. */
import {
  type AuthValues,
  type ConnectionId,
  type Connector,
  type CredentialProvider,
  createServiceClient,
  type Doors,
  type FormContext,
  type Governor,
  governedDoors,
  type HttpClient,
  type JsonObject,
  type NetDoor,
  paceOf,
  Redactor,
  StepError,
  systemClock,
  type TenantScope,
} from '@inlay/engine'
import { callConnector } from './call-connector.js'

const TIMEOUT_MS = 15_000
/** Milliseconds that a request may wait for its turn: somebody looks at the form. */
const MAX_TURN_MS = 3000

/** What loaders are called with. */
export interface FormCallDeps {
  readonly credentials: CredentialProvider
  readonly http: HttpClient
  readonly net: NetDoor
  /** Keeps the pace and the circuits of connections, together with all that runs call. */
  readonly governor?: Governor | undefined
}

/** On whose behalf, and with what. */
export interface FormCall {
  readonly scope: TenantScope
  readonly connector: Connector
  readonly connectionId: ConnectionId | undefined
  readonly input: JsonObject
}

/** @throws StepError of the connector or the credentials, without a secret in it; `timeout`; `bug` for anything else that is thrown */
export async function callLoader<T>(
  deps: FormCallDeps,
  call: FormCall,
  load: (context: FormContext) => Promise<T>,
): Promise<T> {
  const { scope, connector, input } = call
  const redactor = new Redactor(connector)
  const auth = await openAuth(deps, call)
  redactor.learn(auth)
  const over = new AbortController()
  return callConnector(connector.name, TIMEOUT_MS, async (timeUp) => {
    const signal = AbortSignal.any([timeUp, over.signal])
    const { http, net } = doorsOf(deps, call, signal)
    const client = createServiceClient({
      ...{ connector, auth, http, renew: renewal(deps, call, { auth, redactor }) },
      onSession: (values) => redactor.learnSession(values),
    })
    // The loader works on a copy: the request's own input names the answer that is kept.
    const context = { auth, http: client, net, signal, input: structuredClone(input), ...callerOf(scope) }
    try {
      return await load(context)
    } catch (thrown) {
      throw redactor.failure(thrown)
    }
  }).finally(() => over.abort(isOver(connector)))
}

/** The ways out of the process: closed when the call is over, so that code which goes on can do no more. */
function doorsOf(deps: FormCallDeps, call: FormCall, signal: AbortSignal): Doors {
  const { http, net, governor } = deps
  const within = (own: AbortSignal | undefined): AbortSignal =>
    own === undefined || own === signal ? signal : AbortSignal.any([own, signal])
  const doors: Doors = {
    http: {
      request: async (request) => {
        signal.throwIfAborted()
        return http.request({ ...request, signal: within(request.signal) })
      },
    },
    net: {
      connect: async (target) => {
        signal.throwIfAborted()
        return net.connect({ ...target, signal: within(target.signal) })
      },
    },
  }
  if (governor === undefined) return doors
  const { scope, connector, connectionId } = call
  const pace = paceOf(connector)
  return governedDoors(
    doors,
    { governor, clock: systemClock(), maxWaitMs: MAX_TURN_MS },
    {
      ...{ tenantId: scope.tenantId, connectorId: connector.id },
      ...(connectionId === undefined ? {} : { connectionId }),
      ...callerOf(scope).caller,
      ...(pace === undefined ? {} : { pace }),
    },
  )
}

async function openAuth({ credentials }: FormCallDeps, { scope, connector, connectionId }: FormCall) {
  const none: AuthValues = { kind: 'none', fields: {} }
  if (connectionId === undefined) return none
  return credentials.open(scope, connectionId, connector.id, { purpose: 'form' })
}

/** Credentials that the service refuses are renewed, once for a call however many of its requests are refused. */
function renewal(
  { credentials }: FormCallDeps,
  { scope, connector, connectionId }: FormCall,
  { auth, redactor }: { readonly auth: AuthValues; readonly redactor: Redactor },
): () => Promise<AuthValues | undefined> {
  const renewOnce = async (): Promise<AuthValues | undefined> => {
    if (connectionId === undefined) return undefined
    const renewed = await credentials.renew?.(scope, connectionId, connector.id, auth)
    if (renewed !== undefined) redactor.learn(renewed)
    return renewed
  }
  let renewing: Promise<AuthValues | undefined> | undefined
  return () => {
    renewing ??= renewOnce()
    return renewing
  }
}

function callerOf({ customerId }: TenantScope) {
  return customerId === undefined ? {} : { caller: { customerId } }
}

function isOver({ name }: Connector): StepError {
  return new StepError('cancelled', `What ${name} was asked has been answered, or was given up`)
}
