import { type JsonObject, type JsonValue, jsonValue, z } from '@inlay/sdk/connector'

/** Rows as later steps see them. */
export const rowSchema = z.record(z.string(), jsonValue)

/** Rows as plain JSON: bytes as base64, BIGINT and decimals as text. */
export function plainRows(rows: readonly object[]): JsonObject[] {
  return rows.map((row) => Object.fromEntries(Object.entries(row).map(([name, value]) => [name, plain(value)])))
}

function plain(value: unknown): JsonValue {
  if (value === null || value === undefined) return null
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString()
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64')
  if (typeof value === 'bigint') return value.toString()
  if (typeof value === 'number' && !Number.isFinite(value)) return String(value)
  if (Array.isArray(value)) return value.map(plain)
  if (typeof value === 'object') {
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, plain(inner)]))
  }
  return typeof value === 'boolean' || typeof value === 'number' ? value : String(value)
}
