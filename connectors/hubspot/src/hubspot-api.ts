import { type ErrorKind, type HttpResponse, jsonOf, responseError, StepError, service, z } from '@inlay/sdk/connector'

/**
 * HubSpot's CRM API (v3; associations by v4), as described by
 * https://github.com/HubSpot/HubSpot-public-api-spec-collection and https://developers.hubspot.com/docs/api-reference
 */
export const hubspot = service({ name: 'HubSpot', refusal })

const errorBody = z.object({
  message: z.string(),
  category: z.string().nullish(),
  policyName: z.string().nullish(),
  errors: z.array(z.object({ message: z.string() })).nullish(),
})

const KIND_OF_CATEGORY: Readonly<Record<string, ErrorKind>> = {
  INVALID_AUTHENTICATION: 'authentication',
  EXPIRED_AUTHENTICATION: 'authentication',
  MISSING_SCOPES: 'authorization',
  RATE_LIMITS: 'rate_limited',
}

/** How long each policy of rate limits counts for; the daily one ends at midnight, wherever the account is. */
const WAIT_MS: Readonly<Record<string, number>> = {
  SECONDLY: 1000,
  TEN_SECONDLY_ROLLING: 10_000,
  DAILY: 3_600_000,
}
const DEFAULT_WAIT_MS = 10_000

/** HubSpot sorts its errors into categories, and names the policy of a rate limit. */
function refusal(response: HttpResponse): StepError | undefined {
  if (response.status < 400) return undefined
  const general = responseError('HubSpot', response)
  const told = errorBody.safeParse(jsonOf(response)).data
  if (told === undefined) return general
  const { message, category, policyName, errors } = told
  const kind = KIND_OF_CATEGORY[category ?? ''] ?? general.kind
  const details = [message, ...(errors ?? []).map((error) => error.message)]
  const isDaily = policyName === 'DAILY'
  const waitMs = kind === 'rate_limited' ? (WAIT_MS[policyName ?? ''] ?? DEFAULT_WAIT_MS) : undefined
  return responseError('HubSpot', response, {
    kind,
    title: isDaily ? 'The daily calls to HubSpot are used up' : undefined,
    detail: [...new Set(details)].join(' '),
    data: { ...(category ? { category } : {}), ...(policyName ? { policy: policyName } : {}) },
    retryAfterMs: general.retryAfterMs ?? waitMs,
  })
}

/** Whether an error says that the connection was made without the permissions for it. */
export function lacksScopes(error: unknown): boolean {
  if (!(error instanceof StepError)) return false
  return z.object({ category: z.literal('MISSING_SCOPES') }).safeParse(error.data).success
}
