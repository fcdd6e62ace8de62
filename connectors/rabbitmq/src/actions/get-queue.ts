import { action, z } from '@inlay/sdk/connector'
import { queueAnswer, queueField, queueOptions, queuePath, queueSchema, sampleQueue } from '../queue.js'
import { rabbitmq } from '../rabbitmq-api.js'

/** Tells about a queue. */
export const getQueue = action({
  name: 'Look up a queue',
  description: 'Tells how many messages and consumers a queue has.',
  input: z.strictObject({ queue: queueField }),
  output: queueSchema,
  sampleInput: { queue: 'orders' },
  sampleOutput: sampleQueue,
  options: { queue: queueOptions },
  run: async (context) =>
    rabbitmq.call(context, { url: queuePath(context.auth, context.input.queue), answer: queueAnswer }),
})
