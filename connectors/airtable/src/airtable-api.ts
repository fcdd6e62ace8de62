import { type ErrorKind, type HttpResponse, responseError, StepError, service, z } from '@inlay/sdk/connector'

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
  const general = responseError('Airtable', response)
  if (response.status === 429) {
    return new StepError('rate_limited', 'Airtable asks to slow down', {
      detail: 'A base takes five requests a second. A retry policy on the step waits as long as it asks.',
      data: { status: 429 },
      retryAfterMs: general.retryAfterMs ?? LOCKED_MS,
    })
  }
  const parsed = errorBody.safeParse(jsonOf(response))
  if (!parsed.success) return undefined
  const { error } = parsed.data
  const { type, message } = typeof error === 'string' ? { type: error, message: undefined } : error
  return new StepError(
    KIND_OF_TYPE[type] ?? general.kind,
    `Airtable refused: ${type.replace(/_/g, ' ').toLowerCase()}`,
    {
      detail: message ?? 'Check base, table and field names, and what the token may do.',
      data: { status: response.status, type },
    },
  )
}

function jsonOf(response: HttpResponse): unknown {
  try {
    return response.json()
  } catch {
    return undefined
  }
}
