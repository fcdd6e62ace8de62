/** What connectors answer to forms, made sure of: their authors' mistakes end here, and not in the builder. */
import { type Connector, type JsonObject, type JsonValue, misfits, StepError, toPlainJson } from '@inlay/engine'
import { z } from 'zod'

const MAX_CHOICES = 1000
const MAX_CHOICES_BYTES = 512 * 1024
const MAX_SHAPE_BYTES = 256 * 1024
const MAX_SHAPE_DEPTH = 40

/** Some of a field's choices. */
export interface Choices {
  readonly options: readonly { readonly value: JsonValue; readonly label: string; readonly description?: string }[]
  /** Null when these were all. */
  readonly nextCursor: string | null
}

const choicesSchema = z.object({
  options: z
    .array(
      z.object({
        value: z.json(),
        label: z.coerce.string().transform((text) => text.slice(0, 500)),
        description: z.coerce
          .string()
          .transform((text) => text.slice(0, 1000))
          .optional(),
      }),
    )
    .max(MAX_CHOICES),
  nextCursor: z.string().max(4000).optional(),
})

/** @throws StepError `bug` when it is no page of choices, `limit` when it is too large */
export function readChoices(connector: Connector, answer: unknown): Choices {
  const plain = toPlainJson(answer, { maxBytes: MAX_CHOICES_BYTES, name: 'list of choices' })
  const parsed = choicesSchema.safeParse(plain)
  if (!parsed.success) throw notUnderstood(connector, 'choices', parsed.error)
  const { options, nextCursor = null } = parsed.data
  const kept = options.map(({ value, label, description }) =>
    description === undefined ? { value, label } : { value, label, description },
  )
  return { options: kept, nextCursor: nextCursor === '' ? null : nextCursor }
}

const shapeSchema = z.record(z.string(), z.json())

/** @throws StepError `bug` when it is no JSON Schema on its own, `limit` when it is too large or deep */
export function readShape(connector: Connector, answer: unknown): JsonObject {
  const limits = { maxBytes: MAX_SHAPE_BYTES, maxDepth: MAX_SHAPE_DEPTH, name: 'JSON Schema' }
  const parsed = shapeSchema.safeParse(toPlainJson(answer, limits))
  if (!parsed.success) throw notUnderstood(connector, 'a JSON Schema', parsed.error)
  const reference = foreignReference(parsed.data)
  if (reference === undefined) return parsed.data
  throw new StepError('bug', `The connector for ${connector.name} gave a JSON Schema that is not whole`, {
    detail: `It refers to ${JSON.stringify(reference)}; only references within the document can be followed.`,
  })
}

/** A `$ref` to another document: whoever followed it would fetch what the connector names. */
function foreignReference(value: JsonValue): JsonValue | undefined {
  if (Array.isArray(value)) return firstOf(value)
  if (typeof value !== 'object' || value === null) return undefined
  // What is no list here is an object.
  const { $ref, ...fields } = value as JsonObject
  const isForeign = $ref !== undefined && typeof $ref !== 'object' && !String($ref).startsWith('#')
  return isForeign ? $ref : firstOf(Object.values(fields))
}

function firstOf(values: readonly JsonValue[]): JsonValue | undefined {
  for (const value of values) {
    const found = foreignReference(value)
    if (found !== undefined) return found
  }
  return undefined
}

function notUnderstood({ name }: Connector, what: string, error: z.ZodError): StepError {
  const problems = misfits(error, 'answer').slice(0, 3)
  return new StepError('bug', `The connector for ${name} gave something else than ${what}`, {
    detail: `This is a mistake in the connector; report it to whoever made it. ${problems.join('; ')}`,
  })
}
