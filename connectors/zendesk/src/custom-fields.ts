import { type FormContext, type JsonObject, type ServiceContext, z } from '@inlay/sdk/connector'
import { zendesk } from './zendesk-api.js'

const choice = z.object({ name: z.string(), value: z.string() })

/** A field as Zendesk tells of those of tickets, people and organizations. */
const fieldSchema = z.object({
  id: z.number(),
  /** People's and organizations' fields are known by it, those of tickets by their id. */
  key: z.string().nullish(),
  type: z.string(),
  title: z.string(),
  description: z.string().nullish(),
  active: z.boolean().default(true),
  /** Not so of the fields that every ticket has. */
  removable: z.boolean().default(true),
  regexp_for_validation: z.string().nullish(),
  custom_field_options: z.array(choice).nullish(),
})
type Field = z.output<typeof fieldSchema>

/** The form of the account's own fields of tickets; those of the chosen ticket form when there is one. */
export const ticketFieldsForm = {
  dependsOn: ['form'],
  load: async (context: FormContext): Promise<JsonObject> => {
    const { ticket_fields: all } = await zendesk.call(context, {
      url: '/api/v2/ticket_fields',
      answer: z.object({ ticket_fields: z.array(fieldSchema) }),
    })
    const chosen = z.coerce.number().int().positive().safeParse(context.input['form']).data
    const wanted = chosen === undefined ? undefined : await fieldsOfForm(context, chosen)
    const shown = all.filter(({ id }) => wanted === undefined || wanted.has(id))
    return formOf(shown, ({ id }) => String(id))
  },
}

async function fieldsOfForm(context: ServiceContext, form: number): Promise<ReadonlySet<number>> {
  const { ticket_form } = await zendesk.call(context, {
    url: `/api/v2/ticket_forms/${form}`,
    answer: z.object({ ticket_form: z.object({ ticket_field_ids: z.array(z.number()) }) }),
  })
  return new Set(ticket_form.ticket_field_ids)
}

/** The form of the account's own fields of people or organizations. */
export function profileFieldsForm(of: 'user' | 'organization') {
  return async (context: FormContext): Promise<JsonObject> => {
    const name = `${of}_fields`
    const answer = await zendesk.call(context, {
      url: `/api/v2/${name}`,
      answer: z.record(z.string(), z.unknown()),
    })
    return formOf(z.array(fieldSchema).parse(answer[name] ?? []), ({ key, id }) => key ?? String(id))
  }
}

function formOf(fields: readonly Field[], nameOf: (field: Field) => string): JsonObject {
  const shown = fields.filter(({ active, removable }) => active && removable)
  const properties = shown.map((field) => [nameOf(field), { title: field.title, ...helpOf(field), ...shapeOf(field) }])
  return { type: 'object', properties: Object.fromEntries(properties), additionalProperties: true }
}

function helpOf({ description }: Field): JsonObject {
  return description ? { description } : {}
}

function shapeOf({ type, custom_field_options, regexp_for_validation }: Field): JsonObject {
  const choices = (custom_field_options ?? []).map(({ name, value }) => ({ const: value, title: name }))
  const one: JsonObject = choices.length === 0 ? { type: 'string' } : { oneOf: choices }
  switch (type) {
    case 'checkbox':
      return { type: 'boolean' }
    case 'integer':
      return { type: 'integer' }
    case 'decimal':
      return { type: 'number' }
    case 'date':
      return { type: 'string', format: 'date' }
    case 'textarea':
      return { type: 'string', format: 'multiline' }
    case 'multiselect':
      return { type: 'array', items: one }
    case 'tagger':
    case 'dropdown':
      return one
    case 'regexp':
      return { type: 'string', ...(regexp_for_validation ? { description: `Like ${regexp_for_validation}` } : {}) }
    default:
      return { type: 'string' }
  }
}
