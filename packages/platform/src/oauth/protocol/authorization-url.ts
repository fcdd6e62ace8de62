import { BugError, type JsonObject, type OAuth2Auth } from '@inlay/engine'
import { fillEndpoint } from './endpoint-url.js'
import { challengeOf } from './proof-key.js'

/** What one authorization request holds. */
export interface AuthorizationRequest {
  readonly method: OAuth2Auth
  readonly fields: JsonObject
  readonly clientId: string
  readonly redirectUri: string
  readonly scopes: readonly string[]
  readonly state: string
  readonly verifier: string
}

/**
 * Where the browser is sent to ask for consent.
 *
 * @throws StepError `validation` when a field does not make an address, BugError when the connector has none
 */
export function authorizationUrl(request: AuthorizationRequest): URL {
  const { method, scopes, state, verifier } = request
  if (method.authorizationUrl === undefined) {
    throw new BugError(`The way to connect "${method.id}" has no authorizationUrl.`)
  }
  const url = fillEndpoint(method.authorizationUrl, request.fields)
  // The connector's own parameters first: it cannot replace what protects the request.
  const parameters: Readonly<Record<string, string>> = {
    ...method.authorizationParams,
    response_type: 'code',
    client_id: request.clientId,
    redirect_uri: request.redirectUri,
    state,
    ...(scopes.length === 0 ? {} : { scope: scopes.join(method.scopeSeparator ?? ' ') }),
    ...(usesProofKey(method) ? { code_challenge: challengeOf(verifier), code_challenge_method: 'S256' } : {}),
  }
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value)
  return url
}

/** Whether requests carry a proof key (PKCE): always, unless a service is known to refuse it. */
export function usesProofKey({ pkce = true }: OAuth2Auth): boolean {
  return pkce
}
