import { action, type JsonValue, jsonValue, StepError, z } from '@inlay/sdk/connector'
import kafkajs from 'kafkajs'
import type { NewRecord } from 'kafkajs/src/broker/index.js'
import { type Cluster, withCluster } from '../cluster.js'
import type { TopicMetadata } from '../metadata.js'
import { leaderOf } from '../offsets.js'
import { topicField, topicOf, topicOptions } from '../topic.js'

const WRITE_TIMEOUT_MS = 20_000
const ACKS = { all: -1, leader: 1 } as const

const newMessage = z.strictObject({
  value: jsonValue.meta({
    title: 'Value',
    description: 'Text is sent as it is, anything else as JSON. Null deletes the key in a compacted topic.',
  }),
  key: z.string().optional().meta({
    title: 'Key',
    description: 'Messages with the same key go to the same partition, in their order.',
  }),
  headers: z.record(z.string(), z.string()).default({}).meta({ title: 'Headers' }),
  partition: z.int().min(0).optional().meta({
    title: 'Partition',
    description: 'Empty: by the key as Java clients choose it, or any without a key.',
  }),
})

type NewMessage = z.output<typeof newMessage>

/** Writes messages into a topic. */
export const produceMessages = action({
  name: 'Produce messages',
  description: 'Writes messages into a topic, in the order given for each partition.',
  input: z.strictObject({
    topic: topicField,
    messages: z.array(newMessage).min(1).max(1000).meta({ title: 'Messages' }),
    encoding: z.enum(['text', 'base64']).default('text').meta({
      title: 'Values are',
      description: 'Text, or base64 of the bytes that are to be sent.',
    }),
    acknowledgedBy: z.enum(['all', 'leader']).default('all').meta({
      title: 'Kept by',
      description: 'All replicas that are in sync, or the partition’s leader alone, which is faster and may lose it.',
    }),
  }),
  output: z.object({
    messages: z
      .array(z.object({ partition: z.int(), offset: z.string() }))
      .meta({ title: 'Where they are', description: 'Partition and offset of each message, in the order given.' }),
  }),
  options: { topic: topicOptions },
  sampleInput: {
    topic: 'orders',
    messages: [{ key: '7', value: { id: 7, status: 'paid' }, headers: { source: 'shop' } }],
    encoding: 'text',
    acknowledgedBy: 'all',
  },
  sampleOutput: { messages: [{ partition: 0, offset: '42' }] },
  // Kafka tells repeated messages apart within one producer's session only, and every attempt is another.
  delivery: 'at-most-once',
  run: (context) =>
    withCluster(context, async (cluster) => {
      const { messages, encoding, acknowledgedBy } = context.input
      const topic = await topicOf(cluster, context.input.topic)
      const records = messages.map((message) => toRecord(message, encoding))
      const places = placed(topic, messages, records)
      const offsets = await write(cluster, { topic, places, acks: ACKS[acknowledgedBy] })
      return { messages: places.map(({ partition }, index) => ({ partition, offset: offsets.get(index) ?? '' })) }
    }),
})

interface Place {
  readonly partition: number
  readonly record: NewRecord
}

function placed(topic: TopicMetadata, messages: readonly NewMessage[], records: readonly NewRecord[]): Place[] {
  const choose = kafkajs.Partitioners.DefaultPartitioner()
  const partitionMetadata = topic.partitionMetadata.map((partition) => ({
    ...partition,
    partitionErrorCode: 0,
    replicas: [...partition.replicas],
    isr: [...partition.isr],
  }))
  return records.map((record, index) => {
    const asked = messages[index]?.partition
    const partition = asked ?? choose({ topic: topic.topic, partitionMetadata, message: record })
    return { partition, record }
  })
}

interface Writing {
  readonly topic: TopicMetadata
  readonly places: readonly Place[]
  readonly acks: number
}

/** Resolves to the offsets by the index of the message. */
async function write(cluster: Cluster, { topic, places, acks }: Writing): Promise<ReadonlyMap<number, string>> {
  const partitions = [...new Set(places.map(({ partition }) => partition))]
  // Before anything is written: an unknown partition is the fault of the input.
  const leaders = new Map(partitions.map((partition) => [partition, leaderOf(topic, partition)]))
  const offsets = new Map<number, string>()
  for (const [partition, leader] of leaders) {
    const indexes = places.flatMap((place, index) => (place.partition === partition ? [index] : []))
    const records = indexes.flatMap((index) => places[index]?.record ?? [])
    try {
      const first = await writePartition(await cluster.broker(leader), { topic: topic.topic, partition, records, acks })
      for (const [delta, index] of indexes.entries()) offsets.set(index, String(first + BigInt(delta)))
    } catch (error) {
      throw offsets.size === 0 ? error : interrupted(error, offsets.size, places.length)
    }
  }
  return offsets
}

interface PartitionWriting {
  readonly topic: string
  readonly partition: number
  readonly records: readonly NewRecord[]
  readonly acks: number
}

type Broker = Awaited<ReturnType<Cluster['broker']>>

async function writePartition(broker: Broker, { topic, partition, records, acks }: PartitionWriting): Promise<bigint> {
  const { topics } = await broker.produce({
    acks,
    timeout: WRITE_TIMEOUT_MS,
    topicData: [{ topic, partitions: [{ partition, firstSequence: 0, messages: records }] }],
  })
  return BigInt(topics[0]?.partitions[0]?.baseOffset ?? -1)
}

function interrupted(cause: unknown, written: number, total: number): StepError {
  return new StepError('communication', `Kafka kept ${written} of ${total} messages, and then failed`, {
    detail: `${cause instanceof Error ? cause.message : 'unknown'}. Repeating the step would write those again.`,
    cause,
    retryable: false,
    data: { written },
  })
}

function toRecord({ key, value, headers }: NewMessage, encoding: 'text' | 'base64'): NewRecord {
  return { key: key === undefined ? null : Buffer.from(key), value: bytesOf(value, encoding), headers }
}

function bytesOf(value: JsonValue, encoding: 'text' | 'base64'): Buffer | null {
  if (value === null) return null
  if (typeof value !== 'string') return Buffer.from(JSON.stringify(value))
  return Buffer.from(value, encoding === 'base64' ? 'base64' : 'utf8')
}
