import { fromJsonSchema, type JsonObject, type JsonValue } from '@inlay/engine'
import { z } from 'zod'
import { mapSchemas } from './node.js'

/**
 * A schema of an imported document as connectors have them: formats are shown in forms and not enforced, for services
 * mean many things by them. The check is made when it is first needed: a document's actions share schemas of megabytes.
 */
export function schemaType(schema: JsonObject): z.ZodType<JsonValue> {
  let enforced: z.ZodType<JsonValue> | undefined
  // Zod takes `id` for a name of its own registry, which must be unique in the whole process.
  const { id: _id, ...shown } = schema
  return z
    .custom<JsonValue>()
    .check((context) => {
      enforced ??= fromJsonSchema(mapSchemas(schema, ({ format: _, ...kept }) => kept))
      for (const { message, path } of enforced.safeParse(context.value).error?.issues ?? []) {
        context.issues.push({ code: 'custom', input: context.value, message, path: [...path] })
      }
    })
    .meta(shown)
}
