import type { JsonObject, JsonValue } from '@inlay/engine'
import type { Definitions } from '../imported-connector.js'
import { isObject, textOr } from '../json.js'

/** A JSON Schema (draft 2020-12) whose references lead to `#/$defs/`. */
export type SchemaNode = JsonObject | boolean

const PREFIX = '#/$defs/'

/** A reference to a shared schema. Names are made of letters, digits, `_`, `.` and `-`, so nothing is escaped. */
export function referenceTo(name: string): JsonObject {
  return { $ref: PREFIX + name }
}

/** The name of the shared schema that a node refers to. */
export function referredName(node: SchemaNode): string | undefined {
  const reference = typeof node === 'boolean' ? undefined : textOr(node['$ref'])
  return reference?.startsWith(PREFIX) === true ? reference.slice(PREFIX.length) : undefined
}

/** Keywords that say nothing about what fits. */
const ANNOTATIONS: ReadonlySet<string> = new Set(['title', 'description', 'deprecated', 'examples', 'default'])
const MAX_HOPS = 50

/**
 * What a node is, with references followed that stand alone or beside words for people, which are kept. Circles of
 * references alone were broken when they were imported.
 */
export function resolveNode(node: SchemaNode, definitions: Definitions): SchemaNode {
  let current = node
  let words: JsonObject = {}
  for (let hops = 0; hops < MAX_HOPS; hops++) {
    const name = referredName(current)
    if (name === undefined || typeof current === 'boolean') break
    const { $ref: _, ...siblings } = current
    if (!Object.keys(siblings).every((keyword) => ANNOTATIONS.has(keyword))) break
    words = { ...siblings, ...words }
    current = definitionOf(definitions, name) ?? true
  }
  return typeof current === 'boolean' || Object.keys(words).length === 0 ? current : { ...current, ...words }
}

/** A shared schema by name. */
export function definitionOf(definitions: Definitions, name: string): SchemaNode | undefined {
  return Object.hasOwn(definitions, name) ? definitions[name] : undefined
}

/** Names of the shared schemas that a node needs, directly or through others; without `known` and what those need. */
export function reachableNames(
  node: SchemaNode,
  definitions: Definitions,
  known: ReadonlySet<string> = new Set(),
): Set<string> {
  const found = new Set<string>()
  const open = [...directNames(node)]
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    if (found.has(name) || known.has(name)) continue
    found.add(name)
    open.push(...namesOfDefinition(name, definitions))
  }
  return found
}

/** What each shared schema refers to: they are walked through once, however many actions need them. */
const REFERRED = new WeakMap<object, readonly string[]>()

function namesOfDefinition(name: string, definitions: Definitions): readonly string[] {
  const definition = definitionOf(definitions, name)
  if (!isObject(definition)) return []
  const names = REFERRED.get(definition) ?? [...directNames(definition)]
  REFERRED.set(definition, names)
  return names
}

function directNames(node: SchemaNode): Set<string> {
  const names = new Set<string>()
  const open: JsonValue[] = [node]
  for (let value = open.pop(); value !== undefined; value = open.pop()) {
    if (!isObject(value)) continue
    const name = referredName(value)
    if (name !== undefined) names.add(name)
    open.push(...schemasIn(value))
  }
  return names
}

/** Keywords whose values are data, not schemas. */
const DATA_KEYWORDS: ReadonlySet<string> = new Set(['const', 'enum', 'default', 'examples', 'required', 'type'])
/** Keywords whose values hold schemas by names of any kind. */
const MAP_KEYWORDS: ReadonlySet<string> = new Set(['properties', 'patternProperties', 'dependentSchemas', '$defs'])

/** The schemas directly within a schema. */
function schemasIn(node: JsonObject): JsonValue[] {
  return Object.entries(node).flatMap(([keyword, value]) => {
    if (DATA_KEYWORDS.has(keyword) || typeof value !== 'object' || value === null) return []
    if (Array.isArray(value)) return value
    return MAP_KEYWORDS.has(keyword) ? Object.values(value) : [value]
  })
}

/** A copy of a schema in which each schema's own keywords were changed; those within come first. */
export function mapSchemas(node: JsonObject, change: (node: JsonObject) => JsonObject): JsonObject {
  const ofValue = (value: JsonValue): JsonValue => {
    if (Array.isArray(value)) return value.map(ofValue)
    return isObject(value) ? mapSchemas(value, change) : value
  }
  const copied = Object.entries(node).map(([keyword, value]): [string, JsonValue] => {
    if (DATA_KEYWORDS.has(keyword)) return [keyword, value]
    if (!MAP_KEYWORDS.has(keyword) || !isObject(value)) return [keyword, ofValue(value)]
    return [keyword, Object.fromEntries(Object.entries(value).map(([name, schema]) => [name, ofValue(schema)]))]
  })
  return change(Object.fromEntries(copied))
}

/** A node as a document of its own: with the shared schemas that it needs, and no others. */
export function standalone(node: SchemaNode, definitions: Definitions): JsonObject {
  const object = node === true ? {} : node === false ? { not: {} } : node
  const names = [...reachableNames(object, definitions)]
  if (names.length === 0) return object
  return { ...object, $defs: Object.fromEntries(names.map((name) => [name, definitionOf(definitions, name) ?? {}])) }
}
