import type { JsonObject, JsonValue } from '@inlay/engine'
import { isObject, listOr, own } from '../json.js'
import type { Notes } from '../notes.js'
import { withoutSecrets } from './secrets.js'

const MAX_DESCRIPTION = 2000
const MAX_EXAMPLE_JSON = 20_000

/** Reads a keyword's value; undefined for one that it cannot have. */
type Reader = (value: JsonValue) => JsonValue | undefined

const readText: Reader = (value) => (typeof value === 'string' ? value.slice(0, MAX_DESCRIPTION) : undefined)
const readAny: Reader = (value) => value
const readExample: Reader = (value) => withoutSecrets(value)
const readFlag: Reader = (value) => (typeof value === 'boolean' ? value : undefined)
const readStep: Reader = (value) => {
  const step = toNumber(value)
  return step !== undefined && step > 0 ? step : undefined
}

const READERS = new Map<string, Reader>([
  ...['maximum', 'minimum'].map((keyword) => [keyword, toNumber] as const),
  ['multipleOf', readStep],
  ...[
    'maxLength',
    'minLength',
    'maxItems',
    'minItems',
    'maxProperties',
    'minProperties',
    'maxContains',
    'minContains',
  ].map((keyword) => [keyword, toCount] as const),
  ...['title', 'description', 'pattern', 'format', 'contentEncoding', 'contentMediaType'].map(
    (keyword) => [keyword, readText] as const,
  ),
  ['uniqueItems', readFlag],
  ['deprecated', readFlag],
  ['const', readAny],
  ['default', readExample],
  ['dependentRequired', (value) => (isObject(value) ? value : undefined)],
])

/** Keywords that hold no schemas, as JSON Schema 2020-12 has them. Those of a wrong kind are noted and left out. */
export function plainKeywords(schema: JsonObject, pointer: string, notes: Notes): JsonObject {
  const node: Record<string, JsonValue> = {}
  for (const [keyword, read] of READERS) {
    const value = schema[keyword]
    if (value === undefined || value === null) continue
    const carried = read(value)
    if (carried !== undefined) node[keyword] = carried
    else notes.add('changed', pointer, `The value of "${keyword}" is none that it can have; it is left out.`)
  }
  return { ...node, ...exclusiveBounds(schema), ...examplesOf(schema) }
}

function toNumber(value: JsonValue | undefined): number | undefined {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined
}

function toCount(value: JsonValue | undefined): number | undefined {
  const number = toNumber(value)
  return number !== undefined && number >= 0 ? Math.floor(number) : undefined
}

/** In OpenAPI 3.0 they say whether `minimum` and `maximum` are meant without themselves. */
function exclusiveBounds(schema: JsonObject): JsonObject {
  const node: Record<string, JsonValue> = {}
  for (const [exclusive, bound] of [
    ['exclusiveMinimum', 'minimum'],
    ['exclusiveMaximum', 'maximum'],
  ] as const) {
    const value = schema[exclusive]
    const limit = value === true ? toNumber(schema[bound]) : typeof value === 'number' ? value : undefined
    if (limit !== undefined) node[exclusive] = limit
  }
  return node
}

function examplesOf(schema: JsonObject): JsonObject {
  const given = schema['examples']
  const values = [
    ...(schema['example'] === undefined ? [] : [schema['example']]),
    // Some write the examples of a media type where those of a schema belong.
    ...(Array.isArray(given) ? given : Object.values(isObject(given) ? given : {}).map(valueOfExample)),
  ].slice(0, 3)
  if (values.length === 0 || JSON.stringify(values).length > MAX_EXAMPLE_JSON) return {}
  return { examples: values.map(withoutSecrets) }
}

function valueOfExample(example: JsonValue): JsonValue {
  return isObject(example) ? (own(example, 'value') ?? example) : example
}

const TYPES = new Set(['string', 'number', 'integer', 'boolean', 'array', 'object', 'null'])
/** Types that people write and JSON Schema does not have. */
const MISTAKEN: Readonly<Record<string, JsonObject>> = {
  int: { type: 'integer' },
  int32: { type: 'integer' },
  int64: { type: 'integer' },
  long: { type: 'integer' },
  float: { type: 'number' },
  double: { type: 'number' },
  decimal: { type: 'number' },
  bool: { type: 'boolean' },
  str: { type: 'string' },
  text: { type: 'string' },
  uuid: { type: 'string', format: 'uuid' },
  date: { type: 'string', format: 'date' },
  datetime: { type: 'string', format: 'date-time' },
  'date-time': { type: 'string', format: 'date-time' },
  list: { type: 'array' },
  map: { type: 'object' },
  file: { type: 'string', format: 'binary' },
  any: {},
}

