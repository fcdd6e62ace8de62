import type { JsonValue } from '@inlay/engine'
import type { JsonSchema } from '../data/api-types.js'
import { fieldKind, schemaFields } from './schema.js'

/** What a new form starts with: defaults of required fields and empty texts for what must be filled in. */
export function schemaDefaults(schema: JsonSchema): JsonValue {
  const entries = schemaFields(schema).flatMap((field): readonly (readonly [string, JsonValue])[] => {
    const { default: value } = field.schema
    // A default in a JSON Schema is JSON.
    if (value !== undefined && isNeeded(schema, field.name)) return [[field.name, value as JsonValue]]
    if (!field.isRequired) return []
    const kind = fieldKind(field.schema)
    if (kind.kind === 'text') return [[field.name, '']]
    if (kind.kind === 'constant') return [[field.name, kind.value]]
    if (kind.kind === 'object') return [[field.name, schemaDefaults(field.schema)]]
    return []
  })
  return Object.fromEntries(entries)
}

/** The first choice of a field is shown as chosen; only those people meet first are written down. */
function isNeeded(schema: JsonSchema, name: string): boolean {
  const kind = fieldKind((schema['properties'] as Readonly<Record<string, JsonSchema>>)[name] ?? {})
  return kind.kind === 'choice'
}
