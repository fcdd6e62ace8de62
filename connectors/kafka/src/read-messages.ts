import { StepError } from '@inlay/sdk/connector'
import type { WireRecord } from 'kafkajs/src/broker/index.js'
import filterAbortedMessages from 'kafkajs/src/consumer/filterAbortedMessages.js'
import type { Cluster } from './cluster.js'
import { type Format, type Message, toMessage } from './message.js'
import type { TopicMetadata } from './metadata.js'
import { leaderOf, READ_COMMITTED } from './offsets.js'

const FETCH_BYTES = 512 * 1024
const FETCH_WAIT_MS = 500
/** Below what a step may give, and a poll may keep. */
const MAX_MESSAGES_BYTES = 700_000

/** From where to read one partition, and how much. */
export interface Reading {
  readonly topic: TopicMetadata
  readonly partition: number
  readonly from: bigint
  /** The offset at which to stop, which is the partition's end or before it. */
  readonly until: bigint
  readonly maxMessages: number
  readonly format: Format
  /** @default 700,000 bytes of keys and values; the first message is given even when it is larger */
  readonly maxBytes?: number
}

/** What was read, and the offset from which to go on. */
export interface Read {
  readonly messages: readonly Message[]
  readonly next: bigint
}

/** Reads one partition without joining a group: nothing is remembered by the cluster. @throws StepError by Kafka's error */
export async function readPartition(cluster: Cluster, reading: Reading): Promise<Read> {
  const { topic, partition, until } = reading
  const broker = await cluster.broker(leaderOf(topic, partition))
  const collected = new Collected(reading)
  let emptyAnswers = 0
  while (collected.next < until && !collected.isFull) {
    const { records, end } = await fetchFrom(broker, { topic: topic.topic, partition, from: collected.next })
    emptyAnswers = end > collected.next ? 0 : emptyAnswers + 1
    // Whole batches without a record in them, twice: compaction has emptied what was there.
    collected.add(records, emptyAnswers === 2 ? until : end)
  }
  return { messages: collected.messages, next: collected.next }
}

/** Messages up to what was asked for, and how far they reach. */
class Collected {
  readonly messages: Message[] = []
  isFull = false
  next: bigint
  readonly #reading: Reading
  #bytes = 0

  constructor(reading: Reading) {
    this.#reading = reading
    this.next = reading.from
  }

  /** @param end the offset after the records, which compaction may have taken the last of */
  add(records: readonly FetchedRecord[], end: bigint): void {
    for (const record of records) {
      if (BigInt(record.offset) >= this.#reading.until) break
      if (record.isShown && !this.#take(record)) return
      this.next = BigInt(record.offset) + 1n
    }
    this.next = end < this.#reading.until ? end : this.#reading.until
  }

  #take(record: FetchedRecord): boolean {
    const { topic, partition, format, maxMessages, maxBytes = MAX_MESSAGES_BYTES } = this.#reading
    const bytes = this.#bytes + (record.key?.length ?? 0) + (record.value?.length ?? 0)
    const hasSome = this.messages.length > 0
    this.isFull = this.messages.length === maxMessages || (hasSome && bytes > maxBytes)
    if (this.isFull) return false
    this.messages.push(toMessage(record, { topic: topic.topic, partition, format }))
    this.#bytes = bytes
    return true
  }
}

interface FetchedRecord extends WireRecord {
  /** False for what transactions write about themselves, and what they took back. */
  readonly isShown: boolean
}

type Broker = Awaited<ReturnType<Cluster['broker']>>

interface Place {
  readonly topic: string
  readonly partition: number
  readonly from: bigint
}

interface Fetched {
  readonly records: readonly FetchedRecord[]
  /** The offset after the last batch; `from` when there was none. */
  readonly end: bigint
}

async function fetchFrom(broker: Broker, { topic, partition, from }: Place): Promise<Fetched> {
  const { responses } = await broker.fetch({
    isolationLevel: READ_COMMITTED,
    maxWaitTime: FETCH_WAIT_MS,
    maxBytes: FETCH_BYTES,
    topics: [{ topic, partitions: [{ partition, fetchOffset: String(from), maxBytes: FETCH_BYTES }] }],
  })
  const fetched = responses.flatMap(({ partitions }) => partitions).find((given) => given.partition === partition)
  if (fetched === undefined) {
    throw new StepError('rate_limited', `Kafka gave nothing of partition ${partition} of ${topic}`, {
      detail: 'Its brokers answer so when more was read in a while than their quota allows.',
    })
  }
  const { messages, abortedTransactions } = fetched
  const completed = new Set(filterAbortedMessages({ messages, abortedTransactions }))
  const records = messages
    .filter(({ offset }) => BigInt(offset) >= from)
    .map((record) => ({ ...record, isShown: completed.has(record) && record.isControlRecord !== true }))
  const last = messages.at(-1)
  const end = last === undefined ? from : endOf(last)
  return { records, end: end > from ? end : from }
}

function endOf({ offset, batchContext }: WireRecord): bigint {
  if (batchContext?.firstOffset === undefined) return BigInt(offset) + 1n
  return BigInt(batchContext.firstOffset) + BigInt(batchContext.lastOffsetDelta) + 1n
}
