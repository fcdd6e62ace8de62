import {
  type AuthValues,
  type ErrorKind,
  type HttpResponse,
  jsonOf,
  responseError,
  type StepError,
  service,
  z,
} from '@inlay/sdk/connector'

/**
 * Salesforce's REST API (version 66.0), as described by
 * https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/resources_list.htm
 */
export const salesforce = service({ name: 'Salesforce', refusal })

/** Where the REST API is on an instance. */
export const DATA = '/services/data/v66.0'

/** The instance of the org, which the token endpoint tells; the address of sign-in, until it has told. */
export function baseUrlOf(auth: AuthValues): string {
  const told = auth.kind === 'oauth2' ? auth.extra['instance_url'] : undefined
  if (typeof told === 'string' && told.startsWith('https://')) return told.replace(/\/+$/, '')
  const { domain } = auth.fields
  return `https://${typeof domain === 'string' ? domain : 'login.salesforce.com'}`
}

const error = z.object({ message: z.string(), errorCode: z.string(), fields: z.array(z.string()).nullish() })
/** A list; of some resources a single one. */
const errorBody = z.union([z.array(error).min(1), error.transform((each) => [each])])

const KIND_OF_CODE: Readonly<Record<string, ErrorKind>> = {
  INVALID_SESSION_ID: 'authentication',
  INVALID_AUTH_HEADER: 'authentication',
  REQUEST_LIMIT_EXCEEDED: 'rate_limited',
  API_DISABLED_FOR_ORG: 'authorization',
  INSUFFICIENT_ACCESS: 'authorization',
  INSUFFICIENT_ACCESS_OR_READONLY: 'authorization',
  INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY: 'authorization',
  QUERY_TIMEOUT: 'communication',
  UNABLE_TO_LOCK_ROW: 'communication',
  SERVER_UNAVAILABLE: 'communication',
}

/** An external id that is no id: several records have it. */
const AMBIGUOUS = 300
const A_WHILE_MS = 10_000
const AN_HOUR_MS = 3_600_000

/** Salesforce gives a list of errors, each with a code and the fields that it is about. */
function refusal(response: HttpResponse): StepError | undefined {
  if (response.status === AMBIGUOUS) {
    return responseError('Salesforce', response, {
      title: 'More than one record has this value in Salesforce',
      detail: `Nothing was changed. The records: ${response.text.trim().slice(0, 500)}`,
    })
  }
  if (response.status < 400) return undefined
  const general = responseError('Salesforce', response)
  const told = errorBody.safeParse(jsonOf(response)).data
  const code = told?.[0]?.errorCode
  if (told === undefined || code === undefined) return undefined
  const kind = KIND_OF_CODE[code] ?? general.kind
  const detail = told.map(({ message, fields }) => (fields?.length ? `${message} (${fields.join(', ')})` : message))
  // "TotalRequests" is what the org may call in 24 hours; other limits, such as of calls at once, are soon over.
  const isQuota = /TotalRequests/i.test(detail.join(' '))
  const waitMs = isQuota ? AN_HOUR_MS : A_WHILE_MS
  return responseError('Salesforce', response, {
    kind,
    title: `Salesforce refused with ${code}`,
    detail: detail.join(' '),
    data: { code },
    retryAfterMs: general.retryAfterMs ?? (kind === 'rate_limited' ? waitMs : undefined),
  })
}
