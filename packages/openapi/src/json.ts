import type { JsonObject, JsonValue } from '@inlay/engine'

/** Whether a value is an object, not a list. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** An object as it is, and nothing in place of anything else. */
export function objectOr(value: JsonValue | undefined): JsonObject {
  return isObject(value) ? value : {}
}

/** A list as it is, and nothing in place of anything else. */
export function listOr(value: JsonValue | undefined): readonly JsonValue[] {
  return Array.isArray(value) ? value : []
}

/** A text as it is, undefined in place of anything else. */
export function textOr(value: JsonValue | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined
}

/** A member of an object that is its own. */
export function own(object: JsonObject, key: string): JsonValue | undefined {
  return Object.hasOwn(object, key) ? object[key] : undefined
}

/** The value at a path; undefined when there is none. */
export function valueAt(value: JsonValue | undefined, path: readonly string[]): JsonValue | undefined {
  let current = value
  for (const key of path) {
    if (Array.isArray(current)) current = /^\d+$/.test(key) ? current[Number(key)] : undefined
    else current = isObject(current) ? own(current, key) : undefined
  }
  return current
}

/** A copy of a value with another value at a path. */
export function withValueAt(value: JsonValue, [key, ...rest]: readonly string[], replacement: JsonValue): JsonValue {
  if (key === undefined) return replacement
  const object = objectOr(value)
  return { ...object, [key]: withValueAt(own(object, key) ?? {}, rest, replacement) }
}

/** The keys of a JSON Pointer (RFC 6901), with or without `#` before it. */
export function pointerPath(pointer: string): string[] {
  const text = pointer.replace(/^#/, '')
  if (text === '' || text === '/') return []
  return text.replace(/^\//, '').split('/').map(unescapeKey)
}

/** One key of a JSON Pointer. */
export function pointerKey(key: string): string {
  return key.replaceAll('~', '~0').replaceAll('/', '~1')
}

function unescapeKey(part: string): string {
  let decoded = part
  try {
    decoded = decodeURIComponent(part)
  } catch {
    // A `%` that begins no escape stands for itself.
  }
  return decoded.replaceAll('~1', '/').replaceAll('~0', '~')
}
