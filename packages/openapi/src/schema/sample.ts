import type { JsonObject, JsonValue } from '@inlay/engine'
import type { Definitions } from '../imported-connector.js'
import { isObject, listOr, objectOr } from '../json.js'
import { resolveNode, type SchemaNode } from './node.js'
import { sampleOfPattern } from './pattern-sample.js'

/** How much of a schema a sample shows. */
export interface SampleStyle {
  /** Whether examples of the document are used. */
  readonly examples: boolean
  /** Whether fields that may be left out are there. */
  readonly optional: boolean
}

const MAX_VALUES = 150
/** Where variants lead to variants, not all ways are tried. */
const MAX_TRIED = 5000
const MAX_OPTIONAL_DEPTH = 4
const MAX_DEPTH = 16

/** A value that should fit a schema; undefined when none is found. Check it: this is a good guess, no proof. */
export function sampleOf(node: SchemaNode, definitions: Definitions, style: SampleStyle): JsonValue | undefined {
  return new Sampler(definitions, style).value(node, 0)
}

class Sampler {
  readonly #definitions: Definitions
  readonly #style: SampleStyle
  #values = 0

  constructor(definitions: Definitions, style: SampleStyle) {
    this.#definitions = definitions
    this.#style = style
  }

  value(node: SchemaNode, depth: number, wanted?: JsonObject): JsonValue | undefined {
    const resolved = resolveNode(node, this.#definitions)
    this.#values++
    if (resolved === false || depth > MAX_DEPTH || this.#values > MAX_TRIED) return undefined
    if (resolved === true) return 'sample'
    const merged = this.#merged(wanted === undefined ? resolved : mergeNodes(wanted, resolved), 0)
    return merged === undefined ? undefined : this.#ofNode(merged, depth)
  }

  /** A node with the parts that it must fit too, as far as they are objects or bounds. */
  #merged(node: JsonObject, hops: number): JsonObject | undefined {
    const parts = [...(node['$ref'] === undefined ? [] : [{ $ref: node['$ref'] }]), ...listOr(node['allOf'])]
    if (parts.length === 0) return node
    if (hops > MAX_DEPTH) return undefined
    const { $ref: _ref, allOf: _allOf, ...rest } = node
    let merged: JsonObject = rest
    for (const part of parts) {
      const resolved = resolveNode(isObject(part) ? part : part !== false, this.#definitions)
      if (resolved === false) return undefined
      if (resolved === true) continue
      const inner = this.#merged(resolved, hops + 1)
      if (inner === undefined) return undefined
      merged = mergeNodes(merged, inner)
    }
    return merged
  }

  #ofNode(node: JsonObject, depth: number): JsonValue | undefined {
    if (node['const'] !== undefined) return node['const']
    const [example] = this.#style.examples ? listOr(node['examples']) : []
    if (example !== undefined && (example !== null || allowsNull(node))) return example
    const choices = listOr(node['enum'])
    if (choices.length > 0) return choices.find((choice) => choice !== null) ?? null
    if (this.#style.examples && node['default'] !== undefined) return node['default']
    const variants = [...listOr(node['anyOf']), ...listOr(node['oneOf'])]
    if (variants.length > 0) return this.#ofVariant(node, variants, depth)
    return this.#ofType(node, depth)
  }

  #ofVariant(node: JsonObject, variants: readonly JsonValue[], depth: number): JsonValue | undefined {
    const { anyOf: _any, oneOf: _one, ...rest } = node
    const isNull = (variant: JsonValue): boolean => isObject(variant) && variant['type'] === 'null'
    for (const variant of [...variants].sort((a, b) => Number(isNull(a)) - Number(isNull(b)))) {
      if (!isObject(variant) && variant !== true) continue
      const value = this.value(variant, depth + 1, rest)
      if (value !== undefined) return value
    }
    return undefined
  }

  #ofType(node: JsonObject, depth: number): JsonValue | undefined {
    switch (typeOf(node)) {
      case 'object':
        return this.#object(node, depth)
      case 'array':
        return this.#array(node, depth)
      case 'integer':
      case 'number':
        return sampleNumber(node, typeOf(node) === 'integer')
      case 'boolean':
        return true
      case 'null':
        return null
      default:
        return sampleText(node)
    }
  }

  #object(node: JsonObject, depth: number): JsonValue | undefined {
    const required = new Set(listOr(node['required']).filter((name) => typeof name === 'string'))
    const properties = objectOr(node['properties'])
    const showsOptional = this.#style.optional && depth < MAX_OPTIONAL_DEPTH
    const shown = Object.keys(properties).filter((name) => required.has(name) || showsOptional)
    const extra = [...required].filter((name) => !Object.hasOwn(properties, name))
    const additional = node['additionalProperties']
    const least = typeof node['minProperties'] === 'number' ? Math.min(node['minProperties'], 20) : 0
    const isMap = shown.length === 0 && isObject(additional) && showsOptional
    const wanted = isMap ? Math.max(least, 1) : least
    for (let count = 1; shown.length + extra.length < wanted; count++) extra.push(`key${count}`)
    const result: [string, JsonValue][] = []
    for (const name of [...shown, ...extra]) {
      if (!required.has(name) && this.#values > MAX_VALUES) continue
      const value = this.value(toNode(Object.hasOwn(properties, name) ? properties[name] : additional), depth + 1)
      if (value !== undefined) result.push([name, value])
      else if (required.has(name)) return undefined
    }
    return Object.fromEntries(result)
  }

