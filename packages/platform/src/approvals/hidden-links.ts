import type { JsonValue } from '@inlay/engine'

/** A link as `createWaitLinks` makes it, from the part that says what it is for. */
const LINK = /\/(approvals|callbacks)\/[\w-]{43}(?![\w-])/g

/**
 * Data without the tokens of links. A link is the right to decide, and who may look at runs need not have it: workflows
 * send links to people, so they stand in what their steps were given.
 */
export function hideLinks<T extends JsonValue | null>(value: T): T {
  // The walk leaves everything as it is but the texts, which stay texts.
  return walk(value) as T
}

function walk(value: JsonValue): JsonValue {
  if (typeof value === 'string') return value.replaceAll(LINK, '/$1/…')
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map(walk)
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, walk(member)]))
}
