import { randomUUID } from 'node:crypto'
import { pollingTrigger, z } from '@inlay/sdk/connector'
import { messageSchema, sampleMessage, takeMessages } from '../message.js'
import { queueField, queueOptions, queuePath } from '../queue.js'
import { rabbitmq } from '../rabbitmq-api.js'

const BATCH = 100

/** Starts for each message of a queue. */
export const newMessage = pollingTrigger({
  name: 'New message',
  description: 'Takes messages from a queue every minute and starts for each. Use a queue that nobody else reads.',
  input: z.strictObject({ queue: queueField }),
  output: messageSchema,
  sampleOutput: sampleMessage,
  options: { queue: queueOptions },
  intervalMs: 60_000,
  poll: async (context) => {
    const { queue } = context.input
    if (context.isFirst) {
      // What the first poll finds starts nothing: taking it would lose it.
      await rabbitmq.call(context, { url: queuePath(context.auth, queue), answer: z.object({ name: z.string() }) })
      return { items: [], cursor: {} }
    }
    const messages = await takeMessages(context, { queue, count: BATCH, isKept: false })
    // Publishers may give several messages one id; each is taken once, so that each is one of its own.
    const items = messages.map((data) => ({ id: randomUUID(), data }))
    return { items, cursor: {}, hasMore: messages.length === BATCH }
  },
})
