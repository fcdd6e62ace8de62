import { StepError } from '@inlay/sdk/connector'
import type { Cluster } from './cluster.js'
import type { TopicMetadata } from './metadata.js'

/** Messages of transactions that were not completed are never read. */
export const READ_COMMITTED = 1

const FIRST = -2
const NEXT = -1

/** Where a partition begins and ends: the offset of its oldest message, and the one that the next message gets. */
export interface Span {
  readonly first: bigint
  readonly next: bigint
}

/** The spans of partitions, all of the topic unless some are named. @throws StepError by Kafka's error */
export async function spansOf(
  cluster: Cluster,
  topic: TopicMetadata,
  partitions = topic.partitionMetadata.map(({ partitionId }) => partitionId),
): Promise<ReadonlyMap<number, Span>> {
  const firsts = await offsetsOf(cluster, { topic, partitions, at: FIRST })
  const nexts = await offsetsOf(cluster, { topic, partitions, at: NEXT })
  return new Map(
    partitions.map((partition) => {
      const [first, next] = [firsts.get(partition), nexts.get(partition)]
      if (first === undefined || next === undefined) throw untold(topic.topic, partition)
      return [partition, { first, next }]
    }),
  )
}

/** Which broker leads a partition. @throws StepError when there is no such partition, or none leads it */
export function leaderOf({ topic, partitionMetadata }: TopicMetadata, partition: number): number {
  const found = partitionMetadata.find(({ partitionId }) => partitionId === partition)
  if (found === undefined) {
    throw new StepError('rejected', `The topic ${topic} has no partition ${partition}`, {
      detail: `It has ${partitionMetadata.length}, which are counted from 0.`,
    })
  }
  if (found.leader >= 0) return found.leader
  throw new StepError('communication', `Partition ${partition} of ${topic} has no leader at present`, {
    detail: 'Try again when the cluster has recovered.',
  })
}

interface OffsetQuestion {
  readonly topic: TopicMetadata
  readonly partitions: readonly number[]
  readonly at: number
}

async function offsetsOf(cluster: Cluster, { topic, partitions, at }: OffsetQuestion): Promise<Map<number, bigint>> {
  const leaders = new Set(partitions.map((partition) => leaderOf(topic, partition)))
  const told = new Map<number, bigint>()
  for (const leader of leaders) {
    const asked = partitions.filter((partition) => leaderOf(topic, partition) === leader)
    const broker = await cluster.broker(leader)
    const { responses } = await broker.listOffsets({
      isolationLevel: READ_COMMITTED,
      topics: [{ topic: topic.topic, partitions: asked.map((partition) => ({ partition, timestamp: at })) }],
    })
    for (const { partition, offset } of responses.flatMap((response) => response.partitions)) {
      told.set(partition, BigInt(offset))
    }
  }
  return told
}

function untold(topic: string, partition: number): StepError {
  return new StepError('communication', `Kafka did not tell where partition ${partition} of ${topic} begins and ends`)
}
