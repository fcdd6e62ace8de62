import type { Definitions } from '../imported-connector.js'
import { isObject, listOr } from '../json.js'
import { resolveNode, type SchemaNode } from './node.js'

const MAX_DEPTH = 10

/** What a value may be at its top, as `typeof` tells it, with `array` and `null`; undefined when it may be anything. */
export function topKinds(node: SchemaNode, definitions: Definitions, depth = 0): Set<string> | undefined {
  const resolved = resolveNode(node, definitions)
  if (!isObject(resolved) || depth > MAX_DEPTH) return undefined
  const { type } = resolved
  const types = (Array.isArray(type) ? type : [type]).filter((one) => typeof one === 'string')
  if (types.length > 0) return new Set(types.map((one) => (one === 'integer' ? 'number' : one)))
  const variants = [...listOr(resolved['anyOf']), ...listOr(resolved['oneOf'])]
  const parts = listOr(resolved['allOf'])
  if (variants.length === 0 && parts.length === 0) return undefined
  const inner = (list: typeof parts) =>
    list.map((part) => (isObject(part) ? topKinds(part, definitions, depth + 1) : undefined))
  const known = inner(parts).find((kinds) => kinds !== undefined)
  if (known !== undefined || variants.length === 0) return known
  const all = inner(variants)
  return all.includes(undefined) ? undefined : new Set(all.flatMap((kinds) => [...(kinds ?? [])]))
}
