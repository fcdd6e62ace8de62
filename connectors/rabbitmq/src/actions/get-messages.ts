import { action, z } from '@inlay/sdk/connector'
import { messageSchema, sampleMessage, takeMessages } from '../message.js'
import { queueField, queueOptions } from '../queue.js'

/** Gets messages from a queue. */
export const getMessages = action({
  name: 'Get messages',
  description: 'Takes messages from a queue, or looks at them and leaves them there.',
  input: z.strictObject({
    queue: queueField,
    count: z.coerce.number().int().min(1).max(100).default(10).meta({ title: 'At most' }),
    isKept: z
      .boolean()
      .default(false)
      .meta({ title: 'Leave them in the queue', description: 'They are marked as delivered before.' }),
  }),
  output: z.object({ messages: z.array(messageSchema).meta({ title: 'Messages' }) }),
  sampleInput: { queue: 'orders' },
  sampleOutput: { messages: [sampleMessage] },
  delivery: 'at-most-once',
  options: { queue: queueOptions },
  run: async (context) => ({ messages: await takeMessages(context, context.input) }),
})
