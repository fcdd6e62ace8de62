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
  if (typeof resolved === 'boolean' || depth > MAX_DEPTH) return undefined
  const { type } = resolved
  const isObjectType = type === 'object' || (Array.isArray(type) && type.includes('object'))
  if (type !== undefined && !isObjectType) return undefined
  if (!Object.keys(resolved).every((keyword) => FLAT.has(keyword))) return undefined
  const parts = [...(resolved['$ref'] === undefined ? [] : [{ $ref: resolved['$ref'] }]), ...listOr(resolved['allOf'])]
  const properties = new Map<string, SchemaNode>()
  const required = new Set<string>()
  let isOpen = resolved['additionalProperties'] === true || isObject(resolved['additionalProperties'])
  for (const part of parts) {
    if (typeof part !== 'boolean' && !isObject(part)) return undefined
    const shape = objectShape(part, definitions, depth + 1)
    if (shape === undefined) return undefined
    for (const [name, property] of shape.properties) properties.set(name, property)
    for (const name of shape.required) required.add(name)
    isOpen ||= shape.isOpen
  }
  for (const [name, property] of Object.entries(objectOr(resolved['properties']))) {
    if (typeof property === 'boolean' || isObject(property)) properties.set(name, property)
  }
  for (const name of listOr(resolved['required'])) if (typeof name === 'string') required.add(name)
  const examples = listOr(resolved['examples']).filter(isObject)
  return { properties, required, isOpen, examples }
}
