import { type TriggerItem, type WebhookAnswer, type WebhookDelivery, z } from '@inlay/sdk/connector'

/** A message as Twilio tells of it when it comes in. */
export const incomingMessageSchema = z.object({
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

/** A message of somebody. */
export const sampleIncoming = {
  sid: 'SM_sample_message',
  from: '+15558675310',
  to: '+15557122661',
  body: 'Where is my order?',
  profileName: null,
  country: 'US',
  media: [],
}

/** The message in a delivery; none in what is no message. */
export function readIncoming({ request }: WebhookDelivery): TriggerItem[] {
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
}

/** Twilio sends a text that it is answered to whoever wrote, and complains of JSON: this TwiML says nothing. */
export function answerNothing(): WebhookAnswer {
  return { headers: { 'content-type': 'text/xml' }, body: '<Response></Response>' }
}
