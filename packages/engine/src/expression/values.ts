import { ValueError } from './failure.js'

/** An arrow function of the expression: stands as an argument where a function is asked for, and nowhere else. */
export class Lambda {
  constructor(readonly call: (...values: unknown[]) => unknown) {}
}

/** Whether a value is a plain object: the only kind with named fields. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Lambda)
}

/** Names no object made by an expression may have: host code that merges objects trips over them. */
export function isForbiddenKey(key: string): boolean {
  return key === '__proto__' || key === 'constructor' || key === 'prototype'
}

/** @throws ValueError for a forbidden name */
export function assertKey(key: string): string {
  if (isForbiddenKey(key))
    throw new ValueError(`The name "${key}" is not allowed`, 'Choose another name for the field.')
  return key
}

/** A field of plain data by a name known to be allowed; undefined when there is none. */
export function readField(value: unknown, name: string): unknown {
  if (typeof value === 'object' && value !== null) {
    if (Array.isArray(value)) return name === 'length' ? value.length : undefined
    // Own properties only, so that nothing of the host's prototypes is ever reached.
    return Object.hasOwn(value, name) ? (value as Record<string, unknown>)[name] : undefined
  }
  return typeof value === 'string' && name === 'length' ? value.length : undefined
}

/** An element by its position; undefined when there is none. */
export function readElement(value: unknown, index: number): unknown {
  if (Array.isArray(value)) return Object.hasOwn(value, index) ? value[index] : undefined
  if (typeof value === 'string') return value[index]
  return readField(value, String(index))
}

/**
 * A field or element by a computed key.
 *
 * @throws ValueError when the key is no text or number, or is a forbidden name
 */
export function readProperty(value: unknown, key: unknown): unknown {
  if (typeof key === 'number') return readElement(value, key)
  if (typeof key === 'string') return readField(value, assertKey(key))
  throw new ValueError(`A field is named by a text or a number, not by ${kindOf(key)}`)
}

/** A number that JSON can hold. @throws ValueError otherwise */
export function finite(value: number, message: string): number {
  if (!Number.isFinite(value)) throw new ValueError(message)
  // Adding zero turns -0, which JSON does not know, into 0.
  return value + 0
}

/** What may stand in a list or object: undefined, which JSON lacks, becomes null. */
export function orNull(value: unknown): unknown {
  return value === undefined ? null : value
}

/** What people call the kind of a value. */
export function kindOf(value: unknown): string {
  if (value === undefined) return 'nothing'
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'a list'
  if (value instanceof Lambda) return 'a function'
  if (typeof value === 'object') return 'an object'
  return typeof value === 'boolean' ? 'true or false' : `a ${typeof value === 'string' ? 'text' : typeof value}`
}

export function asText(value: unknown, what: string): string {
  if (typeof value === 'string') return value
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  throw new ValueError(`${what} needs a text, but got ${kindOf(value)}`)
}

export function asNumber(value: unknown, what: string): number {
  if (typeof value === 'number') return value
  throw new ValueError(`${what} needs a number, but got ${kindOf(value)}`)
}

export function asOptionalNumber(value: unknown, what: string): number | undefined {
  return value === undefined ? undefined : asNumber(value, what)
}

export function asList(value: unknown, what: string): readonly unknown[] {
  if (Array.isArray(value)) return value
  throw new ValueError(`${what} needs a list, but got ${kindOf(value)}`)
}

export function asRecord(value: unknown, what: string): Record<string, unknown> {
  if (isRecord(value)) return value
  throw new ValueError(`${what} needs an object, but got ${kindOf(value)}`)
}

export function asLambda(value: unknown, what: string): Lambda {
  if (value instanceof Lambda) return value
  throw new ValueError(`${what} needs a function such as \`x => x.name\`, but got ${kindOf(value)}`)
}
