import { type JsonValue, jsonValue, z } from '@inlay/sdk/connector'
import type { WireRecord } from 'kafkajs/src/broker/index.js'

/** How the bytes of messages are shown. */
export const formatField = z.enum(['text', 'json', 'base64']).default('text').meta({
  title: 'Content',
  description: 'As text (UTF-8), as JSON where it is JSON, or as base64 for other bytes, such as Avro.',
})

/** How bytes are shown. */
export type Format = z.infer<typeof formatField>

/** A message as later steps see it. */
export const messageSchema = z.object({
  topic: z.string().meta({ title: 'Topic' }),
  partition: z.int().meta({ title: 'Partition' }),
  offset: z.string().meta({ title: 'Offset', description: 'As text: it may be larger than JSON numbers hold.' }),
  timestamp: z.iso.datetime().nullable().meta({ title: 'Time' }),
  key: z.string().nullable().meta({ title: 'Key' }),
  value: jsonValue.meta({ title: 'Value', description: 'Null for a deletion in a compacted topic.' }),
  headers: z.record(z.string(), z.string()).meta({ title: 'Headers', description: 'The last of each name.' }),
})

/** A message as later steps see it. */
export type Message = z.infer<typeof messageSchema>

/** An example of a message. */
export const sampleMessage = {
  topic: 'orders',
  partition: 0,
  offset: '42',
  timestamp: '2026-01-02T03:04:05.000Z',
  key: '7',
  value: '{"id":7,"status":"paid"}',
  headers: { source: 'shop' },
}

/** Where a record was read. */
export interface RecordPlace {
  readonly topic: string
  readonly partition: number
  readonly format: Format
}

/** A record as plain JSON. */
export function toMessage(record: WireRecord, { topic, partition, format }: RecordPlace): Message {
  const headers = Object.entries(record.headers).map(([name, given]) => [name, headerOf(given)])
  return {
    topic,
    partition,
    offset: record.offset,
    timestamp: timeOf(record.timestamp),
    key: record.key === null ? null : textOf(record.key, format),
    value: record.value === null ? null : contentOf(record.value, format),
    headers: Object.fromEntries(headers),
  }
}

/** Brokers give -1 for messages without a time. */
function timeOf(milliseconds: string): string | null {
  const time = new Date(Number(milliseconds))
  return Number(milliseconds) < 0 || Number.isNaN(time.getTime()) ? null : time.toISOString()
}

function headerOf(given: WireRecord['headers'][string]): string {
  const last = Array.isArray(given) ? given.at(-1) : given
  return Buffer.isBuffer(last) ? last.toString('utf8') : ''
}

function textOf(bytes: Buffer, format: Format): string {
  return bytes.toString(format === 'base64' ? 'base64' : 'utf8')
}

function contentOf(bytes: Buffer, format: Format): JsonValue {
  const text = textOf(bytes, format)
  if (format !== 'json') return text
  try {
    return jsonValue.parse(JSON.parse(text))
  } catch {
    return text
  }
}
