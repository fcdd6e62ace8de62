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
      for (const issue of enforced.safeParse(context.value).error?.issues ?? [])
        context.issues.push(withoutWords(issue))
    })
    .meta(shown)
}

/** What has a code of zod's is worded by whoever asks; only the validator's own words are kept. */
function withoutWords({ message, ...issue }: z.core.$ZodIssue): z.core.$ZodRawIssue {
  // An issue is a raw issue of the same code; TypeScript does not see that the rest of a union keeps its cases together.
  return { ...issue, ...(issue.code === 'custom' ? { message } : {}) } as z.core.$ZodRawIssue
}
