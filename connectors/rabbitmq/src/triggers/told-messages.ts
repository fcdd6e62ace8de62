import { createHash, randomUUID } from 'node:crypto'
import { type JsonValue, jsonObject, type PollResult, z } from '@inlay/sdk/connector'
import type { Broker, Delivery } from '../amqp/broker.js'
import { toMessage } from '../message.js'

/** Messages of one poll. */
export const BATCH = 100
const BATCH_BYTES = 8 * 1024 * 1024
/** A queue may give what comes back to it some places further down. */
const LEEWAY = 50
const MAX_TRIES = 3
const COUNTS: ReadonlySet<string> = new Set(['x-delivery-count', 'x-acquired-count'])

const cursorSchema = z.object({
  /** Of this arming of the trigger alone. */
  generation: z.string(),
  /** Counts the polls that were kept: the same message told again before that has the same id. */
  sequence: z.number(),
  /** Fingerprints of messages whose runs have started, and that are in the queue still. */
  pending: z.array(z.string()),
  tries: z.number(),
})

/** What is kept between polls. */
export type MessageCursor = z.infer<typeof cursorSchema>

/** What was kept; undefined at first. */
export function readCursor(cursor: JsonValue): MessageCursor | undefined {
  return cursorSchema.safeParse(cursor).data
}

/** What is kept when nothing was told yet. */
export function freshCursor(): MessageCursor {
  return { generation: randomUUID(), sequence: 0, pending: [], tries: 0 }
}

/** Tells of what is in the queue, and leaves it there. */
export async function tellMessages(broker: Broker, queue: string, cursor: MessageCursor): Promise<PollResult> {
  const { generation, sequence } = cursor
  const pending: string[] = []
  const items: { id: string; data: ReturnType<typeof toMessage> }[] = []
  const counts = new Map<string, number>()
  let bytes = 0
  while (items.length < BATCH && bytes < BATCH_BYTES) {
    const delivery = await broker.get(queue)
    if (delivery === undefined) break
    bytes += delivery.body.length
    const print = fingerprint(delivery)
    const count = (counts.get(print) ?? 0) + 1
    counts.set(print, count)
    pending.push(print)
    items.push({ id: `${generation}:${sequence}:${print}:${count}`, data: toMessage(delivery) })
  }
  return { items, cursor: { generation, sequence: sequence + 1, pending, tries: 0 }, hasMore: items.length > 0 }
}

/** Confirms what was told, and tells of nothing: a poll that is repeated after a crash confirms nothing else. */
export async function settleMessages(broker: Broker, queue: string, cursor: MessageCursor): Promise<PollResult> {
  const open = new Map<string, number>()
  for (const print of cursor.pending) open.set(print, (open.get(print) ?? 0) + 1)
  // What this poll gets first will look as if it had been told the next time: rather told twice than lost.
  const passed = new Set<string>()
  let left = cursor.pending.length
  for (let read = 0; left > 0 && read < cursor.pending.length + LEEWAY; read++) {
    const delivery = await broker.get(queue)
    if (delivery === undefined) break
    const print = fingerprint(delivery)
    if (!delivery.isRedelivered) passed.add(print)
    const count = open.get(print) ?? 0
    // A message that looks the same and was never delivered has come since.
    if (!delivery.isRedelivered || count === 0) continue
    broker.confirm(delivery)
    open.set(print, count - 1)
    left -= 1
  }
  const pending = [...open].flatMap(([print, count]) => (passed.has(print) ? [] : Array<string>(count).fill(print)))
  const tries = cursor.tries + 1
  // What is not found any more has expired, or was confirmed by a poll that was not kept.
  const isGivenUp = pending.length === 0 || tries >= MAX_TRIES
  return {
    items: [],
    cursor: { ...cursor, pending: isGivenUp ? [] : pending, tries: isGivenUp ? 0 : tries },
    hasMore: true,
  }
}

/** Tells messages apart across deliveries, for which AMQP has no name of its own. */
function fingerprint({ exchange, routingKey, properties, body }: Delivery): string {
  const hash = createHash('sha256')
  hash.update(JSON.stringify([exchange, routingKey, withoutCount(properties)]))
  return hash.update(body).digest('hex').slice(0, 32)
}

/** Quorum queues count deliveries in a header. */
function withoutCount({ headers, ...rest }: Delivery['properties']) {
  const kept = Object.entries(jsonObject.catch({}).parse(headers)).filter(([name]) => !COUNTS.has(name))
  return { ...rest, headers: Object.fromEntries(kept) }
}
