import {
  type ErrorKind,
  type HttpResponse,
  jsonOf,
  type OptionsContext,
  parseRetryAfter,
  responseError,
  StepError,
  service,
  z,
} from '@inlay/sdk/connector'

/**
 * OpenAI's REST API (v1), as many others speak it; described by https://github.com/openai/openai-openapi and
 * https://platform.openai.com/docs/guides/rate-limits
 */
export const openai = service({ name: 'OpenAI', refusal })

/** The answer of `GET /models`. */
export const modelList = z.object({ data: z.array(z.object({ id: z.string(), owned_by: z.string().optional() })) })

/** The models that an account may use. @param isWanted by the model's id */
export function modelOptions(isWanted: (id: string) => boolean) {
  return async (context: OptionsContext) => {
    const { data } = await openai.call(context, { url: '/models', answer: modelList })
    const wanted = data.map(({ id }) => id).filter(isWanted)
    // Other services name their models in their own way: better all than none.
    const ids = wanted.length === 0 ? data.map(({ id }) => id) : wanted
    return ids.sort().map((id) => ({ value: id, label: id }))
  }
}

const errorBody = z.object({
  error: z.object({
    message: z.string(),
    type: z.string().nullish(),
    code: z.union([z.string(), z.number()]).nullish(),
    param: z.string().nullish(),
  }),
})

const KIND_OF_CODE: Readonly<Record<string, ErrorKind>> = {
  insufficient_quota: 'limit',
  context_length_exceeded: 'limit',
  model_not_found: 'validation',
  invalid_api_key: 'authentication',
  content_policy_violation: 'rejected',
}

/** OpenAI tells by a code whether 429 means "later" or "the account has no money left". */
function refusal(response: HttpResponse): StepError | undefined {
  if (response.status < 400) return undefined
  const parsed = errorBody.safeParse(jsonOf(response))
  if (!parsed.success) return undefined
  const { message, code, param } = parsed.data.error
  const general = responseError('OpenAI', response)
  const kind = KIND_OF_CODE[String(code)] ?? general.kind
  const retryAfterMs = milliseconds(response) ?? general.retryAfterMs
  return new StepError(kind, kind === 'limit' ? 'A limit of the account or model is reached' : general.message, {
    detail: param ? `${message} (${param})` : message,
    data: { status: response.status, code: code ?? null },
    ...(kind === 'limit' || retryAfterMs === undefined ? {} : { retryAfterMs }),
  })
}

/** OpenAI sends `retry-after-ms`, `retry-after`, or only when its counts of requests and tokens begin anew. */
function milliseconds({ headers }: HttpResponse): number | undefined {
  const ms = Number(headers['retry-after-ms'])
  if (Number.isFinite(ms) && ms > 0) return ms
  const told = parseRetryAfter(headers['retry-after'], Date.now())
  if (told !== undefined) return told
  const resets = ['requests', 'tokens'].flatMap((what) => {
    const isUsedUp = headers[`x-ratelimit-remaining-${what}`] === '0'
    return isUsedUp ? durationMs(headers[`x-ratelimit-reset-${what}`] ?? '') : []
  })
  return resets.length === 0 ? undefined : Math.max(...resets)
}

const UNIT_MS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 }

/** A time as OpenAI writes it: `6m0s`, `1.5s`, `20ms`. */
function durationMs(text: string): number {
  const parts = [...text.matchAll(/([\d.]+)(ms|s|m|h|d)/g)]
  return Math.ceil(parts.reduce((sum, [, count, unit = '']) => sum + Number(count) * (UNIT_MS[unit] ?? 0), 0))
}
