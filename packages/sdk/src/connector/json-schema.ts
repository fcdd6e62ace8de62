import { Validator } from '@cfworker/json-schema'
import type { JsonObject, JsonValue } from '@inlay/engine'
import { z } from 'zod'

const MAX_ISSUES = 20

/**
 * A schema for values that are described by a JSON Schema (draft 2020-12) rather than in code: it validates as the JSON
 * Schema says, and forms and docs show that very document. The validator interprets: nothing is compiled or evaluated.
 */
export function fromJsonSchema(schema: JsonObject): z.ZodType<JsonValue> {
  let validator: Validator | undefined
  return z
    .custom<JsonValue>()
    .check((context) => {
      // Made when it is first needed: a connector may bring hundreds of schemas, and a run uses one.
      validator ??= new Validator(schema, '2020-12', false)
      const { valid, errors } = validator.validate(context.value)
      if (valid) return
      // The last errors are the innermost: those before only say that something inside is wrong.
      for (const { instanceLocation, error } of errors.slice(-MAX_ISSUES)) {
        context.issues.push({ code: 'custom', input: context.value, message: error, path: pathOf(instanceLocation) })
      }
    })
    .meta(schema)
}

/** The path of a JSON Pointer in a fragment, such as `#/lines/0`. */
function pathOf(location: string): string[] {
  return location
    .replace(/^#\/?/, '')
    .split('/')
    .filter((part) => part !== '')
    .map((part) => decodeURIComponent(part).replaceAll('~1', '/').replaceAll('~0', '~'))
}
