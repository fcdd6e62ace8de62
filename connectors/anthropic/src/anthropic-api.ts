import {
  type ErrorKind,
  type HttpResponse,
  jsonOf,
  type OptionsContext,
  responseError,
  type StepError,
  service,
  z,
} from '@inlay/sdk/connector'

/**
 * Anthropic's API (version 2023-06-01), as described by https://platform.claude.com/docs/en/api/messages and
 * https://github.com/anthropics/anthropic-sdk-typescript
 */
export const anthropic = service({ name: 'Anthropic', refusal })

const models = z.object({
  data: z.array(z.object({ id: z.string(), display_name: z.string() })),
  has_more: z.boolean(),
  last_id: z.string().nullable(),
})

/** The models on offer, newest first. */
export async function modelOptions(context: OptionsContext) {
  const { data, has_more, last_id } = await anthropic.call(context, {
    url: '/v1/models',
    query: { limit: 100, after_id: context.cursor },
    answer: models,
  })
  return {
    options: data.map(({ id, display_name }) => ({ value: id, label: display_name })),
    ...(has_more && last_id !== null ? { nextCursor: last_id } : {}),
  }
}

const KIND_OF_TYPE: Readonly<Record<string, ErrorKind>> = {
  authentication_error: 'authentication',
  permission_error: 'authorization',
  billing_error: 'limit',
  not_found_error: 'rejected',
  invalid_request_error: 'rejected',
  request_too_large: 'limit',
  rate_limit_error: 'rate_limited',
  timeout_error: 'timeout',
  api_error: 'communication',
  overloaded_error: 'communication',
}

const errorBody = z.object({ type: z.literal('error'), error: z.object({ type: z.string(), message: z.string() }) })

function refusal(response: HttpResponse): StepError | undefined {
  if (response.status < 400) return undefined
  const parsed = errorBody.safeParse(jsonOf(response))
  const kind = parsed.success ? KIND_OF_TYPE[parsed.data.error.type] : undefined
  if (!parsed.success || kind === undefined) return undefined
  const { type, message } = parsed.data.error
  const title = `Anthropic refused: ${type.replace(/_/g, ' ')}`
  return responseError('Anthropic', response, { kind, title, detail: message, data: { type } })
}
