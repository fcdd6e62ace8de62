import { action, jsonObject, StepError, z } from '@inlay/sdk/connector'
import { virtualHostOf } from '../auth.js'
import { rabbitmq } from '../rabbitmq-api.js'

const published = z.object({ routed: z.boolean() })

/** Publishes a message. */
export const publishMessage = action({
  name: 'Publish a message',
  description: 'Sends a message to an exchange, and fails when no queue takes it.',
  input: z.strictObject({
    exchange: z
      .string()
      .min(1)
      .refine((name) => name !== '.' && name !== '..', 'This name cannot be asked for')
      .default('amq.default')
      .meta({ title: 'Exchange', description: '"amq.default" brings it to the queue named by the routing key.' }),
    routingKey: z
      .string()
      .default('')
      .meta({ title: 'Routing key', examples: ['orders'] }),
    text: z.string().meta({ title: 'Text', format: 'multiline' }),
    contentType: z.string().default('application/json').meta({ title: 'Type' }),
    isPersistent: z.boolean().default(true).meta({ title: 'Outlives restarts' }),
    headers: jsonObject.optional().meta({ title: 'Headers' }),
    isUnroutedFine: z.boolean().default(false).meta({ title: 'No queue is no failure' }),
  }),
  output: z.object({ isRouted: z.boolean().meta({ title: 'A queue took it' }) }),
  sampleInput: { routingKey: 'orders', text: '{"order":1001}' },
  sampleOutput: { isRouted: true },
  delivery: 'at-most-once',
  run: async (context) => {
    const { exchange, routingKey, text, contentType, isPersistent, headers, isUnroutedFine } = context.input
    const { routed } = await rabbitmq.call(context, {
      method: 'POST',
      url: `/api/exchanges/${encodeURIComponent(virtualHostOf(context.auth))}/${encodeURIComponent(exchange)}/publish`,
      json: {
        // Receivers recognise by the id what reaches them twice.
        properties: {
          content_type: contentType,
          delivery_mode: isPersistent ? 2 : 1,
          message_id: context.idempotencyKey,
          headers,
        },
        routing_key: routingKey,
        payload: text,
        payload_encoding: 'string',
      },
      answer: published,
    })
    if (routed || isUnroutedFine) return { isRouted: routed }
    throw new StepError('rejected', 'No queue took the message', {
      detail: `The exchange "${exchange}" leads the routing key "${routingKey}" to no queue.`,
    })
  },
})
