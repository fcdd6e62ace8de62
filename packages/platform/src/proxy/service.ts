import {
  type AuthValues,
  baseUrlOf,
  type Clock,
  type ConnectionId,
  type Connector,
  type ConnectorRegistry,
  type CredentialProvider,
  type CustomerId,
  createServiceClient,
  type Doors,
  type Governor,
  governedDoors,
  type HttpClient,
  type HttpMethod,
  type HttpRequest,
  inScope,
  isOwnOrigin,
  paceOf,
  Redactor,
  type ServiceApi,
} from '@inlay/engine'
import type { ActingScope, AuditLog } from '../audit/index.js'
import { callConnector, requireConnector } from '../catalog/index.js'
import type { ConnectionsService } from '../connections/index.js'
import { badMethod, foreignBase, noApi } from './errors.js'
import { answerHeaders, type GivenHeaders, requestHeaders } from './passed-headers.js'
import { type ProxyPath, targetUrl } from './target-url.js'

const METHODS: readonly HttpMethod[] = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']
/** Milliseconds from the first byte sent to the last received. */
const TIMEOUT_MS = 60_000
/** Beside the exchange itself: a turn that is waited for, tokens that are renewed. */
const GRACE_MS = 30_000
const MAX_WAIT_MS = 5_000
const MAX_RECORDED_PATH = 500
/** Bytes of a body that is passed on, and of an answer. */
export const MAX_PROXY_BYTES = 10 * 1024 * 1024

/** A request to a service with the credentials of a connection. */
export interface ProxyRequest extends ProxyPath {
  readonly method: string
  readonly headers: GivenHeaders
  /** Where to send it instead of the API's usual address: one of the connector's `api.origins`. */
  readonly base?: string | undefined
  readonly body: Uint8Array
  readonly signal?: AbortSignal
}

/** What the service answered, without what concerns nobody else. */
export interface ProxyAnswer {
  readonly status: number
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array
}

/** Calls connected services for the vendor's own backend. Credentials go to the service and never come back. */
export interface ProxyService {
  /**
   * @throws UserError `connection.not_found`, `proxy.no_api`, `proxy.path`, `proxy.base`, `proxy.method`
   * @throws StepError when the call fails
   */
  call(scope: ActingScope, connectionId: string, request: ProxyRequest): Promise<ProxyAnswer>
}

interface ProxyDeps {
  readonly connections: Pick<ConnectionsService, 'get'>
  readonly credentials: CredentialProvider
  readonly registry: ConnectorRegistry
  readonly doors: Doors
  readonly governor: Governor
  readonly clock: Clock
  /** A call that cannot be recorded is not made. */
  readonly audit: Pick<AuditLog, 'recordGrouped'>
}

/** The proxy over the doors and credentials that workflows use. */
export function createProxyService(deps: ProxyDeps): ProxyService {
  return new ServiceProxy(deps)
}

class ServiceProxy implements ProxyService {
  constructor(private readonly deps: ProxyDeps) {}

  async call(scope: ActingScope, connectionId: string, request: ProxyRequest): Promise<ProxyAnswer> {
    const method = methodOf(request.method)
    const connection = await this.deps.connections.get(scope, connectionId)
    const connector = await requireConnector(inScope(this.deps.registry, scope), connection.connector)
    const { api } = connector
    if (api === undefined) throw noApi(connector.name)
    // Both were read from the database as what they are.
    const account: Account = {
      connector,
      id: connection.id as ConnectionId,
      scope: { ...scope, customerId: connection.customerId as CustomerId },
    }
    return callConnector(connector.name, TIMEOUT_MS + GRACE_MS, async (timedOut) => {
      const auth = await this.deps.credentials.open(account.scope, account.id, connector.id, { purpose: 'proxy' })
      const url = targetUrl(rootOf(api, auth, request.base), request)
      // Neither query nor body: what is in them may be anybody's.
      const details = { method, host: url.host, path: url.pathname.slice(0, MAX_RECORDED_PATH) }
      const target = { kind: 'connection', id: connection.id }
      await this.deps.audit.recordGrouped(account.scope, { action: 'connection.proxied', target, details })
      const { body, headers, signal } = request
      return this.send(account, auth, {
        method,
        url: url.href,
        headers: requestHeaders(headers),
        ...(body.length === 0 ? {} : { bytes: body }),
        timeoutMs: TIMEOUT_MS,
        maxResponseBytes: MAX_PROXY_BYTES,
        signal: signal === undefined ? timedOut : AbortSignal.any([timedOut, signal]),
      })
    })
  }

  /** What comes back, be it an answer or an error, holds none of the credentials: services echo what they are sent. */
  private async send(account: Account, auth: AuthValues, request: HttpRequest): Promise<ProxyAnswer> {
    const redactor = new Redactor(account.connector)
    redactor.learn(auth)
    try {
      const { status, headers, bytes } = await this.clientOf(account, auth, redactor).request(request)
      return {
        status,
        headers: answerHeaders(headers, (text) => redactor.text(text)),
        body: withoutSecrets(bytes, redactor),
      }
    } catch (error) {
      throw redactor.failure(error)
    }
  }

  private clientOf({ connector, id, scope }: Account, auth: AuthValues, redactor: Redactor): HttpClient {
    const { credentials, doors, governor, clock } = this.deps
    const pace = paceOf(connector)
    const { tenantId, customerId } = scope
    const caller = {
      tenantId,
      customerId,
      connectorId: connector.id,
      connectionId: id,
      ...(pace === undefined ? {} : { pace }),
    }
    const { http } = governedDoors(doors, { governor, clock, maxWaitMs: MAX_WAIT_MS }, caller)
    const renew = async (): Promise<AuthValues | undefined> => {
      const renewed = await credentials.renew?.(scope, id, connector.id, auth)
      if (renewed !== undefined) redactor.learn(renewed)
      return renewed
    }
    return createServiceClient({ connector, auth, http, renew, onSession: (values) => redactor.learnSession(values) })
  }
}

/** Whose account is used. */
interface Account {
  readonly connector: Connector
  readonly id: ConnectionId
  readonly scope: ActingScope & { readonly customerId: CustomerId }
}

function methodOf(given: string): HttpMethod {
  const method = METHODS.find((known) => known === given)
  if (method === undefined) throw badMethod(given, METHODS)
  return method
}

/** The API's usual address, or another origin to which the connector lets credentials go. */
function rootOf(api: ServiceApi, auth: AuthValues, asked: string | undefined): URL {
  const base = baseUrlOf(api, auth)
  if (asked === undefined) return base
  const url = URL.canParse(asked) ? new URL(asked) : undefined
  // An origin and nothing else, so that what is compared is what is called.
  if (url !== undefined && url.origin === asked && isOwnOrigin(api, base, url))
    return url.origin === base.origin ? base : url
  throw foreignBase([base.origin, ...(api.origins ?? [])])
}

function withoutSecrets(bytes: Uint8Array, redactor: Redactor): Uint8Array {
  // One character for each byte: what is no text comes out as it went in.
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1')
  const clean = redactor.text(text)
  return clean === text ? bytes : Buffer.from(clean, 'latin1')
}
