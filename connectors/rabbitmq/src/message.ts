import { type AuthValues, jsonObject, z } from '@inlay/sdk/connector'
import { amqpOf } from './addresses.js'
import type { Delivery } from './amqp/broker.js'
import { withBroker } from './amqp/broker.js'
import { queuePath } from './queue.js'
import { rabbitmq } from './rabbitmq-api.js'

/** A message of a queue. */
export const messageSchema = z.object({
  text: z.string().meta({ title: 'Text', description: 'Of bytes that are no text: in Base64.' }),
  isBase64: z.boolean().meta({ title: 'In Base64' }),
  exchange: z.string().meta({ title: 'Exchange' }),
  routingKey: z.string().meta({ title: 'Routing key' }),
  isRedelivered: z.boolean().meta({ title: 'Delivered before' }),
  properties: jsonObject.meta({ title: 'Properties' }),
})

/** A message as workflows see it. */
export const sampleMessage: z.infer<typeof messageSchema> = {
  text: '{"order":1001}',
  isBase64: false,
  exchange: '',
  routingKey: 'orders',
  isRedelivered: false,
  properties: { content_type: 'application/json', delivery_mode: 2 },
}

const got = z.array(
  z
    .object({
      payload: z.string(),
      payload_encoding: z.string(),
      exchange: z.string(),
      routing_key: z.string(),
      redelivered: z.boolean(),
      // An empty one is written as a list.
      properties: jsonObject.catch({}),
    })
    .transform((message) => ({
      text: message.payload,
      isBase64: message.payload_encoding === 'base64',
      exchange: message.exchange,
      routingKey: message.routing_key,
      isRedelivered: message.redelivered,
      properties: message.properties,
    })),
)

/** What is asked of a queue. */
interface Asked {
  readonly queue: string
  readonly count: number
  readonly isKept: boolean
}

type TakingContext = Parameters<typeof rabbitmq.call>[0] & Parameters<typeof withBroker>[0]

/** What workflows see of a message. */
export function toMessage({ body, properties, ...delivery }: Delivery): z.output<typeof messageSchema> {
  const { isRedelivered, exchange, routingKey } = delivery
  return { ...textOf(body), exchange, routingKey, isRedelivered, properties }
}

/** Gets messages from a queue: for good, or only to look at them. */
export async function takeMessages(context: TakingContext, asked: Asked) {
  return amqpOf(context.auth) === undefined ? takeByHttp(context, asked) : takeByAmqp(context, asked)
}

/** As `takeMessages`, by the management plugin. */
export async function takeByHttp(
  context: Parameters<typeof rabbitmq.call>[0] & { readonly auth: AuthValues },
  { queue, count, isKept }: Asked,
) {
  return rabbitmq.call(context, {
    method: 'POST',
    url: `${queuePath(context.auth, queue)}/get`,
    json: { count, ackmode: isKept ? 'ack_requeue_true' : 'ack_requeue_false', encoding: 'auto' },
    answer: got,
  })
}

async function takeByAmqp(context: TakingContext, { queue, count, isKept }: Asked) {
  return withBroker(context, async (broker) => {
    const deliveries: Delivery[] = []
    for (let next = await broker.get(queue); next !== undefined; next = await broker.get(queue)) {
      deliveries.push(next)
      if (deliveries.length === count) break
    }
    // Not before all are here: what a failure leaves behind is the queue's again.
    if (!isKept) for (const delivery of deliveries) broker.confirm(delivery)
    return deliveries.map(toMessage)
  })
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

function textOf(body: Buffer): { text: string; isBase64: boolean } {
  try {
    return { text: utf8.decode(body), isBase64: false }
  } catch {
    // The decoder's way to say that these bytes are no text.
    return { text: body.toString('base64'), isBase64: true }
  }
}
