import {
  collectPages,
  hasStatus,
  isHmacValid,
  jsonValue,
  type WebhookContext,
  webhookTrigger,
  z,
} from '@inlay/sdk/connector'
import { serviceOptions } from '../incident.js'
import { pagerduty } from '../pagerduty-api.js'

const EVENTS = [
  'incident.triggered',
  'incident.acknowledged',
  'incident.unacknowledged',
  'incident.escalated',
  'incident.reassigned',
  'incident.delegated',
  'incident.priority_updated',
  'incident.status_update_published',
  'incident.responder.added',
  'incident.responder.replied',
  'incident.annotated',
  'incident.reopened',
  'incident.resolved',
] as const

const PAGE_SIZE = 100

const delivered = z.object({
  event: z.object({ id: z.string(), event_type: z.string(), occurred_at: z.string(), data: jsonValue }),
})

/** Starts when incidents change. */
export const incidentEvent = webhookTrigger({
  name: 'Incident changes',
  description: 'Starts at once when an incident is raised, acknowledged, resolved, and so on.',
  input: z.strictObject({
    events: z
      .array(z.enum(EVENTS))
      .min(1)
      .default(['incident.triggered', 'incident.resolved'])
      .meta({ title: 'Events' }),
    service: z.string().optional().meta({ title: 'Service', description: 'By default the whole account.' }),
  }),
  output: z.object({
    event: z.string().meta({ title: 'Event' }),
    at: z.string().meta({ title: 'When' }),
    incident: jsonValue.meta({ title: 'Incident' }),
  }),
  sampleOutput: {
    event: 'incident.triggered',
    at: '2026-04-10T20:09:31.000Z',
    incident: { id: 'PT4KHLK', title: 'The server is on fire.', status: 'triggered', urgency: 'high' },
  },
  scopes: ['webhook_subscriptions.read', 'webhook_subscriptions.write'],
  options: { service: serviceOptions },
  register: async (context) => {
    const { events, service } = context.input
    await removeAll(context)
    const { webhook_subscription } = await pagerduty.call(context, {
      method: 'POST',
      url: '/webhook_subscriptions',
      json: {
        webhook_subscription: {
          type: 'webhook_subscription',
          delivery_method: { type: 'http_delivery_method', url: context.webhookUrl },
          events,
          filter: service === undefined ? { type: 'account_reference' } : { type: 'service_reference', id: service },
        },
      },
      answer: z.object({
        webhook_subscription: z.object({ id: z.string(), delivery_method: z.object({ secret: z.string().min(1) }) }),
      }),
    })
    // PagerDuty makes the secret, and tells it this once.
    return { id: webhook_subscription.id, secret: webhook_subscription.delivery_method.secret }
  },
  unregister: (context) => remove(context, String(context.registration['id'])),
  verify: ({ request, registration }) => {
    const signatures = (request.headers['x-pagerduty-signature'] ?? '').split(',')
    const secret = String(registration['secret'] ?? '')
    // While a secret is being changed there are two.
    return signatures.some((signature) => {
      const [scheme, value] = signature.trim().split('=')
      return scheme === 'v1' && isHmacValid({ secret, content: request.rawBody, signature: value })
    })
  },
  parse: ({ request, input: { events } }) => {
    const parsed = delivered.safeParse(request.body)
    if (!parsed.success) return []
    const { id, event_type, occurred_at, data } = parsed.data.event
    const wanted: readonly string[] = events
    // "pagey.ping" comes when the webhook is tried out.
    if (!wanted.includes(event_type)) return []
    return [{ id, data: { event: event_type, at: occurred_at, incident: data } }]
  },
})

/** What an earlier attempt to register left behind signs with a secret that nobody knows any more. */
async function removeAll(context: WebhookContext): Promise<void> {
  const page = z.object({
    webhook_subscriptions: z.array(z.object({ id: z.string(), delivery_method: z.object({ url: z.string() }) })),
    more: z.boolean().default(false),
  })
  const read = async (offset: number) => {
    const query = { limit: PAGE_SIZE, offset }
    const answer = await pagerduty.call(context, { url: '/webhook_subscriptions', query, answer: page })
    return { items: answer.webhook_subscriptions, next: answer.more ? offset + PAGE_SIZE : undefined }
  }
  const known = await collectPages(read, 0)
  const ours = known.filter(({ delivery_method: { url } }) => url === context.webhookUrl)
  for (const { id } of ours) await remove(context, id)
}

async function remove(context: WebhookContext, id: string): Promise<void> {
  try {
    await pagerduty.call(context, { method: 'DELETE', url: `/webhook_subscriptions/${encodeURIComponent(id)}` })
  } catch (error) {
    // Somebody has removed it already: there is nothing left to do.
    if (!hasStatus(error, 404)) throw error
  }
}
