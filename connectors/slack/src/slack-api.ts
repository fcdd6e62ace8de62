import {
  type AuthValues,
  type ErrorKind,
  type HttpClient,
  type JsonObject,
  parseRetryAfter,
  responseError,
  StepError,
} from '@inlay/sdk/connector'

const DEFAULT_API_URL = 'https://slack.com/api'

/** Slack answers refusals with status 200 and `ok: false`; these are the ones that are not simply a wrong request. */
const KIND_OF_ERROR: Readonly<Record<string, ErrorKind>> = {
  invalid_auth: 'authentication',
  not_authed: 'authentication',
  account_inactive: 'authentication',
  token_revoked: 'authentication',
  token_expired: 'authentication',
  missing_scope: 'authorization',
  not_in_channel: 'authorization',
  restricted_action: 'authorization',
  ratelimited: 'rate_limited',
  rate_limited: 'rate_limited',
  internal_error: 'communication',
  fatal_error: 'communication',
  service_unavailable: 'communication',
}

const ADVICE: Readonly<Record<string, string>> = {
  not_in_channel: 'Invite the app to the channel first.',
  channel_not_found: 'The channel does not exist, or the app cannot see it.',
  missing_scope: 'Add the missing scope to the Slack app and install it again.',
  token_revoked: 'The token was revoked. Create a new connection.',
  invalid_auth: 'The token is not valid. Check the connection.',
}

interface SlackContext {
  readonly auth: AuthValues
  readonly http: HttpClient
  readonly signal: AbortSignal
}

/**
 * Calls a method of Slack's Web API.
 *
 * @throws StepError by Slack's error code; `rate_limited` with what Slack asks to wait
 */
export async function callSlack(
  { auth, http, signal }: SlackContext,
  method: string,
  body: JsonObject,
): Promise<JsonObject> {
  if (auth.kind !== 'bearer') throw new StepError('authentication', 'Slack needs a connection with a bot token')
  const apiUrl = typeof auth.fields['apiUrl'] === 'string' ? auth.fields['apiUrl'] : DEFAULT_API_URL
  const response = await http.request({
    method: 'POST',
    url: `${apiUrl}/${method}`,
    headers: { authorization: `Bearer ${auth.token}`, 'content-type': 'application/json; charset=utf-8' },
    json: body,
    signal,
  })
  if (response.status !== 200) throw responseError('Slack', response)
  // Slack's answers are always JSON objects with `ok`.
  const answer = response.json() as JsonObject
  if (answer['ok'] === true) return answer
  const code = String(answer['error'] ?? 'unknown')
  const retryAfterMs = parseRetryAfter(response.headers['retry-after'])
  throw new StepError(KIND_OF_ERROR[code] ?? 'rejected', `Slack refused: ${code}`, {
    detail: ADVICE[code] ?? `See the errors of ${method} in Slack's documentation.`,
    data: { error: code },
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  })
}
