import type { JsonObject, JsonValue } from '@inlay/engine'
import { isObject } from '../json.js'
import type { Notes } from '../notes.js'
import { referredName, type SchemaNode } from './node.js'

/** Keywords that look at the same value again, not at a part of it. */
const IN_PLACE = ['allOf', 'anyOf', 'oneOf', 'not', 'if', 'then', 'else'] as const
/** How many schemas one value may have to be held against: parts that name each other twice grow without measure. */
const MAX_WEIGHT = 5000

/** What is known of the definitions that were looked at before. */
export type Weights = Map<string, number>

/** Definitions to look at. */
export interface CircleContext {
  /** Where each of them stands in the document. */
  readonly added: ReadonlyMap<string, string>
  /** By how many schemas a value is checked; kept from one look to the next. */
  readonly weights: Weights
  readonly notes: Notes
}

/**
 * Takes out references by which a schema would have to fit itself before it can be checked at all, such as an `allOf`
 * that names its own schema, and those that would make a check endless for practical purposes. Recursion through
 * properties and items is fine, and stays.
 */
export function breakCircles(definitions: Record<string, SchemaNode>, { added, weights, notes }: CircleContext): void {
  const open = new Set<string>()
  const visit = (name: string): void => {
    const node = definitions[name]
    let weight = 1
    open.add(name)
    const keep = (target: string): boolean => {
      const refuse = (reason: string): false => {
        notes.add('changed', added.get(name) ?? '', `${reason}; that part is left out.`)
        return false
      }
      if (open.has(target)) return refuse(`It has to be a "${target}" in order to be one`)
      if (!weights.has(target) && added.has(target)) visit(target)
      weight += weights.get(target) ?? 1
      return weight <= MAX_WEIGHT || refuse(`Its parts name more than ${MAX_WEIGHT} others`)
    }
    if (node !== undefined && typeof node !== 'boolean') definitions[name] = prune(node, keep)
    open.delete(name)
    weights.set(name, Math.min(weight, MAX_WEIGHT))
  }
  for (const name of added.keys()) if (!weights.has(name)) visit(name)
}

/** The node without the in-place references that `keep` refuses. */
function prune(node: JsonObject, keep: (name: string) => boolean): JsonObject {
  const name = referredName(node)
  let pruned: JsonObject = node
  if (name !== undefined && !keep(name)) {
    const { $ref: _, ...rest } = node
    pruned = rest
  }
  for (const keyword of IN_PLACE) {
    const given = pruned[keyword]
    if (given === undefined) continue
    const changed = Array.isArray(given) ? given.map((part) => pruneValue(part, keep)) : pruneValue(given, keep)
    pruned = { ...pruned, [keyword]: changed }
  }
  return pruned
}

function pruneValue(value: JsonValue, keep: (name: string) => boolean): JsonValue {
  return isObject(value) ? prune(value, keep) : value
}
