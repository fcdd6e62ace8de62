import { type ActionContext, action, type JsonObject, jsonObject, StepError, z } from '@inlay/sdk/connector'
import { amqpOf, virtualHostOf } from '../addresses.js'
import { withBroker } from '../amqp/broker.js'
import { exchangeOptions } from '../exchange.js'
import { rabbitmq } from '../rabbitmq-api.js'

const DEFAULT_EXCHANGE = 'amq.default'
const published = z.object({ routed: z.boolean() })
const shortText = z.string().refine((text) => Buffer.byteLength(text) <= 255, 'Has at most 255 bytes')

const input = z.strictObject({
  exchange: shortText
    .min(1)
    .refine((name) => name !== '.' && name !== '..', 'This name cannot be asked for')
    .default(DEFAULT_EXCHANGE)
    .meta({ title: 'Exchange', description: '"amq.default" brings it to the queue named by the routing key.' }),
  routingKey: shortText.default('').meta({ title: 'Routing key', examples: ['orders'] }),
  text: z.string().meta({ title: 'Text', format: 'multiline' }),
  isBase64: z.boolean().default(false).meta({ title: 'The text is Base64', description: 'Of bytes that are no text.' }),
  contentType: shortText.default('application/json').meta({ title: 'Type of the content' }),
  isPersistent: z.boolean().default(true).meta({ title: 'Outlives restarts' }),
  correlationId: shortText.optional().meta({ title: 'Correlation id', description: 'Which request it answers.' }),
  replyTo: shortText.optional().meta({ title: 'Answers to', description: 'The queue for answers.' }),
  type: shortText.optional().meta({ title: 'Kind of message', examples: ['order.paid'] }),
  expiresAfterMs: z.int().nonnegative().optional().meta({ title: 'Expires after', description: 'Milliseconds.' }),
  priority: z.int().min(0).max(255).optional().meta({ title: 'Priority', description: 'For queues that know them.' }),
  headers: jsonObject.optional().meta({ title: 'Headers' }),
  isUnroutedFine: z.boolean().default(false).meta({ title: 'No queue is no failure' }),
})
type Input = z.output<typeof input>

/** Publishes a message. */
export const publishMessage = action({
  name: 'Publish a message',
  description: 'Sends a message to an exchange, and fails when no queue takes it.',
  input,
  output: z.object({ isRouted: z.boolean().meta({ title: 'A queue took it' }) }),
  sampleInput: { routingKey: 'orders', text: '{"order":1001}' },
  sampleOutput: { isRouted: true },
  delivery: 'at-most-once',
  options: { exchange: exchangeOptions },
  run: async (context) => {
    const { exchange, routingKey, isUnroutedFine } = context.input
    const properties = propertiesOf(context.input, context.idempotencyKey)
    const isAmqp = amqpOf(context.auth) !== undefined
    const isRouted = await (isAmqp ? publishByAmqp(context, properties) : publishByHttp(context, properties))
    if (isRouted || isUnroutedFine) return { isRouted }
    throw new StepError('rejected', 'No queue took the message', {
      detail: `The exchange "${exchange}" leads the routing key "${routingKey}" to no queue.`,
    })
  },
})

/** Receivers recognise by the id what reaches them twice. */
function propertiesOf(given: Input, messageId: string): JsonObject {
  const all = {
    content_type: given.contentType,
    delivery_mode: given.isPersistent ? 2 : 1,
    message_id: messageId,
    correlation_id: given.correlationId,
    reply_to: given.replyTo,
    type: given.type,
    expiration: given.expiresAfterMs === undefined ? undefined : String(given.expiresAfterMs),
    priority: given.priority,
    headers: given.headers,
  }
  return jsonObject.parse(Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined)))
}

function publishByAmqp(context: ActionContext<Input>, properties: JsonObject): Promise<boolean> {
  const { exchange, routingKey, text, isBase64 } = context.input
  const body = Buffer.from(text, isBase64 ? 'base64' : 'utf8')
  // Only the management plugin has a name for the default exchange.
  const named = exchange === DEFAULT_EXCHANGE ? '' : exchange
  return withBroker(context, (broker) => broker.publish({ exchange: named, routingKey, properties, body }))
}

async function publishByHttp(context: ActionContext<Input>, properties: JsonObject): Promise<boolean> {
  const { exchange, routingKey, text, isBase64 } = context.input
  const { routed } = await rabbitmq.call(context, {
    method: 'POST',
    url: `/api/exchanges/${encodeURIComponent(virtualHostOf(context.auth))}/${encodeURIComponent(exchange)}/publish`,
    json: { properties, routing_key: routingKey, payload: text, payload_encoding: isBase64 ? 'base64' : 'string' },
    answer: published,
  })
  return routed
}
