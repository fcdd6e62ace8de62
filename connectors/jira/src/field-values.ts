import { type JsonInput, type JsonObject, type JsonValue, StepError, z } from '@inlay/sdk/connector'
import { textDocument } from './document.js'

const allowed = z.looseObject({ id: z.string().optional(), value: z.string().optional(), name: z.string().optional() })

/** What Jira says of a field of a form. */
export const fieldMeta = z.object({
  name: z.string(),
  required: z.boolean().default(false),
  schema: z
    .object({
      type: z.string(),
      items: z.string().optional(),
      custom: z.string().optional(),
      system: z.string().optional(),
    })
    .optional(),
  allowedValues: z.array(allowed).optional(),
})

/** A field by its id. */
export type FieldsMeta = Readonly<Record<string, z.infer<typeof fieldMeta>>>

type Field = z.infer<typeof fieldMeta>

/** Fields that actions have under names of their own. */
const OWN = new Set([
  'project',
  'issuetype',
  'summary',
  'description',
  'labels',
  'assignee',
  'parent',
  'attachment',
  'issuelinks',
])

function nameOf({ value, name, id }: z.infer<typeof allowed>): string {
  return value ?? name ?? id ?? ''
}

/** A form of the fields that actions have no names of their own for. */
export function fieldsSchema(fields: FieldsMeta): JsonObject {
  const entries = Object.entries(fields).filter(([id]) => !OWN.has(id))
  const properties = entries.map(([id, field]) => [id, { title: field.name, ...shapeOf(field) }] as const)
  const required = entries.filter(([, field]) => field.required).map(([id]) => id)
  return { type: 'object', properties: Object.fromEntries(properties), required, additionalProperties: true }
}

function shapeOf({ schema, allowedValues = [] }: Field): JsonObject {
  const names = allowedValues.map(nameOf)
  const choice: JsonObject = names.length === 0 ? { type: 'string' } : { type: 'string', enum: names }
  switch (schema?.type) {
    case 'number':
      return { type: 'number' }
    case 'date':
      return { type: 'string', format: 'date' }
    case 'datetime':
      return { type: 'string', format: 'date-time' }
    case 'array':
      return {
        type: 'array',
        items: schema.items === 'user' ? { type: 'string', description: 'Id of a user.' } : choice,
      }
    case 'user':
      return { type: 'string', description: 'Id of a user.' }
    case 'string':
      return isLongText(schema) ? { type: 'string', format: 'multiline' } : { type: 'string' }
    case 'option':
    case 'priority':
    case 'version':
    case 'component':
      return choice
    default:
      return { description: 'As Jira’s API describes it.' }
  }
}

function isLongText({ custom = '', system = '' }: NonNullable<Field['schema']>): boolean {
  return custom.endsWith(':textarea') || system === 'description' || system === 'environment'
}

/**
 * Values as people write them become those of Jira: names of choices, ids of users, texts as documents.
 *
 * @throws StepError `validation` for a field that the form of this kind of issue does not have
 */
export function writeFields(
  values: Readonly<Record<string, JsonValue>>,
  fields: FieldsMeta,
): Record<string, JsonInput> {
  return Object.fromEntries(
    Object.entries(values).map(([id, value]) => {
      const field = Object.hasOwn(fields, id) ? fields[id] : undefined
      if (field !== undefined) return [id, writeValue(value, field)]
      const known = Object.entries(fields).map(([each, { name }]) => `${each} (${name})`)
      throw new StepError('validation', `Such issues have no field "${id}"`, {
        detail: `They have: ${known.join(', ')}.`,
      })
    }),
  )
}

function writeValue(value: JsonValue, field: Field): JsonInput {
  const { schema } = field
  if (Array.isArray(value) && schema?.type === 'array') {
    return value.map((item) => writeItem(item, schema.items ?? '', field))
  }
  if (schema?.type === 'number' && typeof value === 'string' && value.trim() !== '') return Number(value)
  if (typeof value === 'string' && schema !== undefined && schema.type === 'string') {
    return isLongText(schema) ? textDocument(value) : value
  }
  return writeItem(value, schema?.type ?? '', field)
}

/** Kinds of values that Jira takes as objects, and people write as texts. */
const CHOICES = new Set(['option', 'priority', 'version', 'component', 'resolution', 'securitylevel'])

function writeItem(value: JsonValue, type: string, { allowedValues = [] }: Field): JsonInput {
  if (typeof value !== 'string') return value
  if (type === 'user') return { accountId: value }
  if (!CHOICES.has(type)) return value
  const id = allowedValues.find((choice) => nameOf(choice) === value || choice.id === value)?.id
  return id === undefined ? (type === 'option' ? { value } : { name: value }) : { id }
}
