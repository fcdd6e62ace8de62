import type { ValueKind } from '../contracts/evaluation.js'
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
  if (isForbiddenKey(key)) {
    const hint = 'Choose another name for the field.'
    throw forbiddenField(key, { message: `The name "${key}" is not allowed`, hint })
  }
  return key
}

/** The error of a name that no field may have. */
export function forbiddenField(name: string, said: { readonly message: string; readonly hint?: string }): ValueError {
  return new ValueError({ code: 'evaluation.forbidden_name', ...said, details: { name } })
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
  throw new ValueError({
    code: 'evaluation.wrong_key',
    message: `A field is named by a text or a number, not by ${kindOf(key)}`,
    details: { given: kindNameOf(key) },
  })
}

/** A number that JSON can hold. @throws ValueError otherwise */
export function finite(value: number, message: string): number {
  if (!Number.isFinite(value)) throw new ValueError({ code: 'evaluation.number_too_large', message })
  // Adding zero turns -0, which JSON does not know, into 0.
  return value + 0
}

/** What may stand in a list or object: undefined, which JSON lacks, becomes null. */
export function orNull(value: unknown): unknown {
  return value === undefined ? null : value
}

/** Which kind a value is of. */
export function kindNameOf(value: unknown): ValueKind {
  if (value === undefined) return 'nothing'
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'list'
  if (value instanceof Lambda) return 'function'
  switch (typeof value) {
    case 'string':
      return 'text'
    case 'number':
      return 'number'
    case 'boolean':
      return 'boolean'
    default:
      return 'object'
  }
}

const KIND_WORDS: Readonly<Record<ValueKind, string>> = {
  text: 'a text',
  number: 'a number',
  boolean: 'true or false',
  list: 'a list',
  object: 'an object',
  function: 'a function',
  null: 'null',
  nothing: 'nothing',
}

/** What people call the kind of a value. */
export function kindOf(value: unknown): string {
  return KIND_WORDS[kindNameOf(value)]
}

interface WrongKind {
  readonly wanted: ValueKind
  readonly value: unknown
  /** What needs it: a function or an operator, or in English words whatever has no name. */
  readonly what: string
  /** @default that `what` needs another kind */
  readonly message?: string
  readonly hint?: string | undefined
}

/** The error of a value of another kind than is wanted. */
export function wrongKind({ wanted, value, what, message, hint }: WrongKind): ValueError {
  return new ValueError({
    code: 'evaluation.wrong_kind',
    message: message ?? `${what} needs ${KIND_WORDS[wanted]}, but got ${kindOf(value)}`,
    hint,
    details: { wanted, given: kindNameOf(value), ...named(what) },
  })
}

/** A name for the details, which may be said in any language: English words for what has no name are left out. */
export function named(what: string): { readonly name?: string } {
  return what.includes(' ') ? {} : { name: what }
}

export function asText(value: unknown, what: string): string {
  if (typeof value === 'string') return value
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  throw wrongKind({ wanted: 'text', value, what })
}

export function asNumber(value: unknown, what: string): number {
  if (typeof value === 'number') return value
  throw wrongKind({ wanted: 'number', value, what })
}

export function asOptionalNumber(value: unknown, what: string): number | undefined {
  return value === undefined ? undefined : asNumber(value, what)
}

export function asList(value: unknown, what: string): readonly unknown[] {
  if (Array.isArray(value)) return value
  throw wrongKind({ wanted: 'list', value, what })
}

export function asRecord(value: unknown, what: string): Record<string, unknown> {
  if (isRecord(value)) return value
  throw wrongKind({ wanted: 'object', value, what })
}

export function asLambda(value: unknown, what: string): Lambda {
  if (value instanceof Lambda) return value
  const message = `${what} needs a function such as \`x => x.name\`, but got ${kindOf(value)}`
  throw wrongKind({ wanted: 'function', value, what, message })
}
