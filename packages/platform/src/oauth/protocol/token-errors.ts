import {
  type ErrorKind,
  type HttpResponse,
  isInlayError,
  type JsonObject,
  type JsonValue,
  parseRetryAfter,
  StepError,
  writtenForms,
} from '@inlay/engine'

/** What a refusal means for the connection. */
export type OAuthFailure = 'grant' | 'client' | 'scope' | 'request' | 'transient'

const MAX_TEXT = 300
/** Shorter ones would be found in ordinary words. */
const MIN_SECRET = 4

/** The codes of RFC 6749 and RFC 7009, and what services say in their place. */
const MEANINGS: Readonly<Record<string, OAuthFailure>> = {
  invalid_grant: 'grant',
  bad_verification_code: 'grant',
  bad_refresh_token: 'grant',
  invalid_refresh_token: 'grant',
  invalid_token: 'grant',
  invalid_code: 'grant',
  code_expired: 'grant',
  code_already_used: 'grant',
  token_expired: 'grant',
  token_revoked: 'grant',
  account_inactive: 'grant',
  access_denied: 'grant',
  consent_required: 'grant',
  interaction_required: 'grant',
  login_required: 'grant',
  invalid_client: 'client',
  unauthorized_client: 'client',
  incorrect_client_credentials: 'client',
  invalid_client_id: 'client',
  bad_client_secret: 'client',
  bad_redirect_uri: 'client',
  redirect_uri_mismatch: 'client',
  invalid_scope: 'scope',
  insufficient_scope: 'scope',
  invalid_request: 'request',
  unsupported_grant_type: 'request',
  unsupported_token_type: 'request',
  server_error: 'transient',
  temporarily_unavailable: 'transient',
  slow_down: 'transient',
  ratelimited: 'transient',
}

interface Explanation {
  readonly kind: ErrorKind
  readonly title: string
  readonly detail: string
}

const EXPLANATIONS: Readonly<Record<OAuthFailure, Explanation>> = {
  grant: {
    kind: 'authentication',
    title: 'The service does not accept the authorization any more',
    detail: 'It was used, has expired or was revoked. Connect the account anew.',
  },
  client: {
    kind: 'authentication',
    title: 'The service does not accept the OAuth app',
    detail: 'Its client id, client secret or redirect URI is wrong. Whoever set it up must correct it.',
  },
  scope: {
    kind: 'authorization',
    title: 'The service does not grant what was asked for',
    detail: 'The OAuth app or the account may not have these permissions.',
  },
  request: {
    kind: 'validation',
    title: 'The service does not understand the token request',
    detail: 'The connector describes its OAuth endpoints wrongly; report it to whoever made it.',
  },
  transient: {
    kind: 'communication',
    title: 'The service could not answer the token request',
    detail: 'Try again later.',
  },
}

const UNAUTHORIZED = 401
const TOO_MANY = 429
const SERVER_ERROR = 500

/**
 * The error for a refusal of a token endpoint. `data` holds `{ failure, error, status }`.
 *
 * @param secrets what was sent: services like to repeat it in descriptions
 */
export function refusedBy(
  response: HttpResponse,
  body: JsonObject | undefined,
  secrets: readonly string[] = [],
): StepError {
  const { status } = response
  const { code, text } = body === undefined ? { code: '', text: '' } : readError(body)
  const failure = failureOf(status, code)
  if (failure === undefined) {
    return body === undefined ? unreadable(response, describeBody(response)) : unknownRefusal(response, code, secrets)
  }
  const { kind, title, detail } = EXPLANATIONS[failure]
  const said = clean([code, text].filter((part) => part !== '').join(': '), secrets)
  return new StepError(status === TOO_MANY ? 'rate_limited' : kind, title, {
    detail: said === '' ? detail : `${detail} It said: ${said}`,
    data: { failure, error: clean(code, secrets), status },
    ...retryAfterOf(response),
  })
}

/** The error for an answer that is no answer of a token endpoint at all. */
export function unreadable({ status }: HttpResponse, why: string): StepError {
  return new StepError('communication', 'The token endpoint of the service cannot be understood', {
    detail: `It answered with status ${status}, and ${why}.`,
    // A second try would spend a code or a rotating token that the first one may have used up.
    retryable: false,
    data: { failure: 'unreadable', status },
  })
}

/** What a refusal means, when it is one of a token endpoint. */
export function oauthFailureOf(error: unknown): OAuthFailure | undefined {
  if (!isInlayError(error) || typeof error.data !== 'object' || error.data === null) return undefined
  // Errors of this folder carry a record; of any other, the property is simply not there.
  const { failure } = error.data as JsonObject
  return Object.keys(EXPLANATIONS).find((known): known is OAuthFailure => known === failure)
}

function failureOf(status: number, code: string): OAuthFailure | undefined {
  if (status >= SERVER_ERROR || status === TOO_MANY) return 'transient'
  const known = Object.hasOwn(MEANINGS, code) ? MEANINGS[code] : undefined
  if (known !== undefined) return known
  return status === UNAUTHORIZED ? 'client' : undefined
}

function unknownRefusal(response: HttpResponse, code: string, secrets: readonly string[]): StepError {
  const said = code === '' ? 'gives no reason' : `says "${clean(code, secrets)}"`
  return new StepError('authentication', 'The service refused the token request', {
    detail: `It answered with status ${response.status} and ${said}. If it stays, connect the account anew.`,
    data: { failure: 'unknown', error: clean(code, secrets), status: response.status },
  })
}

/** `{error, error_description}`, or an object under `error` as some have it. */
function readError(body: JsonObject): { readonly code: string; readonly text: string } {
  const { error, error_description: description } = body
  if (typeof error === 'object' && error !== null && !Array.isArray(error)) {
    // Neither null nor a list: `Array.isArray` does not narrow read-only lists away.
    const nested = error as JsonObject
    return { code: textOf(nested['code'] ?? nested['type']), text: textOf(nested['message']) }
  }
  return { code: textOf(error), text: textOf(description) }
}

function textOf(value: JsonValue | undefined): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : ''
}

function describeBody({ status, text, headers }: HttpResponse): string {
  if (status >= SUCCESS_END && status < CLIENT_ERROR) return 'wants the request sent elsewhere, which is not done'
  if (/^\s*</.test(text) || /\bhtml\b/i.test(headers['content-type'] ?? '')) return 'its answer is a web page, not JSON'
  return text.trim() === '' ? 'its answer is empty' : 'its answer is neither JSON nor a form'
}

const SUCCESS_END = 300
const CLIENT_ERROR = 400

function clean(text: string, secrets: readonly string[]): string {
  const shown = secrets
    .flatMap((secret) => writtenForms(secret, MIN_SECRET))
    .reduce((kept, secret) => kept.replaceAll(secret, '[hidden]'), text)
  return shown.replaceAll(/\p{C}+/gu, ' ').slice(0, MAX_TEXT)
}

function retryAfterOf({ headers }: HttpResponse): { readonly retryAfterMs?: number } {
  const retryAfterMs = parseRetryAfter(headers['retry-after'], Date.now())
  return retryAfterMs === undefined ? {} : { retryAfterMs }
}
