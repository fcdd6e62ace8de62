import {
  type HttpResponse,
  type JsonValue,
  jsonOf,
  jsonValue,
  responseError,
  type StepError,
  service,
  z,
} from '@inlay/sdk/connector'

/** Discord's HTTP API (v10). */
export const discord = service({ name: 'Discord', refusal })

const errorBody = z.object({
  message: z.string(),
  code: z.number().optional(),
  errors: jsonValue.optional(),
  /** Seconds. */
  retry_after: z.number().optional(),
})

/** What to do about the codes that people meet most. */
const ADVICE: Readonly<Record<number, string>> = {
  10003: 'There is no such channel, or the bot is not in its server.',
  10008: 'There is no such message.',
  30003: 'The channel has as many pinned messages as it can have.',
  50001: 'The bot does not see the channel. Give it access.',
  50007: 'The person takes no messages of the bot.',
  50013: 'The bot lacks a permission for this. Give it one, or a higher role.',
}

function refusal(response: HttpResponse): StepError | undefined {
  if (response.status < 400) return undefined
  const parsed = errorBody.safeParse(jsonOf(response))
  if (!parsed.success) return undefined
  const { message, code, errors, retry_after } = parsed.data
  const fields = errors === undefined ? [] : fieldErrors(errors)
  return responseError('Discord', response, {
    detail: [ADVICE[code ?? 0], message, ...fields].filter((part) => part !== undefined).join(' '),
    data: { code: code ?? null },
    retryAfterMs: retry_after === undefined ? undefined : Math.ceil(retry_after * 1000),
  })
}

/** Discord nests what is wrong with a field below its name: `{ content: { _errors: [{ message }] } }`. */
function fieldErrors(value: JsonValue, path = ''): string[] {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, inner]) => {
    if (key !== '_errors') return fieldErrors(inner, path === '' ? key : `${path}.${key}`)
    const parsed = z.array(z.object({ message: z.string() })).safeParse(inner)
    return (parsed.data ?? []).map(({ message }) => `${path}: ${message}`)
  })
}
