import {
  isHmacValid,
  type RegisteredContext,
  StepError,
  type WebhookContext,
  webhookTrigger,
  z,
} from '@inlay/sdk/connector'
import { readDelivery, sampleShopEvent, shopEventSchema, topicField, topicOf } from '../shop-event.js'
import { ask, change } from '../shopify-api.js'

const input = z.strictObject({
  topic: topicField,
})
type Input = z.output<typeof input>

/** Starts for events of the shop. */
export const shopEvent = webhookTrigger({
  name: 'Shop event',
  description:
    'Starts at once when something happens in the shop. For custom apps: the connection needs the secret of the app.',
  input,
  output: shopEventSchema,
  sampleOutput: sampleShopEvent,
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
    const told = readDelivery(request)
    return told === undefined || topicOf(told.data.topic) !== topic ? [] : [told]
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
