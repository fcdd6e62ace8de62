import {
  hasStatus,
  isHmacValid,
  isRecent,
  type RegisteredContext,
  type WebhookContext,
  webhookTrigger,
  z,
} from '@inlay/sdk/connector'
import { eventOutput, eventsField, sampleEvent, stripeEvent, toOutput } from '../event.js'
import { API_VERSION, listAll, stripe, stripeForm } from '../stripe-api.js'

const input = z.strictObject({ events: eventsField })
type Input = z.output<typeof input>

const endpoint = z.object({ id: z.string(), url: z.string() })

/** Starts for events of the account. */
export const accountEvent = webhookTrigger({
  name: 'Event',
  description: 'Starts at once when something happens in Stripe. The key must be allowed to write webhook endpoints.',
  input,
  output: eventOutput,
  sampleOutput: sampleEvent,
  register: async (context: WebhookContext<Input>) => {
    const { webhookUrl, input } = context
    // The secret of an endpoint is told once, when it is made: one that is there already is of no use.
    const known = await listAll(context, { url: '/v1/webhook_endpoints', query: {}, item: endpoint, limit: 1000 })
    for (const { id } of known.filter(({ url }) => url === webhookUrl)) await remove(context, id)
    const { id, secret } = await stripe.call(context, {
      method: 'POST',
      url: '/v1/webhook_endpoints',
      form: stripeForm({ url: webhookUrl, enabled_events: input.events, api_version: API_VERSION }),
      answer: z.object({ id: z.string(), secret: z.string() }),
    })
    return { id, secret }
  },
  unregister: (context: RegisteredContext<Input>) => remove(context, String(context.registration['id'])),
  verify: ({ request, registration, now }) => {
    const { secret } = registration
    const fields = (request.headers['stripe-signature'] ?? '').split(',').map((field) => field.trim().split('='))
    const sentAt = fields.find(([name]) => name === 't')?.[1] ?? ''
    if (typeof secret !== 'string' || sentAt === '' || !isRecent({ sentAtMs: Number(sentAt) * 1000, now })) return false
    const content = Buffer.concat([Buffer.from(`${sentAt}.`), request.rawBody])
    // While a secret is being replaced there is one signature for each.
    return fields.some(([name, signature]) => name === 'v1' && isHmacValid({ secret, content, signature }))
  },
  parse: ({ request, input: { events } }) => {
    const event = stripeEvent.safeParse(request.body).data
    if (event === undefined || !events.some((wanted) => wanted === event.type)) return []
    return [{ id: event.id, data: toOutput(event) }]
  },
})

async function remove(context: WebhookContext<Input>, id: string): Promise<void> {
  try {
    await stripe.call(context, { method: 'DELETE', url: `/v1/webhook_endpoints/${encodeURIComponent(id)}` })
  } catch (error) {
    // Somebody has removed it already: there is nothing left to do.
    if (!hasStatus(error, 404)) throw error
  }
}
