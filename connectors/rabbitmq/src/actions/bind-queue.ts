import { action, z } from '@inlay/sdk/connector'
import { virtualHostOf } from '../addresses.js'
import { exchangeOptions } from '../exchange.js'
import { queueField, queueOptions } from '../queue.js'
import { rabbitmq } from '../rabbitmq-api.js'

/** Leads messages of an exchange to a queue. */
export const bindQueue = action({
  name: 'Bind a queue',
  description: 'Leads the messages of an exchange that fit a routing key to a queue. Safe to do twice.',
  input: z.strictObject({
    queue: queueField,
    exchange: queueField.meta({ title: 'Exchange', examples: ['amq.topic'] }),
    routingKey: z
      .string()
      .max(255)
      .default('')
      .meta({
        title: 'Routing key',
        description: 'Of topic exchanges: "*" is one word, "#" any.',
        examples: ['order.*'],
      }),
  }),
  output: z.object({ queue: z.string().meta({ title: 'Queue' }) }),
  sampleInput: { queue: 'orders', exchange: 'amq.topic', routingKey: 'order.*' },
  sampleOutput: { queue: 'orders' },
  options: { queue: queueOptions, exchange: exchangeOptions },
  run: async (context) => {
    const { queue, exchange, routingKey } = context.input
    const names = [virtualHostOf(context.auth), 'e', exchange, 'q', queue].map(encodeURIComponent)
    await rabbitmq.call(context, {
      method: 'POST',
      url: `/api/bindings/${names.join('/')}`,
      json: { routing_key: routingKey, arguments: {} },
    })
    return { queue }
  },
})
