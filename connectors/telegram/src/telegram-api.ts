import {
  type ErrorKind,
  type HttpRequest,
  type HttpResponse,
  jsonOf,
  responseError,
  type StepError,
  service,
  z,
} from '@inlay/sdk/connector'

/** Telegram's Bot API (8.0). */
const telegram = service({ name: 'Telegram', refusal })

/** A user or bot. */
export const userSchema = z.object({
  id: z.number().meta({ title: 'Id' }),
  is_bot: z.boolean().meta({ title: 'Is a bot' }),
  first_name: z.string().meta({ title: 'First name' }),
  last_name: z.string().optional().meta({ title: 'Last name' }),
  username: z.string().optional().meta({ title: 'User name' }),
})

/** A private chat, group or channel. */
export const chatSchema = z.object({
  id: z.number().meta({ title: 'Id' }),
  type: z.string().meta({ title: 'Type' }),
  title: z.string().optional().meta({ title: 'Title' }),
  username: z.string().optional().meta({ title: 'User name' }),
  first_name: z.string().optional().meta({ title: 'First name' }),
})

/** A message as it was sent. */
export const messageSchema = z.object({
  message_id: z.number().meta({ title: 'Message id' }),
  date: z.number().meta({ title: 'Sent', description: 'Unix seconds' }),
  chat: chatSchema.meta({ title: 'Chat' }),
  text: z.string().optional().meta({ title: 'Text' }),
})

/** A message, for forms. */
export const sampleMessage = {
  message_id: 42,
  date: 1798135200,
  chat: { id: 1001, type: 'private', first_name: 'Kim' },
  text: 'Your order is on its way.',
}

/** The field by which actions name a chat. */
export const chatField = z
  .union([z.string().min(1), z.number()])
  .meta({ title: 'Chat', description: 'The id of the chat, or @name of a public channel.', examples: [1001] })

/** One method of the API. */
interface TelegramCall<Answer extends z.ZodType> extends Pick<HttpRequest, 'json' | 'multipart' | 'timeoutMs'> {
  readonly method: string
  readonly answer: Answer
}

/** Calls a method and unwraps its result. @throws StepError by what Telegram says */
export async function callTelegram<Answer extends z.ZodType>(
  context: Parameters<typeof telegram.call>[0],
  { method, answer, ...body }: TelegramCall<Answer>,
): Promise<z.output<Answer>> {
  const given = await telegram.call(context, {
    method: 'POST',
    url: `/bot/${method}`,
    ...(body.multipart === undefined ? { json: body.json ?? {} } : {}),
    ...body,
    answer: z.object({ result: answer }),
  })
  // What `answer` has parsed, wrapped in an object whose type TypeScript cannot follow through a type parameter.
  return (given as { result: z.output<Answer> }).result
}

const errorBody = z.object({
  ok: z.literal(false),
  error_code: z.number(),
  description: z.string(),
  parameters: z.object({ retry_after: z.number().optional(), migrate_to_chat_id: z.number().optional() }).optional(),
})

const KIND_OF_CODE: Readonly<Record<number, ErrorKind>> = {
  401: 'authentication',
  403: 'authorization',
  // What is not found is the bot itself: its token is part of the path.
  404: 'authentication',
  429: 'rate_limited',
}

function refusal(response: HttpResponse): StepError | undefined {
  if (response.status < 400) return undefined
  const parsed = errorBody.safeParse(jsonOf(response))
  if (!parsed.success) return undefined
  const { error_code, description, parameters = {} } = parsed.data
  const { retry_after, migrate_to_chat_id } = parameters
  const moved = migrate_to_chat_id === undefined ? '' : ` The group is now the chat ${migrate_to_chat_id}.`
  return responseError('Telegram', response, {
    kind: KIND_OF_CODE[error_code],
    title: `Telegram refused with ${error_code}`,
    detail: `${description}.${moved}`,
    data: { status: error_code },
    retryAfterMs: retry_after === undefined ? undefined : retry_after * 1000,
  })
}
