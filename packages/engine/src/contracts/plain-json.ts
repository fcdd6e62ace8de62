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
  limits: PlainJsonLimits,
): { readonly value: JsonValue; readonly bytes: number } {
  const copier = new PlainCopier(limits)
  return { value: copier.copy(value, 0), bytes: copier.bytes }
}

const MAX_DEPTH = 64

class PlainCopier {
  /** Of what has been copied so far. */
  bytes = 0
  readonly #maxBytes: number
  readonly #maxDepth: number
  readonly #name: string

  constructor({ maxBytes, maxDepth = MAX_DEPTH, name = 'value' }: PlainJsonLimits) {
    this.#maxBytes = maxBytes
    this.#maxDepth = maxDepth
    this.#name = name
  }

  copy(value: unknown, depth: number): JsonValue {
    if (depth > this.#maxDepth) {
      throw new StepError('limit', `The ${this.#name} is nested too deeply`, {
        detail: `At most ${this.#maxDepth} levels of lists and objects are allowed; a circular value has no end.`,
      })
    }
    switch (typeof value) {
      case 'string':
        this.#grow(value.length + 2)
        return value
      case 'boolean':
        this.#grow(5)
        return value
      case 'number':
        this.#grow(8)
        return Number.isFinite(value) ? value : null
      case 'undefined':
        this.#grow(5)
        return null
      case 'object':
        if (value !== null) return this.#copyObject(value, depth)
        this.#grow(5)
        return null
      default:
        throw new StepError('bug', `A ${typeof value} is not data`, {
          detail: 'Only texts, numbers, true, false, null, lists and plain objects can be kept.',
        })
    }
  }

  #copyObject(object: object, depth: number): JsonValue {
    this.#grow(2)
    if (Array.isArray(object)) return this.#copyList(object, depth)
    if ('toJSON' in object && typeof object.toJSON === 'function') return this.copy(object.toJSON(), depth + 1)
    const result: Record<string, JsonValue> = {}
    for (const [key, child] of Object.entries(object)) {
      if (child === undefined || key === '__proto__') continue
      this.#grow(key.length + 4)
      result[key] = this.copy(child, depth + 1)
    }
    return result
  }

  #copyList(list: readonly unknown[], depth: number): JsonValue {
    // A list can say that it has billions of items and hold none; each takes a byte at least.
    if (list.length > this.#maxBytes - this.bytes) this.#grow(list.length)
    return Array.from(list, (item) => this.copy(item, depth + 1))
  }

  #grow(size: number): void {
    this.bytes += size
    if (this.bytes <= this.#maxBytes) return
    throw new StepError('limit', `The ${this.#name} is too large`, {
      detail: `At most ${this.#maxBytes} bytes of JSON are allowed.`,
    })
  }
}
