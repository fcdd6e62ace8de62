/** What is known of a value before a run: its JSON Schema, and what it may look like. */
import { isJsonObject, type JsonObject, type JsonValue } from '../contracts/json.js'

/** A JSON Schema (draft 2020-12) as plain data; `{}` says nothing. */
export type JsonSchema = JsonObject

/** What is known of a value. */
export interface DataShape {
  readonly schema: JsonSchema
  /** What it may look like; absent when nobody has said. */
  readonly sample?: JsonValue
}

export const UNKNOWN: DataShape = { schema: {} }
export const TEXT: DataShape = { schema: { type: 'string' } }
export const WHOLE_NUMBER: DataShape = { schema: { type: 'integer' } }
export const YES_OR_NO: DataShape = { schema: { type: 'boolean' } }
export const DATE_TIME: DataShape = { schema: { type: 'string', format: 'date-time' } }
export const NOTHING: DataShape = { schema: { type: 'null' } }

/** An object of known fields. */
export function objectOf(fields: Readonly<Record<string, DataShape>>): DataShape {
  const entries = Object.entries(fields)
  const properties = Object.fromEntries(entries.map(([name, { schema }]) => [name, schema]))
  const samples = entries.filter(([, { sample }]) => sample !== undefined)
  const shape: DataShape = { schema: { type: 'object', properties, required: Object.keys(fields) } }
  if (samples.length === 0) return shape
  // Entries without a sample were left out above.
  return { ...shape, sample: Object.fromEntries(samples.map(([name, { sample = null }]) => [name, sample])) }
}

export function listOf({ schema, sample }: DataShape): DataShape {
  const list: DataShape = { schema: { type: 'array', items: schema } }
  return sample === undefined ? list : { ...list, sample: [sample] }
}

export function orNull(shape: DataShape): DataShape {
  return { ...shape, schema: { anyOf: [shape.schema, NOTHING.schema] } }
}

export function oneOf(values: readonly JsonValue[]): DataShape {
  const [sample] = values
  return sample === undefined ? UNKNOWN : { schema: { enum: values }, sample }
}

/** The shape of a value that is known. */
export function shapeOf(value: JsonValue): DataShape {
  return { schema: schemaOf(value), sample: value }
}

/** The first items of a list tell what the others are. */
const MOST_LOOKED_AT = 50

function schemaOf(value: JsonValue): JsonSchema {
  if (value === null) return {}
  if (Array.isArray(value)) {
    const schemas = value.slice(0, MOST_LOOKED_AT).map(schemaOf)
    const [first] = schemas
    const isUniform = first !== undefined && schemas.every((schema) => JSON.stringify(schema) === JSON.stringify(first))
    return isUniform ? { type: 'array', items: first } : { type: 'array' }
  }
  if (isJsonObject(value)) {
    const properties = Object.fromEntries(Object.entries(value).map(([key, child]) => [key, schemaOf(child)]))
    return { type: 'object', properties }
  }
  return { type: typeof value }
}

/** What stands at a path inside a value. */
export function shapeAt(shape: DataShape, path: readonly string[]): DataShape {
  return path.reduce(fieldOf, shape)
}

function fieldOf({ schema, sample }: DataShape, key: string): DataShape {
  const found = fieldSchema(schema, key) ?? {}
  const value = Array.isArray(sample) ? sample[Number(key)] : isJsonObject(sample) ? ownField(sample, key) : undefined
  if (value === undefined) return { schema: found }
  return { schema: Object.keys(found).length === 0 ? schemaOf(value) : found, sample: value }
}

/** The shape of the items of a list. */
export function itemOf({ schema, sample }: DataShape): DataShape {
  const items = fieldSchema(schema, '0') ?? {}
  const first: JsonValue | undefined = Array.isArray(sample) ? sample[0] : undefined
  if (first === undefined) return { schema: items }
  return { schema: Object.keys(items).length === 0 ? schemaOf(first) : items, sample: first }
}

function fieldSchema(schema: JsonSchema, key: string): JsonSchema | undefined {
  const { properties, items, anyOf, additionalProperties } = schema
  if (isJsonObject(properties)) {
    const named = ownField(properties, key)
    if (isJsonObject(named)) return named
  }
  if (isJsonObject(items) && /^\d+$/.test(key)) return items
  if (Array.isArray(anyOf)) {
    for (const option of anyOf) {
      const found = isJsonObject(option) ? fieldSchema(option, key) : undefined
      if (found !== undefined) return found
    }
  }
  return isJsonObject(additionalProperties) ? additionalProperties : undefined
}

function ownField(object: JsonObject, key: string): JsonValue | undefined {
  return Object.hasOwn(object, key) ? object[key] : undefined
}
