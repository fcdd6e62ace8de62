import { fromJsonSchema, type JsonObject, type JsonValue } from '@inlay/engine'
import type { z } from 'zod'
import { mapSchemas } from './node.js'

/**
 * A schema of an imported document as connectors have them: formats are shown in forms and not enforced, for services
 * mean many things by them.
 */
export function schemaType(schema: JsonObject): z.ZodType<JsonValue> {
  return fromJsonSchema(withoutFormats(schema)).meta(schema)
}

function withoutFormats(schema: JsonObject): JsonObject {
  return mapSchemas(schema, ({ format: _, ...kept }) => kept)
}
