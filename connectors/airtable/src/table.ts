import {
  type FormContext,
  type JsonObject,
  jsonValue,
  type OptionsContext,
  type ServiceContext,
  z,
} from '@inlay/sdk/connector'
import { airtable } from './airtable-api.js'

/** The fields by which forms name a table. */
export const tableFields = {
  base: z
    .string()
    .min(1)
    .meta({ title: 'Base', examples: ['appExampleBase01'] }),
  table: z
    .string()
    .min(1)
    .meta({ title: 'Table', description: 'Its name or id.', examples: ['Orders'] }),
}

/** The field by which actions name a record. */
export const recordField = z
  .string()
  .min(1)
  .meta({ title: 'Id of the record', examples: ['recExample0000001'] })

/** A record as Airtable gives it. */
export const recordSchema = z.object({
  id: z.string().meta({ title: 'Id' }),
  createdTime: z.string().meta({ title: 'Created' }),
  fields: z.record(z.string(), jsonValue).meta({ title: 'Fields' }),
})

/** A record, for forms. */
export const sampleRecord = {
  id: 'recExample0000001',
  createdTime: '2026-04-10T20:09:31.000Z',
  fields: { Name: 'Red shoes', Price: 42 },
}

/** What people write into a record. */
export const fieldsField = z
  .record(z.string(), jsonValue)
  .meta({ title: 'Fields', examples: [{ Name: 'Red shoes', Price: 42 }] })

/** The path of a table in the API. */
export function tablePath({ base, table }: { readonly base: string; readonly table: string }): string {
  return `/v0/${encodeURIComponent(base)}/${encodeURIComponent(table)}`
}

/** The bases of the account, page by page. */
export async function baseOptions(context: OptionsContext) {
  const { bases, offset } = await airtable.call(context, {
    url: '/v0/meta/bases',
    query: { offset: context.cursor },
    answer: z.object({ bases: z.array(z.object({ id: z.string(), name: z.string() })), offset: z.string().optional() }),
  })
  return {
    options: bases.map(({ id, name }) => ({ value: id, label: name })),
    ...(offset === undefined ? {} : { nextCursor: offset }),
  }
}

const fieldSchema = z.object({
  id: z.string(),
  name: z.string(),
  type: z.string(),
  description: z.string().optional(),
  options: z.looseObject({ choices: z.array(z.object({ name: z.string() })).optional() }).optional(),
})

const tablesSchema = z.object({
  tables: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      fields: z.array(fieldSchema),
      views: z.array(z.object({ name: z.string(), type: z.string() })).default([]),
    }),
  ),
})

async function tablesOf(context: ServiceContext, base: string) {
  const url = `/v0/meta/bases/${encodeURIComponent(base)}/tables`
  const { tables } = await airtable.call(context, { url, answer: tablesSchema })
  return tables
}

/** The shape of a table, by its name or id; undefined when there is none. */
export async function tableOf(context: ServiceContext, of: { readonly base: string; readonly table: string }) {
  const tables = await tablesOf(context, of.base)
  return tables.find(({ id, name }) => id === of.table || name === of.table)
}

function chosenTable(context: FormContext) {
  const { base, table } = context.input
  return tableOf(context, { base: String(base ?? ''), table: String(table ?? '') })
}

async function fieldsOf(context: FormContext) {
  return (await chosenTable(context))?.fields ?? []
}

/** The tables of the base in the form. */
export const tableOptions = {
  dependsOn: ['base'],
  load: async (context: OptionsContext) => {
    const tables = await tablesOf(context, String(context.input['base'] ?? ''))
    return tables.map(({ name }) => ({ value: name, label: name }))
  },
}

/** The views of the table in the form. */
export const viewOptions = {
  dependsOn: ['base', 'table'],
  load: async (context: OptionsContext) => {
    const { views = [] } = (await chosenTable(context)) ?? {}
    return views.map(({ name, type }) => ({ value: name, label: name, description: type }))
  },
}

/** The fields of the table in the form. */
export const fieldOptions = {
  dependsOn: ['base', 'table'],
  load: async (context: OptionsContext) =>
    (await fieldsOf(context)).map(({ name, type }) => ({ value: name, label: name, description: type })),
}

/** What can be written into which type of field; those that Airtable works out itself are not here. */
const WRITABLE: Readonly<Record<string, JsonObject>> = {
  singleLineText: { type: 'string' },
  multilineText: { type: 'string', format: 'multiline' },
  richText: { type: 'string', format: 'multiline' },
  email: { type: 'string', format: 'email' },
  url: { type: 'string', format: 'uri' },
  phoneNumber: { type: 'string' },
  number: { type: 'number' },
  currency: { type: 'number' },
  percent: { type: 'number' },
  rating: { type: 'integer' },
  duration: { type: 'integer', description: 'Seconds' },
  checkbox: { type: 'boolean' },
  date: { type: 'string', format: 'date' },
  dateTime: { type: 'string', format: 'date-time' },
  singleSelect: { type: 'string' },
  multipleSelects: { type: 'array', items: { type: 'string' } },
  multipleRecordLinks: { type: 'array', items: { type: 'string' }, description: 'Ids of records' },
  singleCollaborator: { type: 'object', properties: { email: { type: 'string' } } },
  multipleCollaborators: { type: 'array', items: { type: 'object', properties: { email: { type: 'string' } } } },
  multipleAttachments: { type: 'array', items: { type: 'object', properties: { url: { type: 'string' } } } },
  barcode: { type: 'object', properties: { text: { type: 'string' } } },
}

/** A form with the columns of the table. */
export const recordFieldsSchema = {
  dependsOn: ['base', 'table'],
  load: async (context: FormContext): Promise<JsonObject> => {
    const columns = (await fieldsOf(context)).flatMap(({ name, type, description, options }) => {
      const shape = WRITABLE[type]
      if (shape === undefined) return []
      const choices = options?.choices?.map((choice) => choice.name)
      return [[name, { title: name, ...(description ? { description } : {}), ...withChoices(shape, choices) }] as const]
    })
    return { type: 'object', properties: Object.fromEntries(columns), additionalProperties: true }
  },
}

function withChoices(shape: JsonObject, choices: readonly string[] | undefined): JsonObject {
  if (choices === undefined || choices.length === 0) return shape
  return shape['type'] === 'array' ? { ...shape, items: { enum: choices } } : { ...shape, enum: choices }
}
