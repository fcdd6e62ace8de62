import {
  type HttpResponse,
  jsonOf,
  parseRetryAfter,
  responseError,
  type StepError,
  service,
  z,
} from '@inlay/sdk/connector'

/**
 * PagerDuty's REST API (v2) and Events API (v2), as https://github.com/PagerDuty/api-schema describes them; limits as
 * https://developer.pagerduty.com/docs/rest-api-rate-limits says.
 */
export const pagerduty = service({ name: 'PagerDuty', refusal })

const restError = z.object({
  error: z.object({
    message: z.string(),
    code: z.number().optional(),
    errors: z.union([z.array(z.string()), z.string()]).nullish(),
  }),
})
const eventsError = z.object({ status: z.string(), message: z.string(), errors: z.array(z.string()).default([]) })

function refusal(response: HttpResponse): StepError | undefined {
  if (response.status < 400) return undefined
  const body = jsonOf(response)
  const rest = restError.safeParse(body).data?.error
  const events = eventsError.safeParse(body).data
  const said = rest ?? events
  if (said === undefined) return undefined
  const problems = typeof said.errors === 'string' ? [said.errors] : (said.errors ?? [])
  return responseError('PagerDuty', response, {
    detail: [said.message, ...problems].join(' '),
    data: { code: rest?.code ?? null },
    retryAfterMs: parseRetryAfter(response.headers['retry-after'], Date.now()) ?? untilReset(response),
  })
}

/** Seconds until the limit is over (draft-polli-ratelimit-headers). */
function untilReset({ status, headers }: HttpResponse): number | undefined {
  const seconds = Number(headers['ratelimit-reset'] ?? Number.NaN)
  return status === 429 && Number.isFinite(seconds) ? seconds * 1000 : undefined
}
