import {
  type FormContext,
  type JsonObject,
  type OptionsContext,
  type SelectOption,
  type ServiceContext,
  z,
} from '@inlay/sdk/connector'
import { objectPath } from './record.js'
import { DATA, salesforce } from './salesforce-api.js'

const objects = z.object({
  sobjects: z.array(
    z.object({ name: z.string(), label: z.string(), queryable: z.boolean(), createable: z.boolean().optional() }),
  ),
})

const field = z.object({
  name: z.string(),
  label: z.string(),
  type: z.string(),
  createable: z.boolean(),
  updateable: z.boolean(),
  nillable: z.boolean().nullish(),
  defaultedOnCreate: z.boolean().nullish(),
  idLookup: z.boolean().nullish(),
  externalId: z.boolean().nullish(),
  inlineHelpText: z.string().nullish(),
  picklistValues: z.array(z.object({ value: z.string(), active: z.boolean() })).nullish(),
})
type Field = z.output<typeof field>

async function describe(context: ServiceContext, object: string): Promise<Field[]> {
  const answer = z.object({ fields: z.array(field) })
  return (await salesforce.call(context, { url: objectPath(object, 'describe'), answer })).fields
}

function fieldsOf(context: ServiceContext & { readonly input: JsonObject }): Promise<Field[]> {
  return describe(context, String(context.input['object']))
}

/** The types of an object's fields, by their names. */
export async function fieldTypes(context: ServiceContext, object: string): Promise<ReadonlyMap<string, string>> {
  return new Map((await describe(context, object)).map(({ name, type }) => [name, type]))
}

/** Kinds of records that can be read. */
export async function objectOptions(context: OptionsContext): Promise<SelectOption[]> {
  const { sobjects } = await salesforce.call(context, { url: `${DATA}/sobjects`, answer: objects })
  return sobjects
    .filter(({ queryable }) => queryable)
    .map(({ name, label }) => ({ value: name, label, description: name }))
}

/** Fields of the kind of record in the form. */
export const fieldOptions = {
  dependsOn: ['object'],
  load: async (context: OptionsContext): Promise<SelectOption[]> => (await fieldsOf(context)).map(toOption),
}

/** Fields by which a record of the kind in the form can be found. */
export const externalIdOptions = {
  dependsOn: ['object'],
  load: async (context: OptionsContext): Promise<SelectOption[]> => {
    const fields = await fieldsOf(context)
    return fields.filter(({ name, externalId, idLookup }) => externalId || (idLookup && name !== 'Id')).map(toOption)
  },
}

function toOption({ name, label }: Field): SelectOption {
  return { value: name, label, description: name }
}

/** The shape of the fields that can be set on a new record of the kind in the form. */
export const createSchema = {
  dependsOn: ['object'],
  load: async (context: FormContext): Promise<JsonObject> => {
    const fields = (await fieldsOf(context)).filter(({ createable }) => createable)
    const required = fields.filter(
      ({ nillable, defaultedOnCreate, type }) => nillable === false && defaultedOnCreate !== true && type !== 'boolean',
    )
    return { ...shapeOf(fields), required: required.map(({ name }) => name) }
  },
}

/** The shape of the fields that can be changed on a record of the kind in the form. */
export const updateSchema = {
  dependsOn: ['object'],
  load: async (context: FormContext): Promise<JsonObject> =>
    shapeOf((await fieldsOf(context)).filter(({ updateable }) => updateable)),
}

/** The shape of a record of the kind in the form. */
export const recordOutputSchema = {
  dependsOn: ['object'],
  load: async (context: FormContext): Promise<JsonObject> => shapeOf(await fieldsOf(context)),
}

function shapeOf(fields: readonly Field[]): JsonObject {
  const properties = Object.fromEntries(fields.map((each) => [each.name, toJsonSchema(each)]))
  return { type: 'object', properties, additionalProperties: true }
}

const NUMBERS = new Set(['double', 'currency', 'percent'])
const FORMATS: Readonly<Record<string, string>> = {
  date: 'date',
  datetime: 'date-time',
  email: 'email',
  textarea: 'multiline',
}

function toJsonSchema({ label, type, inlineHelpText, picklistValues }: Field): JsonObject {
  const about: JsonObject = { title: label, ...(inlineHelpText ? { description: inlineHelpText } : {}) }
  if (type === 'boolean') return { ...about, type: 'boolean' }
  if (type === 'int' || type === 'long') return { ...about, type: 'integer' }
  if (NUMBERS.has(type)) return { ...about, type: 'number' }
  const choices = (picklistValues ?? []).filter(({ active }) => active).map(({ value }) => value)
  if (type === 'picklist' && choices.length > 0) return { ...about, type: 'string', enum: choices }
  const format = FORMATS[type]
  return { ...about, type: 'string', ...(format === undefined ? {} : { format }) }
}
