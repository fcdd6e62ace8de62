import type { IncomingMessage, ServerResponse } from 'node:http'
import { newId, UserError } from '@inlay/engine'
import type { ApiContext, Services } from '@inlay/platform/api'
import type { Caller } from '@inlay/platform/identity'

const SESSION_SECONDS = 12 * 3600

export interface ContextDeps {
  readonly services: Services
  readonly baseUrl: string
}

/** The session cookie's name; over https the prefix binds it to this host. */
export function sessionCookieName(baseUrl: string): string {
  return baseUrl.startsWith('https:') ? '__Host-inlay_session' : 'inlay_session'
}

/** Who calls, and what the API needs to know of the request. @throws UserError `auth.cross_site` */
export async function createRequestContext(
  request: IncomingMessage,
  response: ServerResponse | undefined,
  { services, baseUrl }: ContextDeps,
): Promise<ApiContext> {
  const cookie = sessionCookieName(baseUrl)
  const sessionToken = readCookie(request.headers.cookie, cookie)
  const origin = request.headers.origin
  const requestId = String(response?.getHeader('x-request-id') ?? newId('req', Date.now()))
  return {
    services,
    caller: await resolveCaller(request, sessionToken, services),
    requestId,
    sessionToken,
    idempotencyKey: headerText(request.headers['idempotency-key']),
    pageOrigin: origin === undefined || origin === ownOrigin(request) ? undefined : origin,
    remoteAddress: request.socket.remoteAddress ?? 'unknown',
    setSessionToken: (token) => {
      const secure = baseUrl.startsWith('https:') ? '; Secure' : ''
      const life = token === null ? 'Max-Age=0' : `Max-Age=${SESSION_SECONDS}`
      response?.setHeader('set-cookie', `${cookie}=${token ?? ''}; Path=/; HttpOnly; SameSite=Lax; ${life}${secure}`)
    },
  }
}

async function resolveCaller(
  request: IncomingMessage,
  sessionToken: string | undefined,
  services: Services,
): Promise<Caller | null> {
  const bearer = /^Bearer (\S+)$/i.exec(request.headers.authorization ?? '')?.[1]
  if (bearer !== undefined) return services.identity.bearerOf(bearer)
  if (sessionToken === undefined) return null
  assertSameSite(request)
  return services.identity.memberOf(sessionToken)
}

/** A cookie comes along whoever makes the browser send a request: only our own pages may use it to change something. */
function assertSameSite(request: IncomingMessage): void {
  if (request.method === 'GET' || request.method === 'HEAD') return
  const { origin, 'sec-fetch-site': site } = request.headers
  if (
    (origin === undefined || origin === ownOrigin(request)) &&
    (site === undefined || site === 'same-origin' || site === 'none')
  )
    return
  throw new UserError('denied', 'auth.cross_site', 'This request came from another site.')
}

/** The origin under which the browser reached us. */
export function ownOrigin(request: IncomingMessage): string {
  const encrypted = 'encrypted' in request.socket && request.socket.encrypted === true
  const scheme = encrypted || request.headers['x-forwarded-proto'] === 'https' ? 'https' : 'http'
  return `${scheme}://${request.headers.host ?? ''}`
}

/** The first cookie of that name; anything malformed counts as absent. */
function readCookie(header: string | undefined, name: string): string | undefined {
  for (const part of (header ?? '').slice(0, 8192).split(';')) {
    const [key, value] = part.trim().split('=', 2)
    if (key === name && value !== undefined && value !== '') return value
  }
  return undefined
}

function headerText(value: string | readonly string[] | undefined): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}
