import {
  type ErrorKind,
  type HttpResponse,
  responseError,
  type ServiceCall,
  type ServiceContext,
  StepError,
  service,
  z,
} from '@inlay/sdk/connector'
import { authorized, type GoogleContext } from './service-account.js'

const SERVICE = 'Google Sheets'

const api = service({ name: SERVICE, refusal })

/** Google's Sheets API (v4). */
export const google = {
  /** Sends one request and reads its answer. @throws StepError by what Google says */
  call: async <Answer extends z.ZodType = z.ZodUnknown>(
    context: GoogleContext,
    call: ServiceCall<Answer>,
  ): Promise<z.output<Answer>> => api.call(await authorized(context), call),
  /** Sends one request and gives the answer as it is, for those that are no JSON. @throws StepError by what Google says */
  raw: async (context: GoogleContext, call: Omit<ServiceCall, 'answer'>): Promise<HttpResponse> => {
    const { http, signal }: ServiceContext = await authorized(context)
    const response = await http.request({ ...call, signal })
    if (response.status < 400) return response
    throw refusal(response) ?? responseError(SERVICE, response)
  },
}

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
