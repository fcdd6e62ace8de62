import { type ErrorKind, type HttpResponse, responseError, StepError, service, z } from '@inlay/sdk/connector'

const SERVICE = 'Gmail'

/** Google's Gmail API (v1). */
export const google = service({ name: SERVICE, refusal })

/** Google's JSON errors: older services tell the reason in `errors`, newer ones in `details`. */
const errorBody = z.object({
  error: z.object({
    message: z.string().default(''),
    status: z.string().optional(),
    errors: z.array(z.object({ reason: z.string().optional() })).default([]),
    details: z.array(z.looseObject({ reason: z.string().optional() })).default([]),
  }),
})

/** What Google says with 403 is as often about how much is asked as about who asks. */
const KIND_OF_REASON: Readonly<Record<string, ErrorKind>> = {
  rateLimitExceeded: 'rate_limited',
  userRateLimitExceeded: 'rate_limited',
  sharingRateLimitExceeded: 'rate_limited',
  RATE_LIMIT_EXCEEDED: 'rate_limited',
  RESOURCE_EXHAUSTED: 'rate_limited',
  quotaExceeded: 'limit',
  dailyLimitExceeded: 'limit',
  storageQuotaExceeded: 'limit',
  UNAUTHENTICATED: 'authentication',
}

const TITLES: Readonly<Partial<Record<ErrorKind, string>>> = {
  rate_limited: 'asks to slow down',
  limit: 'has a quota that is used up',
  authentication: 'did not accept the credentials',
  authorization: 'does not allow this to the account',
}

function refusal(response: HttpResponse): StepError | undefined {
  const { status } = response
  if (status < 400) return undefined
  const parsed = errorBody.safeParse(jsonOf(response))
  if (!parsed.success) return undefined
  const { error } = parsed.data
  const reasons = [...error.errors, ...error.details].flatMap(({ reason }) => (reason === undefined ? [] : [reason]))
  const general = responseError(SERVICE, response)
  const kind = [...reasons, error.status ?? '']
    .map((reason) => KIND_OF_REASON[reason])
    .find((known) => known !== undefined)
  const decided = kind ?? general.kind
  const { retryAfterMs } = general
  return new StepError(decided, `${SERVICE} ${TITLES[decided] ?? `answered with status ${status}`}`, {
    detail: [error.message, reasons.length === 0 ? '' : `(${reasons.join(', ')})`].join(' ').trim().slice(0, 1000),
    data: { status, reasons },
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  })
}

function jsonOf(response: HttpResponse): unknown {
  try {
    return response.json()
  } catch {
    return undefined
  }
}
