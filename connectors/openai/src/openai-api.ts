import {
  type ErrorKind,
  type HttpResponse,
  type OptionsContext,
  parseRetryAfter,
  responseError,
  StepError,
  service,
  z,
} from '@inlay/sdk/connector'

/** OpenAI's REST API (v1), as many others speak it. */
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

/** OpenAI sends both `retry-after-ms` and `retry-after`. */
function milliseconds({ headers }: HttpResponse): number | undefined {
  const ms = Number(headers['retry-after-ms'])
  return Number.isFinite(ms) && ms > 0 ? ms : parseRetryAfter(headers['retry-after'], Date.now())
}

function jsonOf(response: HttpResponse): unknown {
  try {
    return response.json()
  } catch {
    return undefined
  }
}
