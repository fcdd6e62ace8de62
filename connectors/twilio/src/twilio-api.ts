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
 * Twilio's REST API (version 2010-04-01), Lookup (v2), Messaging (v1, of WhatsApp senders v2) and Content (v1), as described by
 * https://github.com/twilio/twilio-oai
 */
export const twilio = service({ name: 'Twilio', refusal })

/** Where phone numbers are looked up. */
export const LOOKUPS = 'https://lookups.twilio.com'
/** Where messaging services are. */
export const MESSAGING = 'https://messaging.twilio.com'
/** Where message templates are. */
export const CONTENT = 'https://content.twilio.com'

/** The SID of the account: the user name, or a field of its own beside an API key. */
export function accountSidOf(auth: AuthValues): string {
  const { accountSid } = auth.fields
  if (typeof accountSid === 'string') return accountSid
  return auth.kind === 'basic' ? auth.username : ''
}

/** A path below the account that is connected. */
export function accountPath(auth: AuthValues, path: string): string {
  return `/2010-04-01/Accounts/${encodeURIComponent(accountSidOf(auth))}${path}`
}

/** A form with fields that may repeat, without those that are undefined. */
export function formBody(fields: Readonly<Record<string, string | readonly string[] | undefined>>) {
  const form = new URLSearchParams()
  for (const [name, value] of Object.entries(fields)) {
    for (const each of value === undefined ? [] : [value].flat()) form.append(name, each)
  }
  return { text: `${form}`, headers: { 'content-type': 'application/x-www-form-urlencoded' } }
}

const errorBody = z.object({ code: z.number(), message: z.string(), more_info: z.string().nullish() })

/** Codes whose meaning goes beyond the status that they come with. */
const KIND_OF_CODE: Readonly<Record<number, ErrorKind>> = {
  20003: 'authentication',
  20008: 'authorization',
  20429: 'rate_limited',
  63018: 'rate_limited',
  70051: 'authorization',
}

/** Twilio gives each error a number, and a page that explains it. */
function refusal(response: HttpResponse): StepError | undefined {
  if (response.status < 400) return undefined
  const told = errorBody.safeParse(jsonOf(response)).data
  if (told === undefined) return undefined
  const { code, message, more_info } = told
  return responseError('Twilio', response, {
    kind: KIND_OF_CODE[code],
    title: `Twilio refused with error ${code}`,
    detail: more_info ? `${message} See ${more_info}.` : message,
    data: { code },
  })
}
