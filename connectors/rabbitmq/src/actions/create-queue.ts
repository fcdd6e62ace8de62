import { action, z } from '@inlay/sdk/connector'
import { queueField, queuePath } from '../queue.js'
import { rabbitmq } from '../rabbitmq-api.js'

const CREATED = 201

/** Makes a queue that outlives restarts. */
export const createQueue = action({
  name: 'Make a queue',
  description: 'Makes a queue that outlives restarts. It is no failure when there is one of the same settings.',
  input: z.strictObject({
    queue: queueField,
    type: z.enum(['classic', 'quorum']).default('classic').meta({
      title: 'Type',
      description: '"quorum" keeps messages on several nodes.',
    }),
    messageTtlMs: z
      .int()
      .nonnegative()
      .optional()
      .meta({ title: 'Messages expire after', description: 'Milliseconds.' }),
    maxMessages: z.int().positive().optional().meta({ title: 'At most this many messages' }),
    deadLetterExchange: z
      .string()
      .optional()
      .meta({ title: 'Exchange for dead messages', description: 'Gets what expires, is rejected, or has no place.' }),
  }),
  output: z.object({ wasNew: z.boolean().meta({ title: 'Was made now' }) }),
  sampleInput: { queue: 'orders', type: 'quorum' },
  sampleOutput: { wasNew: true },
  run: async (context) => {
    const { queue, type, messageTtlMs, maxMessages, deadLetterExchange } = context.input
    const { response } = await rabbitmq.send(context, {
      method: 'PUT',
      url: queuePath(context.auth, queue),
      json: {
        durable: true,
        auto_delete: false,
        arguments: {
          'x-queue-type': type,
          'x-message-ttl': messageTtlMs,
          'x-max-length': maxMessages,
          'x-dead-letter-exchange': deadLetterExchange,
        },
      },
    })
    return { wasNew: response.status === CREATED }
  },
})