/** Adds what a value's type is, with `null` where it is allowed, and takes out what contradicts it. */
export function typeKeywords(schema: JsonObject, node: JsonObject, pointer: string, notes: Notes): JsonObject {
  const { types, more } = readTypes(schema, pointer, notes)
  const isNullable = schema['nullable'] === true || schema['x-nullable'] === true
  const choices = Array.isArray(schema['enum']) && schema['enum'].length > 0 ? schema['enum'] : undefined
  const typed: Record<string, JsonValue> = { ...node, ...more }
  // A list of choices with a type that none of them has is a slip of YAML: `enum: [1, 2]` of a string.
  const fits = choices?.some((choice) => choice !== null && isOfTypes(choice, types)) ?? true
  if (!fits) notes.add('changed', pointer, 'None of the choices is of the type; the type is left out.')
  if (types.length > 0 && fits) typed['type'] = withNull(types, isNullable)
  if (choices !== undefined) {
    const isNullMissing = isNullable && !choices.includes(null)
    typed['enum'] = isNullMissing ? [...choices, null] : choices
  }
  const loose = relaxed(typed)
  if (loose !== typed) notes.add('changed', '', 'Where variants exclude each other (`oneOf`), any that fits is taken.')
  // Beside variants a type that takes null does not help: the variants have to take it.
  const combines = ['allOf', 'anyOf', 'oneOf'].some((keyword) => loose[keyword] !== undefined)
  return isNullable && combines ? { anyOf: [loose, { type: 'null' }] } : loose
}

function readTypes(schema: JsonObject, pointer: string, notes: Notes): { types: string[]; more: JsonObject } {
  const given = schema['type']
  const named = (Array.isArray(given) ? given : given === undefined || given === null ? [] : [given]).filter(
    (type) => typeof type === 'string',
  )
  const types = named.filter((type) => TYPES.has(type))
  if (types.length === named.length) return { types, more: {} }
  const [wrong = ''] = named.filter((type) => !TYPES.has(type))
  const meant =
    own(MISTAKEN as JsonObject, wrong.toLowerCase()) ??
    (TYPES.has(wrong.toLowerCase()) ? { type: wrong.toLowerCase() } : {})
  if (wrong !== 'file') {
    const instead = isObject(meant) && typeof meant['type'] === 'string' ? `"${meant['type']}"` : 'anything'
    notes.add('changed', pointer, `There is no type "${wrong.slice(0, 50)}"; taken as ${instead}.`)
  }
  const { type, ...more } = isObject(meant) ? meant : {}
  return { types: [...types, ...(typeof type === 'string' ? [type] : [])], more }
}

function withNull(types: readonly string[], isNullable: boolean): JsonValue {
  const all = isNullable && !types.includes('null') ? [...types, 'null'] : types
  const [only] = all
  return all.length === 1 && only !== undefined ? only : all
}

function isOfTypes(value: JsonValue, types: readonly string[]): boolean {
  if (types.length === 0) return true
  const type = Array.isArray(value) ? 'array' : value === null ? 'null' : typeof value
  return types.some(
    (one) =>
      one === type || (type === 'number' && (one === 'number' || (one === 'integer' && Number.isInteger(value)))),
  )
}

/**
 * Exactly-one is what documents say and at-least-one what services do: variants that overlap are common. Lists of
 * constants, which forms show as choices with titles, stay as they are.
 */
function relaxed(node: JsonObject): JsonObject {
  const { oneOf, ...rest } = node
  if (oneOf === undefined) return node
  const variants = listOr(oneOf)
  if (variants.every((variant) => isObject(variant) && variant['const'] !== undefined)) return node
  if (rest['anyOf'] === undefined) return { ...rest, anyOf: variants }
  return { ...rest, allOf: [...listOr(rest['allOf']), { anyOf: variants }] }
}
