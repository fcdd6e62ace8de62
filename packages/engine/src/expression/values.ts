import { ValueError } from './failure.js'

/** An arrow function of the expression: may be handed to a method of a list, and nothing else. */
export class Lambda {
  constructor(readonly call: (...values: unknown[]) => unknown) {}
}

/** Whether a value is a plain object: the only kind with properties. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Lambda)
}

const FORBIDDEN_KEYS = new Set(['__proto__', 'constructor', 'prototype'])

/** Names no object made by an expression may have: host code that merges objects trips over them. */
export function isForbiddenKey(key: string): boolean {
  return FORBIDDEN_KEYS.has(key)
}

/** @throws ValueError for a forbidden name */
export function assertKey(key: string): string {
  if (isForbiddenKey(key)) throw new ValueError(`The name "${key}" is not allowed`)
  return key
}

/** Reads an own property of plain data; undefined when there is none. */
export function readProperty(object: unknown, key: unknown): unknown {
  if (Array.isArray(object) || typeof object === 'string') {
    if (typeof key === 'number') return object[key]
    if (key === 'length') return object.length
    return undefined
  }
  if (!isRecord(object)) return undefined
  const name = typeof key === 'string' ? key : toText(key)
  return Object.hasOwn(object, name) && !isForbiddenKey(name) ? object[name] : undefined
}

/** The text of a value inside other text: nothing for null and undefined, JSON for lists and objects. */
export function toText(value: unknown): string {
  if (typeof value === 'string') return value
  if (value === null || value === undefined) return ''
  if (typeof value === 'object') {
    if (value instanceof Lambda) throw new ValueError('A function cannot be used as a value')
    return JSON.stringify(value)
  }
  return String(value)
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
