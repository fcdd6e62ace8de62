import {
  type ErrorKind,
  type HttpResponse,
  jsonOf,
  parseRetryAfter,
  responseError,
  type StepError,
  service,
  z,
} from '@inlay/sdk/connector'

/** Airtable's Web API (v0). */
export const airtable = service({ name: 'Airtable', refusal })

/** Airtable locks a key out for half a minute when it calls too often, and says so nowhere but in its documentation. */
const LOCKED_MS = 30_000

/** Errors are a type with a message, or a type alone. */
const errorBody = z.object({
  error: z.union([z.string(), z.object({ type: z.string(), message: z.string().optional() })]),
})

const KIND_OF_TYPE: Readonly<Record<string, ErrorKind>> = {
  AUTHENTICATION_REQUIRED: 'authentication',
  INVALID_PERMISSIONS_OR_MODEL_NOT_FOUND: 'authorization',
  INVALID_PERMISSIONS: 'authorization',
  NOT_AUTHORIZED: 'authorization',
  REQUEST_TOO_LARGE: 'limit',
}

function refusal(response: HttpResponse): StepError | undefined {
  if (response.status < 400) return undefined
  if (response.status === 429) {
    return responseError('Airtable', response, {
      title: 'Airtable asks to slow down',
      detail: 'A base takes five requests a second. A retry policy on the step waits as long as it asks.',
      retryAfterMs: parseRetryAfter(response.headers['retry-after'], Date.now()) ?? LOCKED_MS,
    })
  }
  const parsed = errorBody.safeParse(jsonOf(response))
  if (!parsed.success) return undefined
  const { error } = parsed.data
  const { type, message } = typeof error === 'string' ? { type: error, message: undefined } : error
  return responseError('Airtable', response, {
    kind: KIND_OF_TYPE[type],
    title: `Airtable refused: ${type.replace(/_/g, ' ').toLowerCase()}`,
    detail: message ?? 'Check base, table and field names, and what the token may do.',
    data: { type },
  })
}
