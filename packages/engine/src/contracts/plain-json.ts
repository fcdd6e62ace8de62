import { StepError } from './errors.js'
import type { JsonValue } from './json.js'

/** Bounds of a value that crosses from a connector or caller into a run. */
export interface PlainJsonLimits {
  /** Estimated bytes as JSON text. */
  readonly maxBytes: number
  /** Lists and objects within each other. @default 64 */
  readonly maxDepth?: number
  /** What the value is, for messages. @default 'value' */
  readonly name?: string
}

/**
 * A copy of `value` as plain JSON: undefined fields left out, dates as ISO texts, not-a-number as null.
 *
 * @throws StepError `bug` for functions, symbols and big integers, `limit` when it is too deep (or circular) or too large
 */
export function toPlainJson(value: unknown, limits: PlainJsonLimits): JsonValue {
  return measurePlainJson(value, limits).value
}

/**
 * As `toPlainJson`, with the estimated bytes of the copy as JSON text.
 *
 * @throws StepError as `toPlainJson` does
 */
export function measurePlainJson(
  value: unknown,
  { maxBytes, maxDepth = 64, name = 'value' }: PlainJsonLimits,
): { readonly value: JsonValue; readonly bytes: number } {
  let bytes = 0
  const grow = (size: number): void => {
    bytes += size
    if (bytes > maxBytes) {
      throw new StepError('limit', `The ${name} is too large`, {
        detail: `At most ${maxBytes} bytes of JSON are allowed.`,
      })
    }
  }
  const copy = (current: unknown, depth: number): JsonValue => {
    if (depth > maxDepth) {
      throw new StepError('limit', `The ${name} is nested too deeply`, {
        detail: `At most ${maxDepth} levels of lists and objects are allowed; a circular value has no end.`,
      })
    }
    switch (typeof current) {
      case 'string':
        grow(current.length + 2)
        return current
      case 'boolean':
        grow(5)
        return current
      case 'number':
        grow(8)
        return Number.isFinite(current) ? current : null
      case 'undefined':
        grow(5)
        return null
      case 'object':
        if (current !== null) return copyObject(current, depth)
        grow(5)
        return null
      default:
        throw new StepError('bug', `A ${typeof current} is not data`, {
          detail: 'Only texts, numbers, true, false, null, lists and plain objects can be kept.',
        })
    }
  }
  const copyObject = (object: object, depth: number): JsonValue => {
    grow(2)
    if (Array.isArray(object)) return copyList(object, depth)
    if ('toJSON' in object && typeof object.toJSON === 'function') return copy(object.toJSON(), depth + 1)
    const result: Record<string, JsonValue> = {}
    for (const [key, child] of Object.entries(object)) {
      if (child === undefined || key === '__proto__') continue
      grow(key.length + 4)
      result[key] = copy(child, depth + 1)
    }
    return result
  }
  const copyList = (list: readonly unknown[], depth: number): JsonValue => {
    // A list can say that it has billions of items and hold none; each takes a byte at least.
    if (list.length > maxBytes - bytes) grow(list.length)
    return Array.from(list, (item) => copy(item, depth + 1))
  }
  const result = copy(value, 0)
  return { value: result, bytes }
}
