import { type JsonObject, type JsonValue, jsonObject } from '@inlay/sdk/connector'
import { WireReader, WireWriter } from './wire.js'

type FieldType = 'shortText' | 'octet' | 'table' | 'time'

/** The properties of a message in the order of their flags, from the highest bit down (class `basic`). */
const FIELDS: readonly (readonly [name: string, type: FieldType])[] = [
  ['content_type', 'shortText'],
  ['content_encoding', 'shortText'],
  ['headers', 'table'],
  ['delivery_mode', 'octet'],
  ['priority', 'octet'],
  ['correlation_id', 'shortText'],
  ['reply_to', 'shortText'],
  ['expiration', 'shortText'],
  ['message_id', 'shortText'],
  ['timestamp', 'time'],
  ['type', 'shortText'],
  ['user_id', 'shortText'],
  ['app_id', 'shortText'],
  ['cluster_id', 'shortText'],
]
const HIGHEST_BIT = 15

/** Writes properties by the names that the management plugin has for them, too. */
export function writeProperties(properties: JsonObject): Buffer {
  const values = new WireWriter()
  let flags = 0
  for (const [index, [name, type]] of FIELDS.entries()) {
    const value = properties[name]
    if (value === undefined || value === null) continue
    flags |= 1 << (HIGHEST_BIT - index)
    writeValue(values, type, value)
  }
  return new WireWriter().short(flags).add(values.bytes()).bytes()
}

/** Reads what `writeProperties` writes. */
export function readProperties(bytes: Buffer): JsonObject {
  const reader = new WireReader(bytes)
  const flags = reader.short()
  const found = FIELDS.filter((_, index) => (flags & (1 << (HIGHEST_BIT - index))) !== 0)
  return Object.fromEntries(found.map(([name, type]) => [name, readValue(reader, type)]))
}

function writeValue(writer: WireWriter, type: FieldType, value: JsonValue): void {
  if (type === 'table') writer.table(jsonObject.parse(value))
  else if (type === 'shortText') writer.shortText(String(value))
  else if (type === 'octet') writer.octet(Number(value))
  else writer.longLong(BigInt(Number(value)))
}

function readValue(reader: WireReader, type: FieldType): JsonValue {
  if (type === 'table') return reader.table()
  if (type === 'shortText') return reader.shortText()
  return type === 'octet' ? reader.octet() : Number(reader.longLong())
}
