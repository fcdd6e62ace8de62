import type { AuthMethod, AuthValues, Connector, HttpRequest } from '../contracts/connector.js'
import { StepError } from '../contracts/errors.js'
import type { JsonObject } from '../contracts/json.js'

/** What goes on a request. */
export interface RequestCredentials {
  readonly auth: AuthValues
  /** What the credentials were swapped for, when the way to connect does so. */
  readonly session?: JsonObject | undefined
}

/**
 * Puts credentials on a request, as the way in which the account was connected says.
 *
 * @throws StepError `bug` when the connector does not say how its own credentials are put on requests
 */
export async function signRequest(
  connector: Connector,
  request: HttpRequest,
  { auth, session }: RequestCredentials,
): Promise<HttpRequest> {
  if (auth.kind === 'none') return request
  const method = authMethodOf(connector, auth)
  if (method?.sign !== undefined) return method.sign(request, auth, session)
  switch (auth.kind) {
    case 'bearer':
      return withHeader(request, 'authorization', `Bearer ${auth.token}`)
    case 'oauth2':
      return withHeader(request, 'authorization', `Bearer ${auth.accessToken}`)
    case 'basic':
      return withHeader(request, 'authorization', basicCredentials(auth))
    case 'apiKey':
      return withKey(request, auth.apiKey, method)
    case 'custom':
      throw new StepError('bug', `${connector.name} does not say how its requests are signed`, {
        detail: `Its way to connect "${method?.id ?? auth.method ?? 'custom'}" needs \`sign\`.`,
      })
  }
}

/** The way in which an account was connected; undefined when the connector has it no more. */
export function authMethodOf({ auth }: Connector, { kind, method }: Pick<AuthValues, 'kind' | 'method'>) {
  return auth.find((candidate) => (method === undefined ? candidate.kind === kind : candidate.id === method))
}

function withKey(request: HttpRequest, key: string, method: AuthMethod | undefined): HttpRequest {
  const placement = (method?.kind === 'apiKey' ? method.placement : undefined) ?? { in: 'header', name: 'x-api-key' }
  const value = `${'prefix' in placement ? (placement.prefix ?? '') : ''}${key}`
  if (placement.in === 'header') return withHeader(request, placement.name, value)
  return { ...request, query: { ...request.query, [placement.name]: value } }
}

function withHeader(request: HttpRequest, name: string, value: string): HttpRequest {
  const others = Object.entries(request.headers ?? {}).filter(([given]) => given.toLowerCase() !== name.toLowerCase())
  return { ...request, headers: { ...Object.fromEntries(others), [name]: value } }
}

/** RFC 7617, with UTF-8. */
function basicCredentials({ username, password }: { readonly username: string; readonly password: string }): string {
  return `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`
}
