import { type JsonObject, type JsonValue, jsonValue } from '@inlay/engine'
import { z } from 'zod'

/** A row of a database, as later steps see it: values by column. */
export const rowSchema = z.record(z.string(), jsonValue)

/**
 * Rows of a database driver as plain JSON: dates as ISO 8601, bytes as base64, integers beyond 53 bits and what is no
 * number as text.
 */
export function plainRows(rows: readonly object[]): JsonObject[] {
  return rows.map(plainObject)
}

function plainObject(value: object): JsonObject {
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, plain(inner)]))
}

function plain(value: unknown): JsonValue {
  if (value === null || value === undefined) return null
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString()
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64')
  if (typeof value === 'number' && !Number.isFinite(value)) return String(value)
  if (Array.isArray(value)) return value.map(plain)
  if (typeof value === 'object') return plainObject(value)
  return typeof value === 'boolean' || typeof value === 'number' ? value : String(value)
}
