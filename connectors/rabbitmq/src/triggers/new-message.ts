import { randomUUID } from 'node:crypto'
import { type PollContext, pollingTrigger, z } from '@inlay/sdk/connector'
import { amqpOf } from '../addresses.js'
import { withBroker } from '../amqp/broker.js'
import { messageSchema, sampleMessage, takeByHttp } from '../message.js'
import { queueField, queueOptions, queuePath } from '../queue.js'
import { rabbitmq } from '../rabbitmq-api.js'
import { BATCH, freshCursor, readCursor, settleMessages, tellMessages } from './told-messages.js'

const input = z.strictObject({ queue: queueField })

/** Starts for each message of a queue. */
export const newMessage = pollingTrigger({
  name: 'New message',
  description: 'Takes messages from a queue every minute and starts for each. Use a queue that nobody else reads.',
  input,
  output: messageSchema,
  sampleOutput: sampleMessage,
  options: { queue: queueOptions },
  intervalMs: 60_000,
  poll: (context) => (amqpOf(context.auth) === undefined ? pollHttp(context) : pollAmqp(context)),
})

type NewMessageContext = PollContext<z.output<typeof input>>

/** Messages stay in the queue until a later poll, which happens only once this one's items are kept, confirms them. */
async function pollAmqp(context: NewMessageContext) {
  const { queue } = context.input
  return withBroker(context, async (broker) => {
    const cursor = readCursor(context.cursor)
    if (context.isFirst || cursor === undefined) {
      // What the first poll finds starts nothing: it stays for the next.
      await broker.assertQueue(queue)
      return { items: [], cursor: freshCursor() }
    }
    const isSettling = cursor.pending.length > 0
    return isSettling ? settleMessages(broker, queue, cursor) : tellMessages(broker, queue, cursor)
  })
}

/** The management plugin cannot confirm a message later: what it gives is gone from the queue. */
async function pollHttp(context: NewMessageContext) {
  const { queue } = context.input
  if (context.isFirst) {
    // What the first poll finds starts nothing: taking it would lose it.
    await rabbitmq.call(context, { url: queuePath(context.auth, queue), answer: z.object({ name: z.string() }) })
    return { items: [], cursor: freshCursor() }
  }
  const messages = await takeByHttp(context, { queue, count: BATCH, isKept: false })
  // Publishers may give several messages one id; each is taken once, so that each is one of its own.
  const items = messages.map((data) => ({ id: randomUUID(), data }))
  return { items, cursor: freshCursor(), hasMore: messages.length === BATCH }
}
