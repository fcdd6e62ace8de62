import { z } from '@inlay/sdk/connector'

/** What brokers tell of the cluster, as kafkajs decodes it. */
export const metadataSchema = z
  .object({
    brokers: z.array(z.object({ nodeId: z.int(), host: z.string(), port: z.int().min(1).max(65_535) })),
    controllerId: z.int().default(-1),
    topicMetadata: z.array(
      z.object({
        topicErrorCode: z.int(),
        topic: z.string(),
        isInternal: z.boolean().default(false),
        partitionMetadata: z.array(
          z.object({ partitionId: z.int(), leader: z.int(), replicas: z.array(z.int()), isr: z.array(z.int()) }),
        ),
      }),
    ),
  })
  .transform(({ topicMetadata, ...cluster }) => ({ ...cluster, topics: topicMetadata }))

/** Brokers and topics of a cluster. */
export type Metadata = z.infer<typeof metadataSchema>
/** A topic with its partitions. */
export type TopicMetadata = Metadata['topics'][number]
