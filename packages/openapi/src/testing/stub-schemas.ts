import { dereference, type Schema } from '@cfworker/json-schema'
import type { JsonObject, JsonValue } from '@inlay/engine'
import { isObject, objectOr, textOr } from '../json.js'
import { follow } from './stub-routes.js'

/** A document whose schemas a validator understands, and where its references lead. */
export interface ReadableDocument {
  readonly document: JsonObject
  readonly lookup: SchemaLookup
}

/** Schemas by the address that references to them resolve to. */
export type SchemaLookup = Record<string, Schema | boolean>

/** Where the validator resolves references against, unless it is told otherwise. */
export const BASE = new URL('https://github.com/cfworker')

/** Reads the schemas of an OpenAPI 3 document as JSON Schema. */
export function readSchemas(given: JsonObject): ReadableDocument {
  const document = objectOr(asJsonSchema(given, readOnlyNames(given)))
  const lookup: SchemaLookup = dereference(document as Schema)
  registerTargets(document, lookup)
  return { document, lookup }
}

/** The validator does not look into lists such as `parameters`, where documents have schemas and references to them. */
function registerTargets(document: JsonObject, lookup: SchemaLookup): void {
  const visit = (value: JsonValue): void => {
    if (Array.isArray(value)) value.forEach(visit)
    if (!isObject(value)) return
    const reference = textOr(value['$ref'])
    const uri = reference === undefined ? undefined : new URL(reference, BASE).href
    if (reference !== undefined && uri !== undefined && lookup[uri] === undefined) {
      dereference(follow(document, value) as Schema, lookup, BASE, reference.slice(1))
    }
    for (const member of Object.values(value)) visit(member)
  }
  visit(document)
}

/** The document with its schemas as a validator of JSON Schema reads them; in place, so that references stay right. */
function asJsonSchema(value: JsonValue, readOnly: ReadonlySet<string>): JsonValue {
  if (Array.isArray(value)) return value.map((item) => asJsonSchema(item, readOnly))
  if (!isObject(value)) return value
  const members = Object.entries(value).filter(([key, member]) => !(DROPPED.has(key) && typeof member !== 'object'))
  const node = Object.fromEntries(
    members.map(([key, member]) => [
      key,
      key === 'enum' || key === 'default' ? member : asJsonSchema(member, readOnly),
    ]),
  )
  return { ...node, ...withNull(value), ...bounds(value), ...withoutReadOnly(value, readOnly), ...loose(node) }
}

const DROPPED = new Set(['format', 'pattern', 'example', 'id', '$id', 'exclusiveMinimum', 'exclusiveMaximum', 'oneOf'])

function withNull({ nullable, type, enum: choices }: JsonObject): JsonObject {
  if (nullable !== true) return {}
  return {
    ...(typeof type === 'string' ? { type: [type, 'null'] } : {}),
    ...(Array.isArray(choices) ? { enum: [...choices, null] } : {}),
  }
}

function bounds(node: JsonObject): JsonObject {
  const entries = [
    ['exclusiveMinimum', 'minimum'],
    ['exclusiveMaximum', 'maximum'],
  ].flatMap(([flag = '', bound = '']): [string, JsonValue][] => {
    const value = node[flag] === true ? node[bound] : node[flag]
    return typeof value === 'number' ? [[flag, value]] : []
  })
  return Object.fromEntries(entries)
}

/** Names may be demanded in another part of an `allOf` than where they are described. */
function withoutReadOnly({ required }: JsonObject, readOnly: ReadonlySet<string>): JsonObject {
  return Array.isArray(required) ? { required: required.filter((name) => !readOnly.has(String(name))) } : {}
}

function readOnlyNames(value: JsonValue, names = new Set<string>()): Set<string> {
  if (Array.isArray(value)) for (const item of value) readOnlyNames(item, names)
  if (!isObject(value)) return names
  for (const [name, property] of Object.entries(objectOr(value['properties']))) {
    if (objectOr(property)['readOnly'] === true) names.add(name)
  }
  for (const member of Object.values(value)) readOnlyNames(member, names)
  return names
}

/** Variants overlap in many documents, and services take what fits any of them. */
function loose({ oneOf }: JsonObject): JsonObject {
  return Array.isArray(oneOf) ? { anyOf: oneOf, oneOf: [{}] } : {}
}
