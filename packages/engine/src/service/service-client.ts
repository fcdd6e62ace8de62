import type { AuthValues, Connector, HttpClient, HttpRequest, ServiceApi } from '../contracts/connector.js'
import { StepError } from '../contracts/errors.js'
import type { JsonObject } from '../contracts/json.js'
import type { Clock } from '../ports/clock.js'
import { systemClock } from '../run/system-clock.js'
import { dropSession, sessionOf } from './auth-sessions.js'
import { authMethodOf, signRequest } from './sign-request.js'

/** Whose API is called, and with which credentials. */
export interface ServiceClientOptions {
  readonly connector: Connector
  readonly auth: AuthValues
  /** The door through which requests go. */
  readonly http: HttpClient
  /** Gets credentials anew after the service refused those at hand; undefined when there are none better. */
  readonly renew?: () => Promise<AuthValues | undefined>
  /** Told what credentials were swapped for, to keep it out of what is shown. */
  readonly onSession?: (values: JsonObject) => void
  /** @default the system's */
  readonly clock?: Clock
}

const UNAUTHORIZED = 401

/**
 * HTTP as a connector's code sees it: URLs that begin with `/` belong to the service's API, and requests to the API's own
 * origins carry the credentials. Requests to anywhere else go as they are, so that credentials never leave the service.
 * A refusal with status 401 is answered by one more request with renewed credentials, or a new session.
 */
export function createServiceClient(options: ServiceClientOptions): HttpClient {
  const { connector, http, renew } = options
  const { api } = connector
  let { auth } = options
  if (api === undefined) return http
  const send = async (request: HttpRequest) => {
    const { request: absolute, isOwn } = resolveRequest(api, request, auth)
    if (!isOwn) return { response: await http.request(absolute) }
    const session = await openSession(options, auth)
    return { response: await http.request(await signRequest(connector, absolute, { auth, session })), session }
  }
  return {
    request: async (request) => {
      const used = auth
      const { response, session } = await send(request)
      if (response.status !== UNAUTHORIZED) return response
      if (session !== undefined) {
        await refuseSession(options, auth, session)
        return (await send(request)).response
      }
      if (renew === undefined || used.kind !== 'oauth2') return response
      // Another request of the same action may have renewed them in the meantime.
      const renewed = auth === used ? await renew() : auth
      if (renewed === undefined) return response
      auth = renewed
      return (await send(request)).response
    },
  }
}

async function openSession(
  { connector, http, onSession, clock = systemClock() }: ServiceClientOptions,
  auth: AuthValues,
): Promise<JsonObject | undefined> {
  const method = authMethodOf(connector, auth)
  const { api } = connector
  if (auth.kind === 'none' || api === undefined || method?.session === undefined) return undefined
  const unsigned: HttpClient = { request: (request) => http.request(resolveRequest(api, request, auth).request) }
  const context = { auth, http: unsigned, signal: new AbortController().signal }
  const open = async () => method.session?.(context) ?? { values: {} }
  const session = await sessionOf({ connector, method, auth, clock, open })
  onSession?.(session)
  return session
}

async function refuseSession({ connector }: ServiceClientOptions, auth: AuthValues, session: JsonObject) {
  const method = authMethodOf(connector, auth)
  if (method !== undefined) await dropSession({ connector, method, auth }, session)
}

/**
 * The address of the service's API for an account, without `/` at its end.
 *
 * @throws StepError `validation` when the account's settings do not make an address
 */
export function baseUrlOf({ baseUrl }: ServiceApi, auth: AuthValues): URL {
  const text = typeof baseUrl === 'string' ? baseUrl : baseUrl(auth)
  if (URL.canParse(text)) return new URL(text)
  throw new StepError('validation', 'The address of the service is not valid', {
    detail: `The connection's settings make it "${text.slice(0, 200)}". Correct the connection.`,
  })
}

/** Whether credentials may go along to an address. */
export function isOwnOrigin(api: ServiceApi, base: URL, url: URL): boolean {
  return url.origin === base.origin || (api.origins ?? []).includes(url.origin)
}

function resolveRequest(api: ServiceApi, request: HttpRequest, auth: AuthValues) {
  const isRelative = request.url.startsWith('/')
  if (!isRelative && !URL.canParse(request.url)) return { request, isOwn: false }
  const base = baseUrlOf(api, auth)
  // A path may not lead away from the service: "//evil.example" would be another host.
  const url = isRelative ? new URL(base.href.replace(/\/+$/, '') + request.url) : new URL(request.url)
  if (!isOwnOrigin(api, base, url)) return { request, isOwn: false }
  return { request: { ...request, url: url.href, headers: { ...api.headers, ...request.headers } }, isOwn: true }
}
