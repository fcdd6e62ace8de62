import {
  type AuthValues,
  type ErrorKind,
  type HttpClient,
  type HttpRequest,
  type JsonObject,
  parseRetryAfter,
  responseError,
  StepError,
  type z,
} from '@inlay/sdk/connector'

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
  no_permission: 'authorization',
  ekm_access_denied: 'authorization',
  cant_update_message: 'authorization',
  ratelimited: 'rate_limited',
  rate_limited: 'rate_limited',
  internal_error: 'communication',
  fatal_error: 'communication',
  service_unavailable: 'communication',
  request_timeout: 'communication',
}

const ADVICE: Readonly<Record<string, string>> = {
  not_in_channel: 'Invite the app to the channel first.',
  channel_not_found: 'The channel does not exist, or the app cannot see it.',
  is_archived: 'The channel is archived. Choose another one.',
  message_not_found: 'There is no such message in the channel. Take channel and ts from the step that posted it.',
  cant_update_message: 'An app can change its own messages only.',
  edit_window_closed: 'The workspace does not let messages of this age be changed.',
  msg_too_long: 'Shorten the message.',
  no_text: 'The message is empty.',
  missing_scope: 'Add the missing scope to the Slack app and install it again.',
  token_revoked: 'The token was revoked. Create a new connection.',
  account_inactive: 'The account or workspace of the token is gone. Create a new connection.',
  invalid_auth: 'The token is not valid. Check the connection.',
  ratelimited: 'Slack asks to slow down. A retry policy on the step waits as long as it asks.',
}

interface SlackContext {
  readonly auth: AuthValues
  readonly http: HttpClient
  readonly signal: AbortSignal
}

interface SlackCall<Answer extends z.ZodType> {
  readonly method: string
  readonly arguments: JsonObject
  /** What the answer must hold. */
  readonly answer: Answer
}

/** Slack's Web API. */
export class SlackApi {
  /** @param url where the methods are; another one only in tests */
  constructor(private readonly url = 'https://slack.com/api') {}

  /** Calls a method that changes something. @throws StepError by Slack's error code */
  write<Answer extends z.ZodType>(context: SlackContext, call: SlackCall<Answer>): Promise<z.output<Answer>> {
    return this.call(context, call, { json: call.arguments })
  }

  /** Calls a method that reads: those understand forms, not JSON. @throws StepError by Slack's error code */
  read<Answer extends z.ZodType>(context: SlackContext, call: SlackCall<Answer>): Promise<z.output<Answer>> {
    const form = Object.fromEntries(Object.entries(call.arguments).map(([name, value]) => [name, String(value)]))
    return this.call(context, call, { form })
  }

  private async call<Answer extends z.ZodType>(
    { auth, http, signal }: SlackContext,
    { method, answer }: SlackCall<Answer>,
    body: Pick<HttpRequest, 'json' | 'form'>,
  ): Promise<z.output<Answer>> {
    if (auth.kind !== 'bearer') throw new StepError('authentication', 'Slack needs a connection with a bot token')
    const response = await http.request({
      method: 'POST',
      url: `${this.url}/${method}`,
      headers: {
        authorization: `Bearer ${auth.token}`,
        ...(body.json === undefined ? {} : { 'content-type': 'application/json; charset=utf-8' }),
      },
      ...body,
      signal,
    })
    if (response.status !== 200) throw responseError('Slack', response)
    // Slack's answers are JSON objects with `ok`.
    const given = response.json() as JsonObject
    if (given['ok'] !== true) throw refusal(given, { method, retryAfter: response.headers['retry-after'] })
    const parsed = answer.safeParse(given)
    if (parsed.success) return parsed.data
    throw new StepError('communication', `Slack's answer to ${method} is not understood`, { cause: parsed.error })
  }
}

function refusal(answer: JsonObject, call: { readonly method: string; readonly retryAfter?: string | undefined }) {
  const code = String(answer['error'] ?? 'unknown')
  const { needed } = answer
  const retryAfterMs = parseRetryAfter(call.retryAfter, Date.now())
  const advice = ADVICE[code] ?? `See the errors of ${call.method} in Slack's documentation.`
  return new StepError(KIND_OF_ERROR[code] ?? 'rejected', `Slack refused: ${code}`, {
    detail: typeof needed === 'string' ? `${advice} It is: ${needed}` : advice,
    data: { error: code },
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  })
}
