/** Finding one's way in JSON Schemas: references followed, variants looked through, lists by their items. */
import type { JsonObject, JsonValue } from '@inlay/engine'

/** A place in a value: names of fields, and `*` for the items of a list. */
export type FieldPath = readonly string[]

/** What stands for every item of a list. */
export const ANY_ITEM = '*'

const MOST_LEVELS = 12
const MOST_REFERENCES = 10
const MOST_FIELD_LEVELS = 6
const MOST_FIELDS = 5000

/** A schema in its document, which references point into. */
export interface PlacedSchema {
  readonly schema: JsonObject
  readonly root: JsonObject
}

/** The schema of a whole document. */
export function placed(document: JsonValue): PlacedSchema {
  const schema = asObject(document)
  return { schema, root: schema }
}

/** The schema without references and variants: all that it could be. */
function variantsOf({ schema, root }: PlacedSchema, level = 0): JsonObject[] {
  const resolved = follow(schema, root)
  if (level > MOST_LEVELS) return [resolved]
  const { anyOf, oneOf, allOf } = resolved
  const lists = [anyOf, oneOf, allOf].filter((list) => Array.isArray(list)).flat()
  if (lists.length === 0) return [resolved]
  const { anyOf: _anyOf, oneOf: _oneOf, allOf: _allOf, ...own } = resolved
  const variants = lists.flatMap((variant) => variantsOf({ schema: asObject(variant), root }, level + 1))
  return Object.keys(own).length === 0 ? variants : [own, ...variants]
}

/** What a field or item can be; undefined when the schema knows its fields and this is none of them. */
export function schemaAt(given: PlacedSchema, path: FieldPath): PlacedSchema | 'unknown' | undefined {
  let current = given
  for (const key of path) {
    const next = fieldAt(current, key)
    if (next === 'unknown' || next === undefined) return next
    current = next
  }
  return current
}

/** Whether a field is always there, as far as the schema says. */
export function isAlways(given: PlacedSchema, path: FieldPath): boolean {
  return path.every((key, index) => {
    const parent = schemaAt(given, path.slice(0, index))
    if (parent === undefined || parent === 'unknown') return false
    if (key === ANY_ITEM) return true
    const objects = variantsOf(parent).filter((variant) => variant['properties'] !== undefined)
    return objects.length > 0 && objects.every(({ required }) => Array.isArray(required) && required.includes(key))
  })
}

/** All fields that a schema names, outermost first; of a schema without end, as many as are worth comparing. */
export function fieldPaths(given: PlacedSchema): FieldPath[] {
  return pathsBelow(given, { level: 0, budget: { left: MOST_FIELDS } })
}

interface Descent {
  readonly level: number
  /** Shared by the whole schema: one that refers to itself in many places has no end. */
  readonly budget: { left: number }
}

function pathsBelow(given: PlacedSchema, { level, budget }: Descent): FieldPath[] {
  const paths = new Map<string, FieldPath>()
  for (const key of level > MOST_FIELD_LEVELS ? [] : keysOf(given)) {
    const inner = fieldAt(given, key)
    if (inner === undefined || budget.left-- <= 0) continue
    const own: FieldPath[] = key === ANY_ITEM ? [] : [[key]]
    const below = inner === 'unknown' ? [] : pathsBelow(inner, { level: level + 1, budget })
    for (const path of [...own, ...below.map((rest) => [key, ...rest])]) paths.set(JSON.stringify(path), path)
  }
  return [...paths.values()]
}

function keysOf(given: PlacedSchema): Set<string> {
  const variants = variantsOf(given)
  const names = variants.flatMap(({ properties }) => Object.keys(asObject(properties ?? {})))
  return new Set(variants.some(({ items }) => items !== undefined) ? [...names, ANY_ITEM] : names)
}

/** The types that a value can have; undefined when the schema does not say. */
export function typesOf(given: PlacedSchema): ReadonlySet<string> | undefined {
  const lists = variantsOf(given).map(typesOfVariant)
  return lists.some((list) => list === undefined) ? undefined : new Set(lists.flatMap((list) => list ?? []))
}

function typesOfVariant({ type, enum: choices, const: only }: JsonObject): string[] | undefined {
  if (typeof type === 'string') return [type]
  if (Array.isArray(type)) return type.map(String)
  if (Array.isArray(choices)) return choices.map(typeName)
  return only === undefined ? undefined : [typeName(only)]
}

/** The values that a field admits; undefined when there is no list of them. */
export function choicesOf(given: PlacedSchema): readonly JsonValue[] | undefined {
  const choices: JsonValue[] = []
  for (const { enum: list, const: only } of variantsOf(given)) {
    if (Array.isArray(list)) choices.push(...list)
    else if (only !== undefined) choices.push(only)
    else return undefined
  }
  return choices
}

/** An object, or an empty one for anything else. */
export function asObject(value: JsonValue): JsonObject {
  // What is neither a list nor plain is an object.
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : {}
}

function fieldAt(parent: PlacedSchema, key: string): PlacedSchema | 'unknown' | undefined {
  const { root } = parent
  let isOpen = false
  for (const variant of variantsOf(parent)) {
    const { properties, items, additionalProperties } = variant
    const isItem = key === ANY_ITEM || /^\d+$/.test(key)
    if (isItem && items !== undefined) return { schema: asObject(items), root }
    const field = properties === undefined ? undefined : own(asObject(properties), key)
    if (field !== undefined) return { schema: asObject(field), root }
    const isEmpty = Object.keys(variant).every((name) => ['title', 'description', '$schema', '$defs'].includes(name))
    const isBare = variant['type'] === 'object' && properties === undefined
    const isBareList = isItem && variant['type'] === 'array' && items === undefined
    isOpen ||= isEmpty || isBare || isBareList || (properties === undefined && additionalProperties !== undefined)
  }
  return isOpen ? 'unknown' : undefined
}

function follow(schema: JsonObject, root: JsonObject): JsonObject {
  let current = schema
  for (let count = 0; count < MOST_REFERENCES; count++) {
    const { $ref } = current
    if (typeof $ref !== 'string' || !$ref.startsWith('#')) return current
    const keys = $ref.slice(1).split('/').filter(Boolean)
    current = keys.reduce<JsonObject>((value, key) => asObject(own(value, key) ?? {}), root)
  }
  return {}
}

function own(record: JsonObject, key: string): JsonValue | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined
}

function typeName(value: JsonValue): string {
  if (value === null) return 'null'
  return Array.isArray(value) ? 'array' : typeof value
}
