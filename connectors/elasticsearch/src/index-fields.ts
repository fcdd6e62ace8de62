import {
  type JsonObject,
  jsonObject,
  type OptionsDefinition,
  type SchemaDefinition,
  StepError,
  z,
} from '@inlay/sdk/connector'
import { elasticsearch } from './elasticsearch-api.js'

const NAME = /^(?!\.{1,2}$)[^\s/\\?"<>|#_+-][^\s/\\?"<>|#]{0,254}$/

/** One index, alias or data stream. */
export const indexField = z
  .string()
  .regex(/^(?!.*[*,])/, 'Name one index')
  .regex(NAME, 'This cannot be the name of an index')
  .meta({ title: 'Index', description: 'Or an alias, or a data stream.', examples: ['orders'] })

/** One index or several. */
export const indicesField = z
  .string()
  .regex(NAME, 'This cannot be the name of an index')
  .meta({ title: 'Index', description: 'Several with commas, or "*" for any letters.', examples: ['logs-*'] })

/** The id of a document. */
export const idField = z
  .string()
  .min(1)
  .max(512)
  .refine((id) => id !== '.' && id !== '..', 'This id cannot be asked for')
  .meta({ title: 'Id', examples: ['order-1001'] })

/** Whether a change is to be found at once. */
export const refreshField = z.enum(['false', 'wait_for', 'true']).default('false').meta({
  title: 'Found by search',
  description: '"false": within a second or so; "wait_for": wait until then; "true": at once, which costs the cluster.',
})

/** A query as text or in the query language. */
export const queryFields = {
  text: z
    .string()
    .optional()
    .meta({ title: 'Search', description: 'As in a search box: AND, OR, field:value.', examples: ['status:open'] }),
  query: jsonObject
    .optional()
    .meta({ title: 'Query', description: 'In the query language (query DSL), beside or instead of the search.' }),
}

/** The query that both ways to ask make together. */
export function queryOf({
  text,
  query,
}: {
  readonly text?: string | undefined
  readonly query?: JsonObject | undefined
}) {
  const parts = [
    ...(text === undefined || text.trim() === '' ? [] : [{ query_string: { query: text } }]),
    ...(query === undefined ? [] : [query]),
  ]
  const [only] = parts
  if (only === undefined) return { match_all: {} }
  return parts.length === 1 ? only : { bool: { must: parts } }
}

/** The path of a document. */
export function documentPath(index: string, id: string, endpoint: '_doc' | '_create' | '_update' = '_doc'): string {
  if (id === '.' || id === '..') {
    throw new StepError('validation', `A document cannot have the id "${id}"`)
  }
  return `/${encodeURIComponent(index)}/${endpoint}/${encodeURIComponent(id)}`
}

const named = z.array(z.object({ name: z.string() })).default([])
const resolved = z.object({ indices: named, aliases: named, data_streams: named })

/** Offers indices, aliases and data streams whose names begin with what was typed. */
export const indexOptions: OptionsDefinition = {
  isSearchable: true,
  load: async (context) => {
    const beginning = context.search.replace(/[^\p{L}\p{N}._-]/gu, '')
    const url = `/_resolve/index/${encodeURIComponent(`${beginning}*`)}`
    const { indices, aliases, data_streams: streams } = await elasticsearch.call(context, { url, answer: resolved })
    const names = [...streams, ...aliases, ...indices].map(({ name }) => name)
    return [...new Set(names)].filter((name) => !name.startsWith('.')).map((name) => ({ value: name, label: name }))
  },
}

const mappingAnswer = z.record(z.string(), z.object({ mappings: z.object({ properties: jsonObject.optional() }) }))

/** The shape of documents, from the mapping of the chosen index. */
export const documentSchema: SchemaDefinition = {
  dependsOn: ['index'],
  load: async (context) => {
    const { index } = context.input
    if (typeof index !== 'string' || !NAME.test(index)) return { type: 'object' }
    const url = `/${encodeURIComponent(index)}/_mapping`
    const mappings = await elasticsearch.call(context, { url, answer: mappingAnswer })
    const properties = Object.assign(
      {},
      ...Object.values(mappings).map(({ mappings: { properties: own } }) => own ?? {}),
    )
    return { type: 'object', properties: propertiesOf(properties), additionalProperties: true }
  },
}

const TYPES: Readonly<Record<string, string>> = {
  boolean: 'boolean',
  byte: 'integer',
  date: 'string',
  double: 'number',
  float: 'number',
  integer: 'integer',
  ip: 'string',
  keyword: 'string',
  long: 'integer',
  scaled_float: 'number',
  short: 'integer',
  text: 'string',
}

function propertiesOf(fields: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(fields).map(([name, field]) => [name, { title: name, ...schemaOf(jsonObject.parse(field)) }]),
  )
}

/** Fields of types without a plain counterpart may hold anything. */
function schemaOf({ type, properties }: JsonObject): JsonObject {
  const inner = jsonObject.safeParse(properties)
  if (inner.success) return { type: 'object', properties: propertiesOf(inner.data) }
  const plain = typeof type === 'string' ? TYPES[type] : undefined
  return plain === undefined ? {} : { type: plain }
}
