import type { HttpClient, HttpRequest, HttpResponse, JsonObject, OAuth2Auth } from '@inlay/engine'
import { usesProofKey } from './authorization-url.js'
import { fillEndpoint } from './endpoint-url.js'
import { parseBody, readTokenAnswer, type TokenAnswer } from './token-answer.js'
import { refusedBy } from './token-errors.js'

const TIMEOUT_MS = 20_000
const MAX_RESPONSE_BYTES = 256 * 1024

/** An app as the authorization server knows it. */
export interface OAuthClient {
  readonly clientId: string
  /** Absent for public clients, which prove themselves by the proof key alone. */
  readonly clientSecret?: string | undefined
}

/** Whose token endpoint is called, and by whom. */
export interface TokenEndpoint {
  readonly method: OAuth2Auth
  /** The connection's fields, for `{field}` in addresses. */
  readonly fields: JsonObject
  readonly client: OAuthClient
  /** The safe door: it checks every address, and no redirect is followed with a code or token in hand. */
  readonly http: HttpClient
  readonly signal?: AbortSignal | undefined
}

/** A code as the callback got it. */
export interface CodeExchange {
  readonly code: string
  /** The one that the authorization request named. */
  readonly redirectUri: string
  readonly verifier: string
}

/** Changes a code for tokens. @throws StepError that says what went wrong and whether it can pass */
export function exchangeCode(
  endpoint: TokenEndpoint,
  { code, redirectUri, verifier }: CodeExchange,
): Promise<TokenAnswer> {
  return requestTokens(endpoint, {
    parameters: {
      grant_type: 'authorization_code',
      code,
      redirect_uri: redirectUri,
      ...(usesProofKey(endpoint.method) ? { code_verifier: verifier } : {}),
    },
    secrets: [code, verifier],
  })
}

/** Gets new tokens for a refresh token. @throws StepError; `oauthFailureOf` tells what it means */
export function refreshTokens(endpoint: TokenEndpoint, refreshToken: string): Promise<TokenAnswer> {
  return requestTokens(endpoint, {
    parameters: { grant_type: 'refresh_token', refresh_token: refreshToken },
    secrets: [refreshToken],
  })
}

/** Gets a token for the app itself, without a person (RFC 6749, section 4.4). @throws StepError */
export function requestClientCredentials(endpoint: TokenEndpoint, scopes: readonly string[]): Promise<TokenAnswer> {
  const scope = scopes.join(endpoint.method.scopeSeparator ?? ' ')
  return requestTokens(endpoint, {
    parameters: { grant_type: 'client_credentials', ...(scope === '' ? {} : { scope }) },
    secrets: [],
  })
}

/**
 * Tells the service that a token is not needed any more (RFC 7009). Services answer 200 also for tokens that they do not
 * know, so it is safe to call twice.
 *
 * @returns false when the service offers no revocation
 * @throws StepError when it could not be told
 */
export async function revokeToken(
  endpoint: TokenEndpoint,
  token: { readonly value: string; readonly hint: 'access_token' | 'refresh_token' },
): Promise<boolean> {
  const { revocationUrl } = endpoint.method
  if (revocationUrl === undefined) return false
  const parameters = { token: token.value, token_type_hint: token.hint }
  const response = await send(endpoint, revocationUrl, parameters)
  if (response.status < 300) return true
  throw refusedBy(response, parseBody(response), [token.value, endpoint.client.clientSecret ?? ''])
}

interface Grant {
  readonly parameters: Readonly<Record<string, string>>
  readonly secrets: readonly string[]
}

async function requestTokens(endpoint: TokenEndpoint, { parameters, secrets }: Grant): Promise<TokenAnswer> {
  const { method, client } = endpoint
  const response = await send(endpoint, method.tokenUrl, { ...method.tokenParams, ...parameters })
  return readTokenAnswer(response, {
    scopeSeparator: method.scopeSeparator,
    secrets: [...secrets, client.clientSecret ?? ''],
  })
}

function send(
  { method, fields, client, http, signal }: TokenEndpoint,
  address: string,
  parameters: Readonly<Record<string, string>>,
): Promise<HttpResponse> {
  const request: HttpRequest = {
    method: 'POST',
    url: fillEndpoint(address, fields).href,
    // GitHub answers a form unless it is asked for JSON.
    headers: { accept: 'application/json' },
    form: parameters,
    timeoutMs: TIMEOUT_MS,
    maxResponseBytes: MAX_RESPONSE_BYTES,
    maxRedirects: 0,
    ...(signal === undefined ? {} : { signal }),
  }
  return http.request(withClient(request, method, client))
}

/** The client's own proof: in the body, or by Basic authentication with both parts form-encoded (RFC 6749, 2.3.1). */
function withClient(request: HttpRequest, { clientAuthentication }: OAuth2Auth, client: OAuthClient): HttpRequest {
  const { clientId, clientSecret } = client
  if (clientAuthentication === 'basic' && clientSecret !== undefined) {
    const credentials = Buffer.from(`${formEncoded(clientId)}:${formEncoded(clientSecret)}`).toString('base64')
    return { ...request, headers: { ...request.headers, authorization: `Basic ${credentials}` } }
  }
  const proof = { client_id: clientId, ...(clientSecret === undefined ? {} : { client_secret: clientSecret }) }
  return { ...request, form: { ...request.form, ...proof } }
}

function formEncoded(text: string): string {
  return new URLSearchParams({ '': text }).toString().slice(1)
}
