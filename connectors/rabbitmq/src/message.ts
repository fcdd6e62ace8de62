import { type AuthValues, jsonObject, z } from '@inlay/sdk/connector'
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

/** Gets messages from a queue: for good, or only to look at them. */
export async function takeMessages(
  context: Parameters<typeof rabbitmq.call>[0] & { readonly auth: AuthValues },
  asked: { readonly queue: string; readonly count: number; readonly isKept: boolean },
) {
  const { queue, count, isKept } = asked
  return rabbitmq.call(context, {
    method: 'POST',
    url: `${queuePath(context.auth, queue)}/get`,
    json: { count, ackmode: isKept ? 'ack_requeue_true' : 'ack_requeue_false', encoding: 'auto' },
    answer: got,
  })
}
