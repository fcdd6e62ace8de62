import {
  type ErrorKind,
  type HttpResponse,
  type JsonObject,
  type JsonValue,
  jsonObject,
  parseRetryAfter,
  type Service,
  type ServiceContext,
  StepError,
  service,
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
  cant_delete_message: 'authorization',
  cant_invite: 'authorization',
  user_is_restricted: 'authorization',
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
  cant_delete_message: 'An app can delete its own messages only.',
  edit_window_closed: 'The workspace does not let messages of this age be changed.',
  invalid_blocks: 'The blocks are not valid. Try them in the Block Kit Builder of Slack.',
  invalid_name_specials: 'A channel name has small letters, digits, dashes and underscores only.',
  msg_too_long: 'Shorten the message.',
  name_taken: 'There is a channel of that name already.',
  no_text: 'The message is empty.',
  users_not_found: 'Nobody in the workspace has this e-mail address.',
  missing_scope: 'Add the missing scope to the Slack app and install it again.',
  token_revoked: 'The token was revoked. Create a new connection.',
  account_inactive: 'The account or workspace of the token is gone. Create a new connection.',
  invalid_auth: 'The token is not valid. Check the connection.',
  ratelimited: 'Slack asks to slow down. A retry policy on the step waits as long as it asks.',
}

/** Slack's Web API. */
const slack: Service = service({ name: 'Slack', refusal })

/** A call of one of Slack's methods. */
export interface MethodCall<Answer extends z.ZodType> {
  readonly method: string
  readonly arguments: Readonly<Record<string, JsonValue | undefined>>
  /** What the answer must hold. */
  readonly answer: Answer
}

/** Calls a method that changes something. @throws StepError by Slack's error code */
export function write<Answer extends z.ZodType>(context: ServiceContext, call: MethodCall<Answer>) {
  return slack.call(context, {
    method: 'POST',
    url: `/${call.method}`,
    headers: { 'content-type': 'application/json; charset=utf-8' },
    json: call.arguments,
    answer: call.answer,
  })
}

/** Calls a method that reads: those understand forms, not JSON. @throws StepError by Slack's error code */
export function read<Answer extends z.ZodType>(context: ServiceContext, call: MethodCall<Answer>) {
  const given = Object.entries(call.arguments).filter(([, value]) => value !== undefined)
  return slack.call(context, {
    method: 'POST',
    url: `/${call.method}`,
    form: Object.fromEntries(given.map(([name, value]) => [name, String(value)])),
    answer: call.answer,
  })
}

/** The code with which Slack refused, such as `name_taken`; undefined for any other error. */
export function refusalCode(error: unknown): string | undefined {
  if (!(error instanceof StepError)) return undefined
  const { error: code } = jsonObject.safeParse(error.data).data ?? {}
  return typeof code === 'string' ? code : undefined
}

function refusal(response: HttpResponse): StepError | undefined {
  const answer = refusedAnswer(response.text)
  if (answer === undefined) return undefined
  const code = typeof answer['error'] === 'string' ? answer['error'] : 'unknown'
  const { needed } = answer
  const retryAfterMs = parseRetryAfter(response.headers['retry-after'], Date.now())
  const advice = ADVICE[code] ?? "See the errors of the method in Slack's documentation."
  return new StepError(KIND_OF_ERROR[code] ?? 'rejected', `Slack refused: ${code.slice(0, 100)}`, {
    detail: typeof needed === 'string' ? `${advice} It is: ${needed}` : advice,
    data: { error: code },
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  })
}

function refusedAnswer(text: string): JsonObject | undefined {
  try {
    const answer = jsonObject.safeParse(JSON.parse(text)).data
    return answer?.['ok'] === false ? answer : undefined
  } catch {
    // What is no JSON is no refusal of Slack's own; the service tells what it is instead.
    return undefined
  }
}
