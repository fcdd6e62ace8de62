import { action, z } from '@inlay/sdk/connector'
import { queueField, queueOptions, queuePath } from '../queue.js'
import { rabbitmq } from '../rabbitmq-api.js'

/** Empties a queue. */
export const purgeQueue = action({
  name: 'Empty a queue',
  description: 'Deletes all messages that wait in a queue.',
  input: z.strictObject({ queue: queueField }),
  output: z.object({ queue: z.string().meta({ title: 'Queue' }) }),
  sampleInput: { queue: 'orders' },
  sampleOutput: { queue: 'orders' },
  options: { queue: queueOptions },
  run: async (context) => {
    const { queue } = context.input
    await rabbitmq.call(context, { method: 'DELETE', url: `${queuePath(context.auth, queue)}/contents` })
    return { queue }
  },
})
