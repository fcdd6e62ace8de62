import { action, z } from '@inlay/sdk/connector'
import { type Cluster, withCluster } from '../cluster.js'
import { spansOf } from '../offsets.js'
import { topicOf } from '../topic.js'

const GROUP = 0

/** Lists the consumer groups of the cluster. */
export const listConsumerGroups = action({
  name: 'List consumer groups',
  description: 'Lists the groups in which programs read topics together.',
  input: z.strictObject({
    search: z.string().default('').meta({ title: 'Name contains', description: 'Empty: all groups.' }),
  }),
  output: z.object({ groups: z.array(z.object({ id: z.string() })).meta({ title: 'Groups' }) }),
  sampleInput: { search: 'billing' },
  sampleOutput: { groups: [{ id: 'billing' }] },
  run: (context) =>
    withCluster(context, async (cluster) => ({
      groups: (await groupsOf(cluster)).filter((id) => id.includes(context.input.search)).map((id) => ({ id })),
    })),
})

const lagSchema = z.object({
  topic: z.string(),
  partition: z.int(),
  committedOffset: z.string(),
  nextOffset: z.string(),
  lag: z.int(),
})

/** Tells how far a consumer group is behind. */
export const getConsumerGroup = action({
  name: 'Get a consumer group',
  description: 'Looks up the members of a consumer group, and how many messages it is behind in each partition.',
  input: z.strictObject({
    group: z
      .string()
      .min(1)
      .meta({ title: 'Consumer group', examples: ['billing'] }),
  }),
  output: z.object({
    id: z.string().meta({ title: 'ID' }),
    state: z.string().meta({ title: 'State', description: 'Stable, Empty, Dead and others; Dead when there is none.' }),
    members: z.array(z.object({ id: z.string(), client: z.string(), host: z.string() })).meta({ title: 'Members' }),
    partitions: z.array(lagSchema).meta({ title: 'Partitions', description: 'Those that it has read of.' }),
    lag: z.int().meta({ title: 'Messages behind', description: 'In all partitions together.' }),
  }),
  options: {
    group: async (context) =>
      withCluster(context, async (cluster) => (await groupsOf(cluster)).map((id) => ({ value: id, label: id }))),
  },
  sampleInput: { group: 'billing' },
  sampleOutput: {
    id: 'billing',
    state: 'Stable',
    members: [{ id: 'billing-1-9d6f', client: 'billing', host: '/192.0.2.7' }],
    partitions: [{ topic: 'orders', partition: 0, committedOffset: '40', nextOffset: '43', lag: 3 }],
    lag: 3,
  },
  run: (context) =>
    withCluster(context, async (cluster) => {
      const { group: groupId } = context.input
      const { coordinator } = await cluster.seed.findGroupCoordinator({ groupId, coordinatorType: GROUP })
      const broker = await cluster.broker(coordinator.nodeId)
      const [described] = (await broker.describeGroups({ groupIds: [groupId] })).groups
      const { responses } = await broker.offsetFetch({ groupId, topics: [] })
      const partitions = []
      for (const { topic, partitions: committed } of responses) {
        partitions.push(...(await lagsOf(cluster, topic, committed)))
      }
      return {
        id: groupId,
        state: described?.state ?? 'Dead',
        members: (described?.members ?? []).map(({ memberId, clientId, clientHost }) => ({
          id: memberId,
          client: clientId,
          host: clientHost,
        })),
        partitions,
        lag: partitions.reduce((sum, { lag }) => sum + lag, 0),
      }
    }),
})

async function groupsOf(cluster: Cluster): Promise<string[]> {
  const { brokers } = await cluster.metadata([])
  const ids = new Set<string>()
  // Each broker knows the groups that it coordinates.
  for (const { nodeId } of brokers) {
    const { groups } = await (await cluster.broker(nodeId)).listGroups()
    for (const { groupId } of groups) ids.add(groupId)
  }
  return [...ids].toSorted((a, b) => a.localeCompare(b))
}

type Committed = readonly { readonly partition: number; readonly offset: string }[]

async function lagsOf(cluster: Cluster, name: string, committed: Committed): Promise<z.infer<typeof lagSchema>[]> {
  const read = committed.filter(({ offset }) => BigInt(offset) >= 0n)
  if (read.length === 0) return []
  const partitions = read.map(({ partition }) => partition)
  const spans = await spansOf(cluster, await topicOf(cluster, name), partitions)
  return read.map(({ partition, offset }) => {
    const next = spans.get(partition)?.next ?? 0n
    const lag = next - BigInt(offset)
    return {
      topic: name,
      partition,
      committedOffset: offset,
      nextOffset: String(next),
      lag: lag < 0n ? 0 : Number(lag),
    }
  })
}
