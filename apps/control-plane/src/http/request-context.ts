import type { IncomingMessage, ServerResponse } from 'node:http'
import { newId } from '@inlay/engine'
import type { ApiContext } from '@inlay/platform/api'
import { otherTenantsDomain, type ServedDomain } from '@inlay/platform/domains'
import { type Caller, crossSite, readCookie, resolveCaller, withSource } from '@inlay/platform/identity'
import type { ControlPlane } from '../compose.js'
import { addressOf, isOwnPage, originOf } from './request-origin.js'
import { siteOf } from './site.js'

/** The longest life of a session. It also ends after 12 hours without use, which the server knows by itself. */
const COOKIE_SECONDS = 7 * 86_400

export interface RequestContextOptions {
  readonly plane: Pick<ControlPlane, 'services' | 'config' | 'addresses'>
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
  const { services, config, addresses } = plane
  const { origin, domain } = siteOf(request, addresses)
  const cookieName = sessionCookieName(config.baseUrl)
  const authorization = token === undefined ? request.headers.authorization : `Bearer ${token}`
  const isOwn = isOwnPage(request, config.baseUrl)
  const sessionToken = isOwn ? readCookie(request.headers.cookie, cookieName) : undefined
  const isForged = authorization === undefined && sessionToken !== undefined && !comesFromOwnPage(request)
  const known = isForged ? null : await resolveCaller({ authorization, sessionToken }, services)
  const caller = domain === undefined || known?.scope.tenantId === domain.tenantId ? known : null
  const requestId = String(response?.getHeader('x-request-id') ?? newId('req', Date.now()))
  const ip = addressOf(request, config.trustedProxies)
  return {
    services,
    caller: caller === null ? null : withSource(caller, { requestId, ip }),
    refusal: isForged ? crossSite() : strangersRefusal({ caller, known, domain }),
    domain,
    hasCredentials: authorization !== undefined || sessionToken !== undefined,
    requestId,
    baseUrl: origin,
    sessionToken,
    idempotencyKey: headerText(request.headers['idempotency-key']),
    pageOrigin: isOwn ? undefined : originOf(request),
    remoteAddress: ip,
    setSessionToken: (issued) => {
      response?.setHeader('set-cookie', sessionCookie(cookieName, issued))
    },
  }
}

interface Presented {
  readonly known: Caller | null
  readonly caller: Caller | null
  readonly domain: ServedDomain | undefined
}

/**
 * At a tenant's domain nobody else's credentials count. A browser's cookie may be from a time when the name was another
 * tenant's: it says nothing, and its owner can sign in anew.
 */
function strangersRefusal({ known, caller, domain }: Presented): Error | undefined {
  if (domain === undefined || known === null || caller !== null || known.kind === 'member') return undefined
  return otherTenantsDomain(domain.name)
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
