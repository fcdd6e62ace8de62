import {
  type AuthValues,
  isHmacValid,
  type JsonObject,
  type RegisteredContext,
  StepError,
  type WebhookContext,
  type WebhookDelivery,
  z,
} from '@inlay/sdk/connector'
import { formBody, isNotFound, twilio } from './twilio-api.js'

/** A setting of Twilio that holds the one address which is called for something. */
export interface CalledSetting {
  /** Where the thing is whose setting it is. */
  readonly url: string
  /** The fields of the thing that hold the address and, where it may be chosen, the method. */
  readonly fields: { readonly url: string; readonly method?: string }
}

/** What is set: an empty address for none. */
const addressSchema = z.object({ url: z.string(), method: z.string() })
type Address = z.output<typeof addressSchema>

const registered = z.object({ url: z.string(), authToken: z.string(), previous: addressSchema })

/** Has Twilio call this product, and keeps what it called before. Safe to call twice. */
export async function takeOver(context: WebhookContext, setting: CalledSetting): Promise<JsonObject> {
  const authToken = authTokenOf(context.auth)
  const found = await readAddress(context, setting)
  const key = `previous:${setting.url}`.slice(-200)
  // When this is the second call, Twilio calls us already; what it called before was kept at the first.
  if (found.url !== context.webhookUrl) await context.store.workflow.set(key, found)
  const kept = addressSchema.safeParse(await context.store.workflow.get(key)).data
  await writeAddress(context, setting, { url: context.webhookUrl, method: 'POST' })
  return { url: context.webhookUrl, authToken, previous: kept ?? { url: '', method: 'POST' } }
}

/** Puts back what was called before. Safe to call twice. */
export async function giveBack(context: RegisteredContext, setting: CalledSetting): Promise<void> {
  const kept = registered.parse(context.registration)
  try {
    const found = await readAddress(context, setting)
    // Somebody may have set another address since.
    if (found.url === kept.url) await writeAddress(context, setting, kept.previous)
  } catch (error) {
    // The number was given back, or the service deleted: there is nothing left to do.
    if (!isNotFound(error)) throw error
  }
}

/**
 * Whether Twilio sent it: it signs the address and the fields in their alphabetical order (HMAC-SHA1) with the auth
 * token, as https://www.twilio.com/docs/usage/webhooks/webhooks-security says.
 */
export function isFromTwilio({ request, registration }: WebhookDelivery): boolean {
  const kept = registered.safeParse(registration)
  if (!kept.success) return false
  const fields = [...new URLSearchParams(Buffer.from(request.rawBody).toString())]
  const sorted = fields.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)).map(([name, value]) => name + value)
  return isHmacValid({
    secret: kept.data.authToken,
    content: kept.data.url + sorted.join(''),
    signature: request.headers['x-twilio-signature'],
    algorithm: 'sha1',
    encoding: 'base64',
  })
}

async function readAddress(context: WebhookContext, { url, fields }: CalledSetting): Promise<Address> {
  const found = await twilio.call(context, { url, answer: z.looseObject({}) })
  const method = fields.method === undefined ? undefined : found[fields.method]
  return { url: String(found[fields.url] ?? ''), method: typeof method === 'string' ? method : 'POST' }
}

/** Twilio takes the fields in capitals: `sms_url` as `SmsUrl`. */
async function writeAddress(context: WebhookContext, { url, fields }: CalledSetting, to: Address): Promise<void> {
  const method = fields.method === undefined ? {} : { [inCapitals(fields.method)]: to.method }
  const form = { [inCapitals(fields.url)]: to.url, ...method }
  await twilio.call(context, { method: 'POST', url, ...formBody(form) })
}

function inCapitals(field: string): string {
  return field.replace(/(?:^|_)([a-z])/g, (_, letter: string) => letter.toUpperCase())
}

function authTokenOf(auth: AuthValues): string {
  const { authToken } = auth.fields
  if (typeof authToken === 'string') return authToken
  // Beside an API key the password is the key's secret, with which Twilio signs nothing.
  if (auth.kind === 'basic' && auth.fields['accountSid'] === undefined) return auth.password
  throw new StepError('validation', 'The connection lacks the auth token', {
    detail: 'Twilio signs what it sends with it. Add it to the connection, or use "New message".',
  })
}
