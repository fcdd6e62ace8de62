import { action, StepError, z } from '@inlay/sdk/connector'
import { withCluster } from '../cluster.js'
import { formatField, messageSchema, sampleMessage } from '../message.js'
import { spansOf } from '../offsets.js'
import { readPartition } from '../read-messages.js'
import { offsetSchema, partitionOptions, topicField, topicOf, topicOptions } from '../topic.js'

/** Reads messages of one partition from an offset on. */
export const readMessages = action({
  name: 'Read messages',
  description: 'Reads messages of one partition from an offset on, without joining a consumer group.',
  input: z.strictObject({
    topic: topicField,
    partition: z.int().min(0).default(0).meta({ title: 'Partition' }),
    offset: offsetSchema.optional().meta({
      title: 'From offset',
      description: 'Empty: from the oldest message that is kept.',
      examples: ['42'],
    }),
    maxMessages: z.int().min(1).max(1000).default(100).meta({
      title: 'At most this many messages',
      description: 'Fewer are given when they are large: about 700 KB at a time.',
    }),
    format: formatField,
  }),
  output: z.object({
    messages: z.array(messageSchema).meta({ title: 'Messages' }),
    nextOffset: z.string().meta({ title: 'Offset to go on from' }),
    isAtEnd: z.boolean().meta({ title: 'Whether that was all there is now' }),
  }),
  options: { topic: topicOptions, partition: partitionOptions },
  sampleInput: { topic: 'orders', partition: 0, offset: '42', maxMessages: 100, format: 'text' },
  sampleOutput: { messages: [sampleMessage], nextOffset: '43', isAtEnd: true },
  run: (context) =>
    withCluster(context, async (cluster) => {
      const { partition, offset, maxMessages, format } = context.input
      const topic = await topicOf(cluster, context.input.topic)
      const { first, next: until } = (await spansOf(cluster, topic, [partition])).get(partition) ?? {
        first: 0n,
        next: 0n,
      }
      const from = offset === undefined ? first : BigInt(offset)
      if (from < first || from > until) {
        throw new StepError('rejected', `Partition ${partition} of ${topic.topic} has no offset ${from}`, {
          detail: `Its messages begin at ${first}, and the next one gets ${until}. Older ones are deleted.`,
          data: { first: String(first), next: String(until) },
        })
      }
      const { messages, next } = await readPartition(cluster, { topic, partition, from, until, maxMessages, format })
      return { messages: [...messages], nextOffset: String(next), isAtEnd: next >= until }
    }),
})
