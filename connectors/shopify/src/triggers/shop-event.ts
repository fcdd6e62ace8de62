import {
  isHmacValid,
  jsonObject,
  type RegisteredContext,
  StepError,
  type WebhookContext,
  webhookTrigger,
  z,
} from '@inlay/sdk/connector'
import { ask, change } from '../shopify-api.js'

const TOPICS = [
  'ORDERS_CREATE',
  'ORDERS_PAID',
  'ORDERS_UPDATED',
  'ORDERS_CANCELLED',
  'ORDERS_FULFILLED',
  'REFUNDS_CREATE',
  'CUSTOMERS_CREATE',
  'CUSTOMERS_UPDATE',
  'PRODUCTS_CREATE',
  'PRODUCTS_UPDATE',
  'PRODUCTS_DELETE',
  'INVENTORY_LEVELS_UPDATE',
  'FULFILLMENTS_CREATE',
  'CHECKOUTS_CREATE',
] as const

const input = z.strictObject({
  topic: z.enum(TOPICS).default('ORDERS_CREATE').meta({ title: 'Event', description: 'What to hear of.' }),
})
type Input = z.output<typeof input>

/** Starts for events of the shop. */
export const shopEvent = webhookTrigger({
  name: 'Shop event',
  description: 'Starts at once when something happens in the shop. The connection needs the secret of the app.',
  input,
  output: z.object({
    topic: z.string().meta({ title: 'Event' }),
    shop: z.string().meta({ title: 'Shop' }),
    triggeredAt: z.string().nullable().meta({ title: 'Happened' }),
    payload: jsonObject.meta({ title: 'Payload', description: 'All that Shopify tells of it.' }),
  }),
  sampleOutput: {
    topic: 'orders/create',
    shop: 'acme-store.myshopify.com',
    triggeredAt: '2026-04-01T10:00:00Z',
    payload: { id: 148977776, name: '#1001', email: 'bob.norman@mail.example.com' },
  },
  register: async (context: WebhookContext<Input>) => {
    const secret = context.auth.fields['appSecret']
    if (typeof secret !== 'string' || secret === '') {
      throw new StepError('validation', 'The connection lacks the secret of the app', {
        detail: 'Shopify signs with it. Add it to the connection, or use "New order", which asks every few minutes.',
      })
    }
    for (const known of await registered(context)) await remove(context, known)
    const { webhookSubscription } = await change(context, {
      query: `mutation Subscribe($topic: WebhookSubscriptionTopic!, $webhook: WebhookSubscriptionInput!) {
        result: webhookSubscriptionCreate(topic: $topic, webhookSubscription: $webhook) {
          webhookSubscription { id } userErrors { field message } } }`,
      variables: { topic: context.input.topic, webhook: { uri: context.webhookUrl, format: 'JSON' } },
      data: z.object({ webhookSubscription: z.object({ id: z.string() }) }),
    })
    return { id: webhookSubscription.id, secret }
  },
  unregister: async (context: RegisteredContext<Input>) => {
    for (const id of await registered(context)) await remove(context, id)
  },
  verify: ({ request, registration }) => {
    const { secret } = registration
    if (typeof secret !== 'string') return false
    const signature = request.headers['x-shopify-hmac-sha256']
    return isHmacValid({ secret, content: request.rawBody, signature, encoding: 'base64' })
  },
  parse: ({ request, input: { topic } }) => {
    const { headers } = request
    const told = headers['x-shopify-topic'] ?? ''
    const payload = jsonObject.safeParse(request.body).data
    // One event may be delivered several times, each with a webhook id of its own; the event id stays.
    const id = headers['x-shopify-event-id'] ?? headers['x-shopify-webhook-id']
    if (payload === undefined || id === undefined || told.replace('/', '_').toUpperCase() !== topic) return []
    const shop = headers['x-shopify-shop-domain'] ?? ''
    return [{ id, data: { topic: told, shop, triggeredAt: headers['x-shopify-triggered-at'] ?? null, payload } }]
  },
})

async function registered(context: WebhookContext<Input>): Promise<string[]> {
  const { webhookSubscriptions } = await ask(context, {
    query: `query Known($topics: [WebhookSubscriptionTopic!], $uri: String) {
      webhookSubscriptions(first: 100, topics: $topics, uri: $uri) { nodes { id } } }`,
    variables: { topics: [context.input.topic], uri: context.webhookUrl },
    data: z.object({ webhookSubscriptions: z.object({ nodes: z.array(z.object({ id: z.string() })) }) }),
  })
  return webhookSubscriptions.nodes.map(({ id }) => id)
}

async function remove(context: WebhookContext<Input>, id: string): Promise<void> {
  await change(context, {
    query: `mutation Remove($id: ID!) { result: webhookSubscriptionDelete(id: $id) {
      deletedWebhookSubscriptionId userErrors { field message } } }`,
    variables: { id },
    data: z.unknown(),
  })
}
