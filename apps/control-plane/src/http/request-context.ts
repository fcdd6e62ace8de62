import type { IncomingMessage, ServerResponse } from 'node:http'
import { newId } from '@inlay/engine'
import type { ApiContext } from '@inlay/platform/api'
import { crossSite, readCookie, resolveCaller, withSource } from '@inlay/platform/identity'
import type { ControlPlane } from '../compose.js'
import { addressOf, isOwnPage, originOf } from './request-origin.js'

/** The longest life of a session. It also ends after 12 hours without use, which the server knows by itself. */
const COOKIE_SECONDS = 7 * 86_400

export interface RequestContextOptions {
  readonly plane: Pick<ControlPlane, 'services' | 'config'>
  /** Absent for WebSockets, which cannot set cookies. */
  readonly response?: ServerResponse
  /** A bearer token that came another way than by its header. */
  readonly token?: string | undefined
}

/** Who calls, and what the API needs to know of the request. */
export async function createRequestContext(
  request: IncomingMessage,
  { plane, response, token }: RequestContextOptions,
): Promise<ApiContext> {
  const { services, config } = plane
  const cookieName = sessionCookieName(config.baseUrl)
  const authorization = token === undefined ? request.headers.authorization : `Bearer ${token}`
  const isOwn = isOwnPage(request, config.baseUrl)
  const sessionToken = isOwn ? readCookie(request.headers.cookie, cookieName) : undefined
  const isForged = authorization === undefined && sessionToken !== undefined && !comesFromOwnPage(request)
  const caller = isForged ? null : await resolveCaller({ authorization, sessionToken }, services)
  const requestId = String(response?.getHeader('x-request-id') ?? newId('req', Date.now()))
  const ip = addressOf(request, config.trustedProxies)
  return {
    services,
    caller: caller === null ? null : withSource(caller, { requestId, ip }),
    refusal: isForged ? crossSite() : undefined,
    hasCredentials: authorization !== undefined || sessionToken !== undefined,
    requestId,
    baseUrl: config.baseUrl,
    sessionToken,
    idempotencyKey: headerText(request.headers['idempotency-key']),
    pageOrigin: isOwn ? undefined : originOf(request),
    remoteAddress: ip,
    setSessionToken: (issued) => {
      response?.setHeader('set-cookie', sessionCookie(cookieName, issued))
    },
  }
}

/** Over https the prefix binds the cookie to this host and to encryption. */
function sessionCookieName(baseUrl: string): string {
  return baseUrl.startsWith('https:') ? '__Host-portal_session' : 'portal_session'
}

function sessionCookie(name: string, token: string | null): string {
  const secure = name.startsWith('__Host-') ? '; Secure' : ''
  const life = token === null ? 0 : COOKIE_SECONDS
  return `${name}=${token ?? ''}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${life}${secure}`
}

/**
 * A cookie comes along whoever makes the browser send a request. What changes something must say that it comes from one
 * of our pages: browsers name the origin of every such request, or at least its site.
 */
function comesFromOwnPage(request: IncomingMessage): boolean {
  if (request.method === 'GET' || request.method === 'HEAD') return true
  const site = request.headers['sec-fetch-site']
  return site === undefined ? originOf(request) !== undefined : site === 'same-origin'
}

function headerText(value: string | readonly string[] | undefined): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}
