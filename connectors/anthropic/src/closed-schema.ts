import { type JsonObject, type JsonValue, jsonObject } from '@inlay/sdk/connector'

/** What structured outputs cannot enforce, and refuse; the answer is checked against the whole schema anyway. */
const NOT_ENFORCED = new Set([
  'minimum',
  'maximum',
  'exclusiveMinimum',
  'exclusiveMaximum',
  'multipleOf',
  'minLength',
  'maxLength',
  'pattern',
  'maxItems',
  'uniqueItems',
  'minProperties',
  'maxProperties',
])

/**
 * A schema as structured outputs take it: objects allow nothing but their fields, and what is not enforced stands in
 * descriptions, as https://platform.claude.com/docs/en/build-with-claude/structured-outputs says.
 */
export function closed(schema: JsonValue): JsonValue {
  if (Array.isArray(schema)) return schema.map((item: JsonValue) => closed(item))
  const members = jsonObject.safeParse(schema).data
  if (members === undefined) return schema
  const { properties, description, ...others } = members
  const told = Object.entries(others).filter(([name, value]) => isNotEnforced(name, value))
  const kept = Object.entries(others).filter(([name, value]) => !isNotEnforced(name, value))
  const texts = [description, ...told.map(([name, value]) => `${name}: ${JSON.stringify(value)}.`)]
  const about = texts.filter((text) => text !== undefined).join(' ')
  return {
    ...Object.fromEntries(kept.map(([name, value]) => [name, LITERAL.has(name) ? value : closed(value)])),
    ...(about === '' ? {} : { description: about }),
    ...closedFields(properties),
  }
}

/** Members whose values are data, not schemas. */
const LITERAL = new Set(['enum', 'const', 'default', 'examples', 'required', 'type', 'title', 'format'])

function isNotEnforced(name: string, value: JsonValue): boolean {
  // Of numbers of items only "none" and "some" are.
  return NOT_ENFORCED.has(name) || (name === 'minItems' && Number(value) > 1)
}

function closedFields(properties: JsonValue | undefined): JsonObject {
  const fields = jsonObject.safeParse(properties).data
  if (fields === undefined) return {}
  const all = Object.entries(fields).map(([name, value]): [string, JsonValue] => [name, closed(value)])
  return { properties: Object.fromEntries(all), additionalProperties: false }
}
