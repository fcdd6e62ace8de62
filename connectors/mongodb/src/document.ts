import { type JsonObject, type JsonValue, jsonObject, jsonValue, StepError, z } from '@inlay/sdk/connector'
import { Binary, BSON, Decimal128, type Document, Double, Int32, Long, ObjectId, Timestamp } from 'mongodb'

const { EJSON } = BSON

/** How documents are shown. */
export const formatField = z.enum(['plain', 'extended']).default('plain').meta({
  title: 'Documents are shown',
  description:
    'Plain: IDs, dates and large numbers as text. Extended: as {"$oid": …} and {"$date": …}, which can be written back.',
})

/** How documents are shown. */
export type Format = z.infer<typeof formatField>

/** A document as later steps see it. */
export const documentSchema = z.record(z.string(), jsonValue)

/** Conditions and documents in a form: extended JSON. */
export const extendedJson = z.record(z.string(), jsonValue)

/** Reads extended JSON: `{"$oid": "…"}`, `{"$date": "…"}` and the like become what they stand for. */
export function toBson(value: JsonObject): Document {
  return read(value)
}

/** As `toBson`, for any value. */
export function toBsonValue(value: JsonValue): unknown {
  return read({ value })['value']
}

function read(value: JsonObject): Document {
  try {
    // What EJSON makes of an object is one again, unless it is a value of extended JSON itself.
    const parsed: unknown = EJSON.deserialize(value, { relaxed: true })
    if (typeof parsed === 'object' && parsed !== null && !('_bsontype' in parsed)) return parsed
  } catch (cause) {
    throw unreadable(cause instanceof Error ? cause.message : 'unknown', cause)
  }
  throw unreadable('A document has names and values', undefined)
}

function unreadable(detail: string, cause: unknown): StepError {
  return new StepError('validation', 'This is no extended JSON', {
    detail: `${detail}. IDs are {"$oid": "…"}, dates {"$date": "2026-01-31T08:30:00Z"}.`,
    cause,
  })
}

/** A document as JSON. */
export function toJson(document: Document, format: Format): JsonObject {
  if (format === 'plain') return jsonObject.parse(Object.fromEntries(plainEntries(document)))
  return jsonObject.parse(JSON.parse(EJSON.stringify(document, { relaxed: true })))
}

/** An ID as text: also what tells documents apart. */
export function toText(id: unknown): string {
  const value = plain(id)
  return typeof value === 'string' ? value : JSON.stringify(value)
}

function plainEntries(document: object): [string, JsonValue][] {
  return Object.entries(document).map(([name, value]) => [name, plain(value)])
}

function plain(value: unknown): JsonValue {
  if (typeof value === 'string' || typeof value === 'boolean') return value
  if (typeof value === 'number') return Number.isFinite(value) ? value : String(value)
  if (typeof value === 'bigint') return String(value)
  return typeof value === 'object' && value !== null ? plainObject(value) : null
}

function plainObject(value: object): JsonValue {
  if (Array.isArray(value)) return value.map(plain)
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString()
  if (value instanceof RegExp) return String(value)
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64')
  return '_bsontype' in value ? plainBson(value) : Object.fromEntries(plainEntries(value))
}

/** By the classes of the driver; what people would not know otherwise stays extended JSON. */
function plainBson(value: object): JsonValue {
  if (value instanceof ObjectId || value instanceof Decimal128 || value instanceof Timestamp) return value.toString()
  if (value instanceof Long) return Number.isSafeInteger(value.toNumber()) ? value.toNumber() : value.toString()
  if (value instanceof Double || value instanceof Int32) return plain(value.valueOf())
  if (value instanceof Binary) {
    return value.sub_type === Binary.SUBTYPE_UUID ? value.toUUID().toString() : value.toString('base64')
  }
  return jsonValue.parse(JSON.parse(EJSON.stringify(value, { relaxed: true })))
}
