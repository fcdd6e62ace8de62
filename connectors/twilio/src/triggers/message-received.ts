import {
  type AuthValues,
  isHmacValid,
  type RegisteredContext,
  type ServiceContext,
  StepError,
  type WebhookContext,
  type WebhookDelivery,
  webhookTrigger,
  z,
} from '@inlay/sdk/connector'
import { numberSidOptions } from '../choices.js'
import { accountPath, formBody, twilio } from '../twilio-api.js'

const input = z.strictObject({
  number: z
    .string()
    .min(1)
    .meta({ title: 'Number', description: 'A number of yours.', examples: ['PN_sample_number'] }),
})
type Input = z.output<typeof input>

const output = z.object({
  sid: z.string().meta({ title: 'SID' }),
  from: z.string().meta({ title: 'From' }),
  to: z.string().meta({ title: 'To' }),
  body: z.string().meta({ title: 'Text' }),
  profileName: z.string().nullable().meta({ title: 'Name on WhatsApp' }),
  country: z.string().nullable().meta({ title: 'Country of the sender' }),
  media: z
    .array(z.object({ url: z.string().meta({ title: 'Address' }), contentType: z.string().meta({ title: 'Type' }) }))
    .meta({ title: 'Files' }),
})

const number = z.object({ sms_url: z.string().nullish(), sms_method: z.string().nullish() })
const registered = z.object({
  url: z.string(),
  authToken: z.string(),
  previous: z.object({ url: z.string(), method: z.string() }),
})

/** Starts when a number of the account receives a message. */
export const messageReceived = webhookTrigger({
  name: 'Message received',
  description: 'Starts at once when a number of yours receives a message. Takes the place of what the number called.',
  input,
  output,
  sampleOutput: {
    sid: 'SM_sample_message',
    from: '+15558675310',
    to: '+15557122661',
    body: 'Where is my order?',
    profileName: null,
    country: 'US',
    media: [],
  },
  options: { number: numberSidOptions },
  register,
  unregister,
  verify,
  parse: ({ request }) => {
    const told = new URLSearchParams(Buffer.from(request.rawBody).toString())
    const sid = told.get('MessageSid')
    if (sid === null) return []
    const count = Math.min(Number(told.get('NumMedia') ?? 0) || 0, 10)
    const media = Array.from({ length: count }, (_, index) => ({
      url: told.get(`MediaUrl${index}`) ?? '',
      contentType: told.get(`MediaContentType${index}`) ?? 'application/octet-stream',
    }))
    const data = {
      sid,
      from: told.get('From') ?? '',
      to: told.get('To') ?? '',
      body: told.get('Body') ?? '',
      profileName: told.get('ProfileName'),
      country: told.get('FromCountry'),
      media,
    }
    return [{ id: sid, data }]
  },
})

async function register(context: WebhookContext<Input>) {
  const authToken = authTokenOf(context.auth)
  const url = numberPath(context.auth, context.input)
  const found = await twilio.call(context, { url, answer: number })
  const key = `previous:${context.input.number}`.slice(0, 200)
  // When this is the second call, the number calls us already; what it called before was kept at the first.
  if (found.sms_url !== context.webhookUrl) {
    await context.store.workflow.set(key, { url: found.sms_url ?? '', method: found.sms_method ?? 'POST' })
  }
  const kept = registered.shape.previous.safeParse(await context.store.workflow.get(key)).data
  await callFrom(context, url, { url: context.webhookUrl, method: 'POST' })
  return { url: context.webhookUrl, authToken, previous: kept ?? { url: '', method: 'POST' } }
}

async function unregister(context: RegisteredContext<Input>) {
  const kept = registered.parse(context.registration)
  const url = numberPath(context.auth, context.input)
  try {
    const found = await twilio.call(context, { url, answer: number })
    // Somebody may have given the number another address since.
    if (found.sms_url === kept.url) await callFrom(context, url, kept.previous)
  } catch (error) {
    // The number was given back: there is nothing left to do.
    if (!(error instanceof StepError) || !z.object({ status: z.literal(404) }).safeParse(error.data).success)
      throw error
  }
}

/** Twilio signs the address and the fields in their alphabetical order (HMAC-SHA1) with the auth token. */
function verify({ request, registration }: WebhookDelivery<Input>): boolean {
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

async function callFrom(context: ServiceContext, url: string, to: { readonly url: string; readonly method: string }) {
  await twilio.call(context, { method: 'POST', url, ...formBody({ SmsUrl: to.url, SmsMethod: to.method }) })
}

function numberPath(auth: AuthValues, { number: sid }: Input): string {
  return accountPath(auth, `/IncomingPhoneNumbers/${encodeURIComponent(sid)}.json`)
}

function authTokenOf(auth: AuthValues): string {
  const { authToken } = auth.fields
  if (typeof authToken === 'string') return authToken
  // Beside an API key the password is the key's secret, with which Twilio signs nothing.
  if (auth.kind === 'basic' && auth.fields['accountSid'] === undefined) return auth.password
  throw new StepError('validation', 'The connection lacks the auth token', {
    detail: 'Twilio signs messages with it. Add it to the connection, or use "New message".',
  })
}
