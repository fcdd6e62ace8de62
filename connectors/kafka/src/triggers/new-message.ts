import { type JsonValue, jsonObject, pollingTrigger, type TriggerItem, z } from '@inlay/sdk/connector'
import { withCluster } from '../cluster.js'
import { formatField, type Message, messageSchema, sampleMessage } from '../message.js'
import { type Span, spansOf } from '../offsets.js'
import { readPartition } from '../read-messages.js'
import { offsetSchema, topicField, topicOf, topicOptions } from '../topic.js'

const PAGE = 200
const MAX_PAGE_BYTES = 2_000_000

/** Starts for each message that is written to a topic. */
export const newMessage = pollingTrigger({
  name: 'New message',
  description: 'Starts for each message that is written to a topic, in the order of each partition.',
  input: z.strictObject({ topic: topicField, format: formatField }),
  output: messageSchema,
  options: { topic: topicOptions },
  sampleOutput: sampleMessage,
  intervalMs: 60_000,
  poll: (context) =>
    withCluster(context, async (cluster) => {
      const { format } = context.input
      const topic = await topicOf(cluster, context.input.topic)
      const spans = await spansOf(cluster, topic)
      const known = readCursor(context.cursor)
      if (known === undefined)
        return { items: [], cursor: toCursor(new Map([...spans].map(([id, { next }]) => [id, next]))) }
      const starts = startsOf(spans, known)
      if (starts.deleted.length > 0) {
        const data = { topic: topic.topic, partitions: starts.deleted }
        context.log.warn('Messages were deleted before they were read: the topic keeps them for too short a time', data)
      }
      const waiting = [...starts.from].filter(([partition, from]) => from < (spans.get(partition)?.next ?? 0n))
      // Each partition gets its share, so that a busy one does not keep the others waiting.
      const share = (whole: number): number => Math.max(1, Math.floor(whole / Math.max(1, waiting.length)))
      const items: TriggerItem[] = []
      const cursor = new Map(starts.from)
      for (const [partition, from] of waiting.slice(0, PAGE)) {
        const until = spans.get(partition)?.next ?? from
        const bounds = { maxMessages: share(PAGE), maxBytes: share(MAX_PAGE_BYTES) }
        const { messages, next } = await readPartition(cluster, { topic, partition, from, until, format, ...bounds })
        items.push(...messages.map((message) => ({ id: idOf(message), data: message })))
        cursor.set(partition, next)
      }
      const hasMore = [...cursor].some(([partition, next]) => next < (spans.get(partition)?.next ?? 0n))
      return { items, cursor: toCursor(cursor), hasMore }
    }),
})

/** With the time, since offsets begin anew when a topic is deleted and made again. */
function idOf({ partition, offset, timestamp }: Message): string {
  return `${partition}:${offset}:${timestamp === null ? '' : Date.parse(timestamp)}`
}

interface Starts {
  readonly from: ReadonlyMap<number, bigint>
  /** Partitions in which messages were deleted before they were read. */
  readonly deleted: readonly number[]
}

/** From where to go on: partitions that were added since begin at their first message, and so do topics made anew. */
function startsOf(spans: ReadonlyMap<number, Span>, known: ReadonlyMap<number, bigint>): Starts {
  const from = new Map<number, bigint>()
  const deleted: number[] = []
  for (const [partition, { first, next }] of spans) {
    const kept = known.get(partition) ?? first
    const isOutside = kept < first || kept > next
    if (kept < first) deleted.push(partition)
    from.set(partition, isOutside ? first : kept)
  }
  return { from, deleted }
}

const cursorSchema = z.record(z.string().regex(/^\d+$/), offsetSchema)

function readCursor(cursor: JsonValue): ReadonlyMap<number, bigint> | undefined {
  const kept = cursorSchema.safeParse(jsonObject.safeParse(cursor).data?.next)
  if (!kept.success) return undefined
  return new Map(Object.entries(kept.data).map(([partition, offset]) => [Number(partition), BigInt(offset)]))
}

function toCursor(next: ReadonlyMap<number, bigint>): JsonValue {
  return { next: Object.fromEntries([...next].map(([partition, offset]) => [String(partition), String(offset)])) }
}
