import { type HttpResponse, parseRetryAfter, responseError, StepError, service } from '@inlay/sdk/connector'

const SERVICE = 'GitHub'

/** GitHub's REST API (version 2022-11-28). */
export const github = service({ name: SERVICE, refusal })

/**
 * GitHub tells of its rate limits with 403 as well as 429: the primary one by `x-ratelimit-remaining: 0` and the moment
 * it is over in Unix seconds, the secondary ones by `retry-after`.
 */
function refusal(response: HttpResponse): StepError | undefined {
  const { status, headers } = response
  if (status !== 403 && status !== 429) return undefined
  const retryAfterMs = parseRetryAfter(headers['retry-after'], Date.now()) ?? untilReset(headers)
  if (retryAfterMs === undefined && !/rate limit/i.test(response.text)) return undefined
  return new StepError('rate_limited', 'GitHub asks to slow down', {
    detail: `${responseError(SERVICE, response).detail ?? ''}`,
    data: { status },
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  })
}

function untilReset(headers: HttpResponse['headers']): number | undefined {
  const reset = Number(headers['x-ratelimit-reset'])
  if (headers['x-ratelimit-remaining'] !== '0' || !Number.isFinite(reset)) return undefined
  return Math.max(0, reset * 1000 - Date.now())
}
