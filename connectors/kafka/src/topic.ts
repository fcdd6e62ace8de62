import { type FormContext, type OptionsDefinition, z } from '@inlay/sdk/connector'
import { type Cluster, withCluster } from './cluster.js'
import type { TopicMetadata } from './metadata.js'

/** The topic that an action works on. */
export const topicField = z
  .string()
  .min(1)
  .max(249)
  .meta({ title: 'Topic', examples: ['orders'] })

/** Offsets have 64 bits: as text, no digit of them is lost. */
export const offsetSchema = z.string().regex(/^\d{1,19}$/)

/** The topics that the user of the connection may see. */
export const topicOptions: OptionsDefinition = async (context) => {
  const { topics } = await withCluster(context, (cluster) => cluster.metadata([]))
  return topics
    .filter(({ isInternal }) => !isInternal)
    .map(({ topic, partitionMetadata }) => ({
      value: topic,
      label: topic,
      description: `${partitionMetadata.length} partitions`,
    }))
    .toSorted((a, b) => a.label.localeCompare(b.label))
}

/** The partitions of the chosen topic. */
export const partitionOptions: OptionsDefinition = {
  dependsOn: ['topic'],
  load: async (context: FormContext) => {
    const { topic } = z.object({ topic: z.string() }).parse(context.input)
    const { partitionMetadata } = await withCluster(context, (cluster) => topicOf(cluster, topic))
    return partitionMetadata
      .map(({ partitionId }) => partitionId)
      .toSorted((a, b) => a - b)
      .map((partition) => ({ value: partition, label: `Partition ${partition}` }))
  },
}

/** One topic with its partitions. @throws StepError `rejected` when there is none of that name */
export async function topicOf(cluster: Cluster, name: string): Promise<TopicMetadata> {
  const { topics } = await cluster.metadata([name])
  const topic = topics.find((known) => known.topic === name)
  if (topic !== undefined) return topic
  throw new Error(`Kafka told nothing of the topic ${name}`)
}
