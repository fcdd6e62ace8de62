import { type AuthValues, webhookTrigger, z } from '@inlay/sdk/connector'
import { type CalledSetting, giveBack, isFromTwilio, takeOver } from '../called-address.js'
import { numberSidOptions } from '../choices.js'
import { accountPath } from '../twilio-api.js'

const input = z.strictObject({
  number: z
    .string()
    .min(1)
    .meta({ title: 'Number', description: 'A number of yours.', examples: ['PN_sample_number'] }),
})

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
  register: (context) => takeOver(context, settingOf(context.auth, context.input)),
  unregister: (context) => giveBack(context, settingOf(context.auth, context.input)),
  verify: isFromTwilio,
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
  // Twilio sends a text that it is answered to whoever wrote, and complains of JSON: this TwiML says nothing.
  answer: () => ({ headers: { 'content-type': 'text/xml' }, body: '<Response></Response>' }),
})

function settingOf(auth: AuthValues, { number }: z.output<typeof input>): CalledSetting {
  return {
    url: accountPath(auth, `/IncomingPhoneNumbers/${encodeURIComponent(number)}.json`),
    fields: { url: 'sms_url', method: 'sms_method' },
  }
}
