import { action, z } from '@inlay/sdk/connector'
import kafkajs from 'kafkajs'
import { type Cluster, withCluster } from '../cluster.js'
import { spansOf } from '../offsets.js'
import { topicField, topicOf, topicOptions } from '../topic.js'

const CREATE_TIMEOUT_MS = 20_000
/** The cluster's own default. */
const DEFAULT = -1

/** Lists the topics of the cluster. */
export const listTopics = action({
  name: 'List topics',
  description: 'Lists the topics that the user of the connection may see.',
  input: z.strictObject({
    search: z.string().default('').meta({ title: 'Name contains', description: 'Empty: all topics.' }),
    withInternal: z.boolean().default(false).meta({
      title: 'With Kafka’s own topics',
      description: 'Such as __consumer_offsets.',
    }),
  }),
  output: z.object({
    topics: z
      .array(z.object({ name: z.string(), partitions: z.int(), isInternal: z.boolean() }))
      .meta({ title: 'Topics', description: 'With the number of their partitions.' }),
  }),
  sampleInput: { search: 'order', withInternal: false },
  sampleOutput: { topics: [{ name: 'orders', partitions: 3, isInternal: false }] },
  run: async (context) => {
    const { search, withInternal } = context.input
    const { topics } = await withCluster(context, (cluster) => cluster.metadata([]))
    const found = topics.filter(({ topic, isInternal }) => topic.includes(search) && (withInternal || !isInternal))
    return {
      topics: found
        .map(({ topic, isInternal, partitionMetadata }) => ({
          name: topic,
          partitions: partitionMetadata.length,
          isInternal,
        }))
        .toSorted((a, b) => a.name.localeCompare(b.name)),
    }
  },
})

const partitionSchema = z.object({
  partition: z.int(),
  leader: z.int(),
  replicas: z.array(z.int()),
  inSync: z.array(z.int()),
  firstOffset: z.string(),
  nextOffset: z.string(),
})

/** Looks up one topic. */
export const getTopic = action({
  name: 'Get a topic',
  description: 'Looks up the partitions of a topic, where each begins and ends, and its settings.',
  input: z.strictObject({
    topic: topicField,
    withSettings: z.boolean().default(false).meta({
      title: 'With its settings',
      description: 'Needs the right to describe settings (DescribeConfigs).',
    }),
  }),
  output: z.object({
    name: z.string().meta({ title: 'Name' }),
    partitions: z.array(partitionSchema).meta({ title: 'Partitions' }),
    settings: z
      .record(z.string(), z.string().nullable())
      .nullable()
      .meta({ title: 'Settings', description: 'Null when they were not asked for. Secret ones are null.' }),
  }),
  options: { topic: topicOptions },
  sampleInput: { topic: 'orders', withSettings: true },
  sampleOutput: {
    name: 'orders',
    partitions: [{ partition: 0, leader: 1, replicas: [1, 2], inSync: [1, 2], firstOffset: '0', nextOffset: '43' }],
    settings: { 'retention.ms': '604800000' },
  },
  run: (context) =>
    withCluster(context, async (cluster) => {
      const topic = await topicOf(cluster, context.input.topic)
      const spans = await spansOf(cluster, topic)
      const partitions = topic.partitionMetadata.map(({ partitionId, leader, replicas, isr }) => ({
        partition: partitionId,
        leader,
        replicas,
        inSync: isr,
        firstOffset: String(spans.get(partitionId)?.first ?? 0n),
        nextOffset: String(spans.get(partitionId)?.next ?? 0n),
      }))
      const settings = context.input.withSettings ? await settingsOf(cluster, topic.topic) : null
      return { name: topic.topic, partitions: partitions.toSorted((a, b) => a.partition - b.partition), settings }
    }),
})

async function settingsOf(cluster: Cluster, name: string): Promise<Record<string, string | null>> {
  const { resources } = await cluster.seed.describeConfigs({
    resources: [{ type: kafkajs.ConfigResourceTypes.TOPIC, name }],
  })
  const entries = resources.flatMap(({ configEntries }) => configEntries)
  return Object.fromEntries(
    entries.map(({ configName, configValue, isSensitive }) => [configName, isSensitive ? null : configValue]),
  )
}

/** Makes a topic. */
export const createTopic = action({
  name: 'Create a topic',
  description: 'Makes a topic. It is refused when there is one of that name.',
  input: z.strictObject({
    topic: topicField.regex(/^[a-zA-Z0-9._-]+$/, 'takes letters, digits, ".", "_" and "-"'),
    partitions: z.int().min(1).max(1000).default(1).meta({ title: 'Partitions' }),
    replicas: z.int().min(1).max(100).optional().meta({
      title: 'Copies of each partition',
      description: 'Empty: as many as the cluster makes by default (Kafka 2.4 and later).',
    }),
    settings: z
      .record(z.string(), z.string())
      .default({})
      .meta({ title: 'Settings', description: 'Values by name, as retention.ms: 604800000.' }),
  }),
  output: z.object({ name: z.string().meta({ title: 'Name' }) }),
  sampleInput: { topic: 'orders', partitions: 3, replicas: 2, settings: { 'retention.ms': '604800000' } },
  sampleOutput: { name: 'orders' },
  delivery: 'at-most-once',
  run: (context) =>
    withCluster(context, async (cluster) => {
      const { topic, partitions, replicas, settings } = context.input
      const { controllerId } = await cluster.metadata([])
      // Clusters in ZooKeeper mode take it at the controller only.
      const broker = controllerId < 0 ? cluster.seed : await cluster.broker(controllerId)
      const made = {
        topic,
        numPartitions: partitions,
        replicationFactor: replicas ?? DEFAULT,
        configEntries: Object.entries(settings).map(([name, value]) => ({ name, value })),
      }
      await broker.createTopics({ timeout: CREATE_TIMEOUT_MS, topics: [made] })
      return { name: topic }
    }),
})
