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
 * SendGrid's Web API (v3), as https://github.com/sendgrid/sendgrid-oai describes it; its signature as
 * https://www.twilio.com/docs/sendgrid/for-developers/tracking-events/getting-started-event-webhook-security-features says.
 */
export const sendgrid = service({ name: 'SendGrid', refusal })

const errorBody = z.object({
  errors: z.array(z.object({ message: z.string(), field: z.string().nullish() })).min(1),
})

/** SendGrid names each field that it does not like; its rate limits come with the moment when they are over. */
function refusal(response: HttpResponse): StepError | undefined {
  if (response.status < 400) return undefined
  const { errors } = errorBody.safeParse(jsonOf(response)).data ?? {}
  return responseError('SendGrid', response, {
    detail: errors?.map(({ field, message }) => (field ? `${field}: ${message}` : message)).join('; '),
    retryAfterMs: parseRetryAfter(response.headers['retry-after'], Date.now()) ?? untilReset(response),
  })
}

function untilReset({ status, headers }: HttpResponse): number | undefined {
  const reset = Number(headers['x-ratelimit-reset'] ?? Number.NaN)
  return status === 429 && Number.isFinite(reset) ? Math.max(0, reset * 1000 - Date.now()) : undefined
}
