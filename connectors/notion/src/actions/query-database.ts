import { action, collectPages, type JsonObject, type JsonValue, jsonObject, StepError, z } from '@inlay/sdk/connector'
import { columnOptions, databaseField, databaseOptions, typesOf } from '../data-source.js'
import { pageSchema, samplePage, toPage } from '../page.js'
import { queryPages } from '../query-pages.js'

/** Finds pages of a database. */
export const queryDatabase = action({
  name: 'Find pages of a database',
  description: 'Lists pages of a database that a property or a filter chooses, over as many pages as it takes.',
  input: z.strictObject({
    database: databaseField,
    property: z
      .string()
      .optional()
      .meta({ title: 'Where the property', examples: ['Status'] }),
    value: z
      .union([z.string(), z.number(), z.boolean()])
      .optional()
      .meta({ title: 'Is', description: 'For lists: holds.', examples: ['In stock'] }),
    filter: jsonObject.optional().meta({
      title: 'Filter',
      description: 'In the place of property and value: a filter as Notion’s API describes it.',
      examples: [{ property: 'Price', number: { greater_than: 2 } }],
    }),
    sortBy: z.string().optional().meta({ title: 'Sort by', description: 'A property. By default: newest first.' }),
    descending: z.boolean().default(false).meta({ title: 'Largest first' }),
    limit: z.coerce.number().int().min(1).max(1000).default(100).meta({ title: 'At most' }),
  }),
  output: z.object({
    pages: z.array(pageSchema).meta({ title: 'Pages' }),
    count: z.number().meta({ title: 'How many' }),
  }),
  sampleInput: { database: '1a44be12-0953-4631-b498-9e5817518db8', property: 'Status', value: 'In stock' },
  sampleOutput: { pages: [samplePage], count: 1 },
  options: { database: databaseOptions, property: columnOptions, sortBy: columnOptions },
  run: async (context) => {
    const { database, property, value, filter, sortBy, descending, limit } = context.input
    const isSimple = filter === undefined && property !== undefined && value !== undefined
    const chosen = isSimple ? equals({ property, value, types: await typesOf(context, database) }) : filter
    const sort =
      sortBy === undefined ? NEWEST_FIRST : { property: sortBy, direction: descending ? 'descending' : 'ascending' }
    const read = (cursor: string) =>
      queryPages(context, { database, filter: chosen, sort, size: Math.min(100, limit), cursor })
    const pages = (await collectPages(read, '', { maxItems: limit })).map(toPage)
    return { pages, count: pages.length }
  },
})

const NEWEST_FIRST = { timestamp: 'created_time', direction: 'descending' }

/** By which condition each type of property is compared with one value. */
const CONDITIONS: Readonly<Record<string, string>> = {
  title: 'equals',
  rich_text: 'equals',
  number: 'equals',
  checkbox: 'equals',
  url: 'equals',
  email: 'equals',
  phone_number: 'equals',
  select: 'equals',
  status: 'equals',
  date: 'equals',
  unique_id: 'equals',
  multi_select: 'contains',
  people: 'contains',
  relation: 'contains',
}

function equals(given: {
  readonly property: string
  readonly value: JsonValue
  readonly types: Readonly<Record<string, string>>
}): JsonObject {
  const { property, value, types } = given
  const type = types[property] ?? ''
  const condition = CONDITIONS[type]
  if (condition !== undefined) return { property, [type]: { [condition]: comparable(type, value) } }
  throw new StepError('validation', `Pages cannot be found by "${property}" and a value`, {
    detail: `The database has: ${Object.keys(types).join(', ')}. For other comparisons use the filter.`,
  })
}

/** What comes out of expressions is often text, and Notion compares numbers with numbers alone. */
function comparable(type: string, value: JsonValue): JsonValue {
  if (type === 'number' || type === 'unique_id') return Number(value)
  return type === 'checkbox' ? value === true || value === 'true' : String(value)
}
