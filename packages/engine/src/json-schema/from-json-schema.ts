import { Validator } from '@cfworker/json-schema'
import { z } from 'zod'
import { isJsonObject, type JsonObject, type JsonValue } from '../contracts/json.js'
import { enforceable } from './enforceable-schema.js'
import { keywordIssues, validatorIssue } from './keyword-issues.js'

/**
 * A schema for values that are described by a JSON Schema (draft 2020-12) rather than in code: it validates as the JSON
 * Schema says, and forms and docs show that very document. The validator interprets: nothing is compiled or evaluated,
 * and patterns that could keep a process busy are shown but not enforced. References have to stay within the document.
 */
export function fromJsonSchema(schema: JsonObject): z.ZodType<JsonValue> {
  let validator: Validator | undefined
  // Zod takes `id` for a name of its own registry, which must be unique in the whole process.
  const { id: _id, ...shown } = schema
  return z
    .custom<JsonValue>()
    .check((context) => {
      const report = (message: string): void => {
        context.issues.push(validatorIssue(message, context.value))
      }
      if (context.value === undefined) return report('is required')
      try {
        // Made when it is first needed: a connector may bring hundreds of schemas, and a run uses one.
        validator ??= new Validator(enforceable(schema), '2020-12', false)
        const { errors } = validator.validate(context.value)
        context.issues.push(...keywordIssues(errors, schema, context.value))
      } catch (error) {
        // A reference that leads nowhere or in circles: the document is at fault, and nothing fits it.
        report(
          `cannot be checked: ${error instanceof Error ? error.message.split('\n')[0] : 'the schema is not usable'}`,
        )
      }
    })
    .meta(shown)
}

/**
 * As `fromJsonSchema`, for schemas of objects whose fields are wanted one by one, such as connection forms.
 *
 * @example
 * const form = objectFromJsonSchema({ type: 'object', properties: { shop: { type: 'string' } }, required: ['shop'] })
 */
export function objectFromJsonSchema(schema: JsonObject): z.ZodObject {
  const { properties, required } = schema
  const names = Array.isArray(required) ? required : []
  const fields = Object.entries(isJsonObject(properties) ? properties : {}).map(([name, field]) => {
    const value = fromJsonSchema(isJsonObject(field) ? field : {})
    return [name, names.includes(name) ? value : value.optional()] as const
  })
  return z.object(Object.fromEntries(fields))
}
