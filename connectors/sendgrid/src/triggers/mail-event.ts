import { createPublicKey, verify } from 'node:crypto'
import {
  hasStatus,
  type IncomingRequest,
  isRecent,
  type JsonValue,
  jsonObject,
  type WebhookContext,
  webhookTrigger,
  z,
} from '@inlay/sdk/connector'
import { sendgrid } from '../sendgrid-api.js'

const EVENTS = [
  'processed',
  'dropped',
  'delivered',
  'deferred',
  'bounce',
  'open',
  'click',
  'spam_report',
  'unsubscribe',
  'group_unsubscribe',
  'group_resubscribe',
] as const

const input = z.strictObject({
  events: z.array(z.enum(EVENTS)).min(1).default(['bounce', 'dropped', 'spam_report']).meta({ title: 'Events' }),
})

const eventSchema = z.looseObject({
  event: z.string(),
  email: z.string(),
  timestamp: z.number(),
  sg_event_id: z.string(),
  sg_message_id: z.string().optional(),
})

/** Starts for what becomes of mails. */
export const mailEvent = webhookTrigger({
  name: 'Mail event',
  description: 'Starts when a mail is delivered, opened, clicked, bounces, or is reported as spam.',
  input,
  output: z.object({
    event: z.string().meta({ title: 'Event' }),
    email: z.string().meta({ title: 'E-mail' }),
    at: z.string().meta({ title: 'When' }),
    messageId: z.string().nullable().meta({ title: 'Message id' }),
    details: jsonObject.meta({ title: 'All that SendGrid tells' }),
  }),
  sampleOutput: {
    event: 'bounce',
    email: 'kim@example.com',
    at: '2026-04-10T20:09:31.000Z',
    messageId: 'filterdrecv-1',
    details: { event: 'bounce', reason: '550 no such user' },
  },
  register: async (context) => {
    await removeAll(context)
    const wanted: readonly string[] = context.input.events
    const { id } = await sendgrid.call(context, {
      method: 'POST',
      url: SETTINGS,
      json: {
        enabled: true,
        url: context.webhookUrl,
        ...Object.fromEntries(EVENTS.map((event) => [event, wanted.includes(event)])),
      },
      answer: z.object({ id: z.string() }),
    })
    // SendGrid signs with a key of its own, made for this webhook.
    const { public_key } = await sendgrid.call(context, {
      method: 'PATCH',
      url: `${SETTINGS}/signed/${encodeURIComponent(id)}`,
      json: { enabled: true },
      answer: z.object({ public_key: z.string().min(1) }),
    })
    return { id, publicKey: public_key }
  },
  unregister: (context) => remove(context, String(context.registration['id'])),
  verify: ({ request, registration, now }) => isSigned(request, String(registration['publicKey'] ?? ''), now),
  parse: ({ request, input: { events } }) => {
    const parsed = z.array(eventSchema).safeParse(request.body)
    if (!parsed.success) return []
    const wanted: readonly string[] = events
    return parsed.data
      .map((given) => ({ given, name: nameOf(given.event) }))
      .filter(({ name }) => wanted.includes(name))
      .map(({ given, name }) => ({
        id: given.sg_event_id,
        data: {
          event: name,
          email: given.email,
          at: new Date(given.timestamp * 1000).toISOString(),
          messageId: given.sg_message_id ?? null,
          // The body has come as JSON.
          details: given as Record<string, JsonValue>,
        },
      }))
  },
})

const SETTINGS = '/v3/user/webhooks/event/settings'

/** What an earlier attempt to register left behind would tell everything twice, and an account has few webhooks. */
async function removeAll(context: WebhookContext): Promise<void> {
  const { webhooks } = await sendgrid.call(context, {
    url: `${SETTINGS}/all`,
    answer: z.object({ webhooks: z.array(z.object({ id: z.string(), url: z.string() })).default([]) }),
  })
  for (const { id } of webhooks.filter(({ url }) => url === context.webhookUrl)) await remove(context, id)
}

async function remove(context: WebhookContext, id: string): Promise<void> {
  try {
    await sendgrid.call(context, { method: 'DELETE', url: `${SETTINGS}/${encodeURIComponent(id)}` })
  } catch (error) {
    // Somebody has removed it already: there is nothing left to do.
    if (!hasStatus(error, 404)) throw error
  }
}

/** Settings say `spam_report`, events `spamreport`. */
function nameOf(event: string): string {
  return event === 'spamreport' ? 'spam_report' : event
}

/** ECDSA over timestamp and raw body, with the webhook's own key. */
function isSigned({ headers, rawBody }: IncomingRequest, publicKey: string, now: number): boolean {
  const signature = headers['x-twilio-email-event-webhook-signature']
  const timestamp = headers['x-twilio-email-event-webhook-timestamp']
  if (signature === undefined || timestamp === undefined || publicKey === '') return false
  if (!isRecent({ sentAtMs: Number(timestamp) * 1000, now, toleranceMs: 600_000 })) return false
  const content = Buffer.concat([Buffer.from(timestamp), rawBody])
  try {
    const key = createPublicKey({ key: Buffer.from(publicKey, 'base64'), format: 'der', type: 'spki' })
    return verify('sha256', content, key, Buffer.from(signature, 'base64'))
  } catch {
    // A signature or key that cannot be read is none.
    return false
  }
}
