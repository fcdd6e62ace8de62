import type { JsonObject, JsonValue } from '@inlay/engine'
import { isObject } from '../json.js'
import type { Notes } from '../notes.js'
import { referredName, type SchemaNode } from './node.js'

/** Keywords that look at the same value again, not at a part of it. */
const IN_PLACE = ['allOf', 'anyOf', 'oneOf', 'not', 'if', 'then', 'else'] as const

/**
 * Takes out references by which a schema would have to fit itself before it can be checked at all, such as an `allOf`
 * that names its own schema. Recursion through properties and items is fine, and stays.
 */
export function breakCircles(
  definitions: Record<string, SchemaNode>,
  /** Where the definitions to look at stand in the document. */
  added: ReadonlyMap<string, string>,
  notes: Notes,
): void {
  const state = new Map<string, 'open' | 'done'>()
  const visit = (name: string): void => {
    const node = definitions[name]
    if (node === undefined || typeof node === 'boolean') return
    state.set(name, 'open')
    definitions[name] = prune(node, (target) => {
      if (state.get(target) === 'open') {
        notes.add(
          'changed',
          added.get(name) ?? '',
          `It has to be a "${target}" in order to be one; that part is left out.`,
        )
        return false
      }
      if (!state.has(target) && added.has(target)) visit(target)
      return true
    })
    state.set(name, 'done')
  }
  for (const name of added.keys()) if (!state.has(name)) visit(name)
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
