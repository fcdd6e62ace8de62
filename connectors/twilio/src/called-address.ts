import {
  type AuthValues,
  hasStatus,
  isHmacValid,
  type JsonObject,
  jsonObject,
  type RegisteredContext,
  type ServiceCall,
  StepError,
  type WebhookContext,
  type WebhookDelivery,
  z,
} from '@inlay/sdk/connector'
import { twilio } from './twilio-api.js'

/** What Twilio calls: an empty address for nothing. */
const addressSchema = z.object({ url: z.string(), method: z.string() })
/** What Twilio calls. */
export type Address = z.output<typeof addressSchema>

/** A setting of Twilio that holds the one address which is called for something. */
export interface CalledSetting {
  /** Where the thing is whose setting it is. */
  readonly url: string
  /** Whether Twilio heeds the setting. @throws StepError `validation` when something else takes its place */
  check?(thing: JsonObject): void
  /** What is set on the thing. */
  read(thing: JsonObject): { readonly url: unknown; readonly method?: unknown }
  /** The body that sets it. */
  write(address: Address, thing: JsonObject): Pick<ServiceCall, 'json' | 'text' | 'headers'>
}

const registered = z.object({ url: z.string(), authToken: z.string(), previous: addressSchema })

/** Has Twilio call this product, and keeps what it called before. Safe to call twice. */
export async function takeOver(context: WebhookContext, setting: CalledSetting): Promise<JsonObject> {
  const authToken = authTokenOf(context.auth)
  const thing = await readThing(context, setting)
  setting.check?.(thing)
  const found = addressOf(setting, thing)
  const key = `previous:${setting.url}`.slice(-200)
  // When this is the second call, Twilio calls us already; what it called before was kept at the first.
  if (found.url !== context.webhookUrl) await context.store.workflow.set(key, found)
  const kept = addressSchema.safeParse(await context.store.workflow.get(key)).data
  await twilio.call(context, writing(setting, { url: context.webhookUrl, method: 'POST' }, thing))
  return { url: context.webhookUrl, authToken, previous: kept ?? { url: '', method: 'POST' } }
}

/** Puts back what was called before. Safe to call twice. */
export async function giveBack(context: RegisteredContext, setting: CalledSetting): Promise<void> {
  const kept = registered.parse(context.registration)
  try {
    const thing = await readThing(context, setting)
    // Somebody may have set another address since.
    if (setting.read(thing).url === kept.url) await twilio.call(context, writing(setting, kept.previous, thing))
  } catch (error) {
    // The number was given back, or the service deleted: there is nothing left to do.
    if (!hasStatus(error, 404)) throw error
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

function readThing(context: WebhookContext, { url }: CalledSetting): Promise<JsonObject> {
  return twilio.call(context, { url, answer: jsonObject })
}

function addressOf(setting: CalledSetting, thing: JsonObject): Address {
  const { url, method } = setting.read(thing)
  return { url: typeof url === 'string' ? url : '', method: typeof method === 'string' ? method : 'POST' }
}

function writing(setting: CalledSetting, address: Address, thing: JsonObject): ServiceCall {
  return { method: 'POST', url: setting.url, ...setting.write(address, thing) }
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
