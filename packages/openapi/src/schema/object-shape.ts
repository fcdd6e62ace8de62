import type { JsonObject } from '@inlay/engine'
import type { Definitions } from '../imported-connector.js'
import { isObject, listOr, objectOr } from '../json.js'
import { resolveNode, type SchemaNode } from './node.js'

/** An object whose fields are all known: what a form can show one by one. */
export interface ObjectShape {
  readonly properties: ReadonlyMap<string, SchemaNode>
  readonly required: ReadonlySet<string>
  /** Whether further fields are explicitly allowed. */
  readonly isOpen: boolean
  /** Of the whole object. */
  readonly examples: readonly JsonObject[]
}

/** Keywords that say nothing which a flat list of fields could not. */
const FLAT = new Set([
  '$ref',
  'type',
  'properties',
  'required',
  'allOf',
  'title',
  'description',
  'examples',
  'default',
  'additionalProperties',
  'deprecated',
  'format',
  'unevaluatedProperties',
  'contentMediaType',
])
const MAX_DEPTH = 20

/** The fields of an object, those of all parts of an `allOf` together; undefined when it is not as simple as that. */
export function objectShape(node: SchemaNode, definitions: Definitions, depth = 0): ObjectShape | undefined {
  const resolved = resolveNode(node, definitions)
  if (typeof resolved === 'boolean' || depth > MAX_DEPTH || !isFlatObject(resolved)) return undefined
  const parts = [...(resolved['$ref'] === undefined ? [] : [{ $ref: resolved['$ref'] }]), ...listOr(resolved['allOf'])]
  const shapes = parts.map((part) => (isObject(part) ? objectShape(part, definitions, depth + 1) : undefined))
  if (shapes.includes(undefined)) return undefined
  const all = [...shapes.filter((shape) => shape !== undefined), ownShape(resolved)]
  return {
    properties: new Map(all.flatMap(({ properties }) => [...properties])),
    required: new Set(all.flatMap(({ required }) => [...required])),
    isOpen: all.some(({ isOpen }) => isOpen),
    examples: ownShape(resolved).examples,
  }
}

function isFlatObject(node: JsonObject): boolean {
  const { type } = node
  const isObjectType = type === 'object' || (Array.isArray(type) && type.includes('object'))
  return (type === undefined || isObjectType) && Object.keys(node).every((keyword) => FLAT.has(keyword))
}

function ownShape(node: JsonObject): ObjectShape {
  const properties = Object.entries(objectOr(node['properties'])).filter(
    (entry): entry is [string, JsonObject | boolean] => typeof entry[1] === 'boolean' || isObject(entry[1]),
  )
  const required = listOr(node['required']).filter((name) => typeof name === 'string')
  const isOpen = node['additionalProperties'] === true || isObject(node['additionalProperties'])
  const examples = listOr(node['examples']).filter(isObject)
  return { properties: new Map(properties), required: new Set(required), isOpen, examples }
}
