import type { ErrorKind, HttpResponse, StepError } from '@inlay/engine'
import { z } from 'zod'
import { jsonOf, responseError } from './response-error.js'

/** Errors in the JSON of `google.rpc.Status` (AIP-193): the reason is in `details`, of older services in `errors`. */
const errorBody = z.object({
  error: z.object({
    message: z.string().default(''),
    status: z.string().optional(),
    errors: z.array(z.object({ reason: z.string().optional() })).default([]),
    details: z.array(z.looseObject({ reason: z.string().optional() })).default([]),
  }),
})

/** What comes with 403 is as often about how much is asked as about who asks. */
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

const MAX_DETAIL = 1000

/**
 * The `refusal` of services that tell of errors as `google.rpc.Status` (https://google.aip.dev/193): Google's APIs, and
 * what is built on gRPC with a JSON gateway.
 */
export function rpcStatusRefusal(name: string): (response: HttpResponse) => StepError | undefined {
  return (response) => {
    if (response.status < 400) return undefined
    const { error } = errorBody.safeParse(jsonOf(response)).data ?? {}
    if (error === undefined) return undefined
    const reasons = [...error.errors, ...error.details].flatMap(({ reason }) => reason ?? [])
    const told = [...reasons, error.status ?? '']
      .map((reason) => KIND_OF_REASON[reason])
      .find((kind) => kind !== undefined)
    const kind = told ?? responseError(name, response).kind
    const because = reasons.length === 0 ? '' : `(${reasons.join(', ')})`
    return responseError(name, response, {
      kind,
      title: `${name} ${TITLES[kind] ?? `answered with status ${response.status}`}`,
      detail: `${error.message} ${because}`.trim().slice(0, MAX_DETAIL),
      data: { reasons },
    })
  }
}
