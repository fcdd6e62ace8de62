import type { AuthValues, Connector, HttpClient, HttpRequest, ServiceApi } from '../contracts/connector.js'
import { StepError } from '../contracts/errors.js'
import { signRequest } from './sign-request.js'

/** Whose API is called, and with which credentials. */
export interface ServiceClientOptions {
  readonly connector: Connector
  readonly auth: AuthValues
  /** The door through which requests go. */
  readonly http: HttpClient
  /** Gets credentials anew after the service refused those at hand; undefined when there are none better. */
  readonly renew?: () => Promise<AuthValues | undefined>
}

const UNAUTHORIZED = 401

/**
 * HTTP as a connector's code sees it: URLs that begin with `/` belong to the service's API, and requests to the API's own
 * origins carry the credentials. Requests to anywhere else go as they are, so that credentials never leave the service.
 * A refusal with status 401 is answered by one more request with renewed credentials.
 */
export function createServiceClient(options: ServiceClientOptions): HttpClient {
  const { connector, http, renew } = options
  const { api } = connector
  let { auth } = options
  if (api === undefined) return http
  const send = async (request: HttpRequest) => {
    const { request: absolute, isOwn } = resolveRequest(api, request, auth)
    return http.request(isOwn ? await signRequest(connector, absolute, auth) : absolute)
  }
  return {
    request: async (request) => {
      const used = auth
      const response = await send(request)
      if (response.status !== UNAUTHORIZED || renew === undefined || used.kind !== 'oauth2') return response
      // Another request of the same action may have renewed them in the meantime.
      const renewed = auth === used ? await renew() : auth
      if (renewed === undefined) return response
      auth = renewed
      return send(request)
    },
  }
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
