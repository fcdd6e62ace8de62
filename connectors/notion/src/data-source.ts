import {
  type FormContext,
  type JsonObject,
  jsonValue,
  type OptionsContext,
  type ServiceContext,
  z,
} from '@inlay/sdk/connector'
import { listFields, nextCursor, notion } from './notion-api.js'
import { idOf } from './page.js'
import { plainTextOf, richTextSchema } from './rich-text.js'

/** The field by which forms name a data source: to people, a database. */
export const databaseField = z
  .string()
  .min(1)
  .meta({
    title: 'Database',
    description: 'The data source of a database: choose it, or give its id.',
    examples: ['1a44be12-0953-4631-b498-9e5817518db8'],
  })

/** What people write into the properties of a page. */
export const propertiesField = z.record(z.string(), jsonValue).meta({
  title: 'Properties',
  description: 'By name; as texts, numbers, lists. Null empties a property.',
  examples: [{ Name: 'Tuscan kale', Status: 'In stock' }],
})

/** The path of a data source in the API. */
export function dataSourcePath(database: string): string {
  return `/v1/data_sources/${encodeURIComponent(idOf(database))}`
}

const choices = z.object({ options: z.array(z.object({ name: z.string() })) })
const property = z.looseObject({ name: z.string(), type: z.string(), description: z.string().nullish() })
const dataSource = z.object({ properties: z.record(z.string(), property) })

/** The columns of a data source. */
async function columnsOf(context: ServiceContext, database: string) {
  const { properties } = await notion.call(context, { url: dataSourcePath(database), answer: dataSource })
  return Object.values(properties)
}

/** The type of each column, by name. */
export async function typesOf(context: ServiceContext, database: string): Promise<Record<string, string>> {
  return Object.fromEntries((await columnsOf(context, database)).map(({ name, type }) => [name, type]))
}

const found = z.object({
  results: z.array(z.object({ object: z.string(), id: z.string(), title: richTextSchema.default([]) })),
  ...listFields,
})

/** Databases that are shared with the connection, page by page. */
export const databaseOptions = {
  isSearchable: true,
  load: async (context: OptionsContext) => {
    const json = {
      query: context.search,
      filter: { property: 'object', value: 'data_source' },
      page_size: 100,
      start_cursor: context.cursor,
    }
    const list = await notion.call(context, { method: 'POST', url: '/v1/search', json, answer: found })
    const next = nextCursor(list)
    return {
      options: list.results.map(({ id, title }) => ({ value: id, label: plainTextOf(title) || 'Untitled' })),
      ...(next === undefined ? {} : { nextCursor: next }),
    }
  },
}

/** The columns of the database in the form. */
export const columnOptions = {
  dependsOn: ['database'],
  load: async (context: OptionsContext) =>
    (await columnsOf(context, String(context.input['database'] ?? ''))).map(({ name, type }) => ({
      value: name,
      label: name,
      description: type,
    })),
}

const list = { type: 'array', items: { type: 'string' } }

/** What can be written into which type of property; those that Notion works out itself are not here. */
const SHAPES: Readonly<Record<string, JsonObject>> = {
  title: { type: 'string' },
  rich_text: { type: 'string', format: 'multiline' },
  number: { type: 'number' },
  checkbox: { type: 'boolean' },
  url: { type: 'string', format: 'uri' },
  email: { type: 'string', format: 'email' },
  phone_number: { type: 'string' },
  select: { type: 'string' },
  status: { type: 'string' },
  multi_select: list,
  date: { type: 'string', description: 'A day or a moment, such as 2026-04-10 or 2026-04-10T09:00:00Z.' },
  people: { ...list, description: 'Ids of users.' },
  relation: { ...list, description: 'Ids of pages.' },
  files: { ...list, description: 'Addresses of files on the web.' },
}

/** A form with the columns of the database. */
export const propertiesSchema = {
  dependsOn: ['database'],
  load: async (context: FormContext): Promise<JsonObject> => {
    const columns = await columnsOf(context, String(context.input['database'] ?? ''))
    const properties = columns.flatMap((column) => {
      const shape = SHAPES[column.type]
      return shape === undefined ? [] : [[column.name, { title: column.name, ...described(column, shape) }] as const]
    })
    return { type: 'object', properties: Object.fromEntries(properties), additionalProperties: true }
  },
}

function described(column: z.infer<typeof property>, shape: JsonObject): JsonObject {
  const names = choices.safeParse(column[column.type]).data?.options.map(({ name }) => name) ?? []
  const text = column.description ? { description: column.description } : {}
  if (names.length === 0) return { ...shape, ...text }
  // A status cannot be made by writing it; other choices can.
  const hint = column.type === 'status' ? { enum: names } : { examples: names }
  return shape['type'] === 'array'
    ? { ...shape, ...text, items: { type: 'string', ...hint } }
    : { ...shape, ...text, ...hint }
}
