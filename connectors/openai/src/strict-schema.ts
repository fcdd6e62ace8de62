import { type JsonObject, type JsonValue, jsonObject } from '@inlay/sdk/connector'

/**
 * A schema as strict mode takes it: objects name all their fields and require them all, and nothing else is allowed. What
 * may be missing may be null instead, as https://platform.openai.com/docs/guides/structured-outputs says.
 */
export function closed(schema: JsonValue): JsonValue {
  if (Array.isArray(schema)) return schema.map((item: JsonValue) => closed(item))
  const members = jsonObject.safeParse(schema).data
  if (members === undefined) return schema
  const properties = jsonObject.safeParse(members['properties']).data
  const rest = Object.fromEntries(
    Object.entries(members).flatMap(([key, value]) => (key === 'properties' ? [] : [[key, closed(value)]])),
  )
  if (properties === undefined) return rest
  const required = requiredOf(members)
  const strict = Object.entries(properties).map(([name, value]): [string, JsonValue] => {
    return [name, required.has(name) ? closed(value) : { anyOf: [closed(value), { type: 'null' }] }]
  })
  const all = Object.keys(properties)
  return { ...rest, properties: Object.fromEntries(strict), required: all, additionalProperties: false }
}

/** Data without the nulls that stand for what may be missing. */
export function withoutNulls(data: JsonValue, schema: JsonValue): JsonValue {
  const { properties, items, ...members } = jsonObject.catch({}).parse(schema)
  if (Array.isArray(data)) return data.map((item: JsonValue) => withoutNulls(item, items ?? {}))
  const fields = jsonObject.safeParse(properties).data
  if (fields === undefined || typeof data !== 'object' || data === null) return data
  const required = requiredOf(members)
  const kept = Object.entries(data).filter(([name, value]) => value !== null || required.has(name))
  return Object.fromEntries(kept.map(([name, value]) => [name, withoutNulls(value, fields[name] ?? {})]))
}

function requiredOf({ required }: JsonObject): ReadonlySet<JsonValue> {
  return new Set(Array.isArray(required) ? required : [])
}