  #array(node: JsonObject, depth: number): JsonValue | undefined {
    const least = typeof node['minItems'] === 'number' ? node['minItems'] : 0
    if (least > 100) return undefined
    const tuple = listOr(node['prefixItems']).map((part) => this.value(toNode(part), depth + 1))
    if (tuple.some((item) => item === undefined)) return least === 0 ? [] : undefined
    // Undefined items were just ruled out.
    const items = tuple as JsonValue[]
    const wanted = Math.max(least, items.length > 0 || node['maxItems'] === 0 || depth > MAX_DEPTH / 2 ? 0 : 1)
    while (items.length < wanted) {
      const item = this.value(toNode(node['items']), depth + 1)
      if (item === undefined) return items.length >= least ? items : undefined
      items.push(node['uniqueItems'] === true ? distinct(item, items) : item)
    }
    return items
  }
}

function toNode(value: JsonValue | undefined): SchemaNode {
  return isObject(value) ? value : value !== false
}

/** Both nodes' demands in one, as far as a sample needs it. */
function mergeNodes(a: JsonObject, b: JsonObject): JsonObject {
  const properties = { ...objectOr(a['properties']), ...objectOr(b['properties']) }
  const required = [...listOr(a['required']), ...listOr(b['required'])]
  const examples = [...listOr(a['examples']), ...listOr(b['examples'])]
  const allOf = [...listOr(a['allOf']), ...listOr(b['allOf'])]
  const variants = [...listOr(a['anyOf']), ...listOr(b['anyOf'])]
  const { additionalProperties } = a['additionalProperties'] === false ? a : { ...a, ...b }
  // An example of one part lacks what the other parts demand.
  const isWhole =
    Object.keys(objectOr(a['properties'])).length === 0 || Object.keys(objectOr(b['properties'])).length === 0
  const { examples: _a, ...plainA } = a
  const { examples: _b, ...plainB } = b
  return {
    ...plainB,
    ...plainA,
    ...(Object.keys(properties).length === 0 ? {} : { properties }),
    ...(required.length === 0 ? {} : { required }),
    ...(examples.length === 0 || !isWhole ? {} : { examples }),
    ...(allOf.length === 0 ? {} : { allOf }),
    ...(variants.length === 0 ? {} : { anyOf: variants }),
    ...(additionalProperties === undefined ? {} : { additionalProperties }),
  }
}

function typeOf(node: JsonObject): string {
  const { type } = node
  const named = Array.isArray(type) ? type.find((one) => one !== 'null') : type
  if (typeof named === 'string') return named
  if (Array.isArray(type)) return 'null'
  if (node['properties'] !== undefined || node['required'] !== undefined || isObject(node['additionalProperties']))
    return 'object'
  if (node['items'] !== undefined || node['prefixItems'] !== undefined) return 'array'
  if (node['minimum'] !== undefined || node['maximum'] !== undefined) return 'number'
  return 'string'
}

function allowsNull({ type }: JsonObject): boolean {
  return type === undefined || type === 'null' || (Array.isArray(type) && type.includes('null'))
}

const FORMATS: Readonly<Record<string, string>> = {
  'date-time': '2026-01-31T09:30:00Z',
  date: '2026-01-31',
  time: '09:30:00Z',
  duration: 'PT1H',
  email: 'kim@example.com',
  uuid: '11111111-1111-4111-8111-111111111111',
  uri: 'https://example.com/path',
  url: 'https://example.com/path',
  'uri-reference': '/path',
  hostname: 'example.com',
  ipv4: '192.0.2.1',
  ipv6: '2001:db8::1',
  byte: 'c2FtcGxl',
}

function sampleText(node: JsonObject): string | undefined {
  const least = typeof node['minLength'] === 'number' ? node['minLength'] : 0
  const most = typeof node['maxLength'] === 'number' ? node['maxLength'] : Number.POSITIVE_INFINITY
  if (least > MAX_TEXT) return undefined
  if (typeof node['pattern'] === 'string') return sampleOfPattern(node['pattern'], least)
  const text = (typeof node['format'] === 'string' ? FORMATS[node['format']] : undefined) ?? 'sample'
  return text.padEnd(least, 'x').slice(0, most)
}

const MAX_TEXT = 10_000

function sampleNumber(node: JsonObject, isWhole: boolean): number {
  const bound = (keyword: string): number | undefined => {
    const value = node[keyword]
    return typeof value === 'number' ? value : undefined
  }
  const step = bound('multipleOf') ?? (isWhole ? 1 : undefined)
  const above = bound('exclusiveMinimum')
  const below = bound('exclusiveMaximum')
  const gap = step ?? 0.5
  const least = Math.max(
    bound('minimum') ?? Number.NEGATIVE_INFINITY,
    above === undefined ? Number.NEGATIVE_INFINITY : above + gap,
  )
  const most = Math.min(
    bound('maximum') ?? Number.POSITIVE_INFINITY,
    below === undefined ? Number.POSITIVE_INFINITY : below - gap,
  )
  const near = Math.min(Math.max(1, least), most)
  if (step === undefined) return near
  const rounded = Math.ceil(near / step) * step
  return rounded > most ? Math.floor(most / step) * step : rounded
}

function distinct(item: JsonValue, others: readonly JsonValue[]): JsonValue {
  const count = others.length
  if (count === 0) return item
  if (typeof item === 'number') return item + count
  return typeof item === 'string' ? `${item}${count}` : item
}
