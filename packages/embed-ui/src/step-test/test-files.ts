// Files in the data of a test: which places take one, and how one gets there.
import type { JsonObject, JsonValue, Trigger } from '@inlay/engine'
import type { JsonSchema } from '../data/api-types.js'
import { asSchema, fieldKind, schemaFields } from '../forms/schema.js'

/** Where a file goes: the names from the root of the data to it. */
export interface FilePlace {
  readonly path: readonly string[]
  /** What people call it; undefined for a place that no schema names. */
  readonly title: string | undefined
}

/** The places for files in data of a schema. */
export function filePlaces(schema: JsonSchema, path: readonly string[] = []): readonly FilePlace[] {
  return schemaFields(schema).flatMap((field): readonly FilePlace[] => {
    const at = [...path, field.name]
    const kind = fieldKind(field.schema)
    if (kind.kind === 'file') return [{ path: at, title: field.title }]
    return kind.kind === 'object' ? filePlaces(asSchema(field.schema), at) : []
  })
}

/** Where files go in data that follows no schema; nowhere in that of a schedule. */
export function freePlace({ type }: Trigger): FilePlace | undefined {
  switch (type) {
    case 'webhook':
      return { path: ['body', 'file'], title: undefined }
    case 'event':
      return { path: ['payload', 'file'], title: undefined }
    case 'manual':
      return { path: ['file'], title: undefined }
    case 'schedule':
    case 'connector':
      return undefined
  }
}

/** The data with a value at a path; what is no object on the way there becomes one. */
export function putAt(data: JsonValue, [name, ...rest]: readonly string[], value: JsonValue): JsonValue {
  if (name === undefined) return value
  const isObject = typeof data === 'object' && data !== null && !Array.isArray(data)
  // Checked above: arrays are the only other objects in JSON.
  const object = isObject ? (data as JsonObject) : {}
  return { ...object, [name]: putAt(object[name] ?? null, rest, value) }
}
