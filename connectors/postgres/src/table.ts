import {
  type FormContext,
  type JsonObject,
  type OptionsDefinition,
  type SchemaDefinition,
  z,
} from '@inlay/sdk/connector'
import { withSession } from './session.js'

/** Where tables and functions are. */
export const schemaField = z
  .string()
  .min(1)
  .default('public')
  .meta({ title: 'Schema', description: 'Most tables are in public.' })

/** The table that an action works on. */
export const tableFields = {
  schema: schemaField,
  table: z
    .string()
    .min(1)
    .meta({ title: 'Table', examples: ['orders'] }),
}

/** A name as SQL takes it, whatever is in it. */
export function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}

/** The table's full name as SQL takes it. */
export function quotedTable({ schema, table }: { readonly schema: string; readonly table: string }): string {
  return `${quoted(schema)}.${quoted(table)}`
}

const inForm = z.object({ schema: z.string().default('public'), table: z.string().default('') })

/** The schemas that are not of the database itself. */
export const schemaOptions: OptionsDefinition = async (context) => {
  const rows = await withSession(context, {
    isReadOnly: true,
    use: (sql) => sql<{ name: string }[]>`select nspname::text as name from pg_namespace
      where nspname not like 'pg\\_%' and nspname <> 'information_schema' and has_schema_privilege(oid, 'usage')
      order by nspname limit 1000`,
  })
  return rows.map(({ name }) => ({ value: name, label: name }))
}

/** The tables and views of the schema. */
const tableOptions: OptionsDefinition = {
  dependsOn: ['schema'],
  load: async (context) => {
    const { schema } = inForm.parse(context.input)
    const rows = await withSession(context, {
      isReadOnly: true,
      use: (sql) => sql<{ name: string }[]>`select table_name::text as name from information_schema.tables
        where table_schema = ${schema} order by table_name limit 1000`,
    })
    return rows.map(({ name }) => ({ value: name, label: name }))
  },
}

/** The choices of `tableFields`. */
export const tableForm = { schema: schemaOptions, table: tableOptions }

/** A column or an argument, with PostgreSQL's name of its type. */
interface Column {
  readonly name: string
  readonly type: string
}

async function columnsOf(context: FormContext): Promise<readonly Column[]> {
  const { schema, table } = inForm.parse(context.input)
  return withSession(context, {
    isReadOnly: true,
    use: (sql) => sql<
      Column[]
    >`select column_name::text as name, data_type::text as type from information_schema.columns
      where table_schema = ${schema} and table_name = ${table} order by ordinal_position`,
  })
}

/** The columns of the chosen table. */
export const columnOptions: OptionsDefinition = {
  dependsOn: ['schema', 'table'],
  load: async (context) =>
    (await columnsOf(context)).map(({ name, type }) => ({ value: name, label: name, description: type })),
}

const JSON_TYPES: Readonly<Record<string, string>> = {
  boolean: 'boolean',
  smallint: 'integer',
  integer: 'integer',
  real: 'number',
  'double precision': 'number',
}

/** A row of the chosen table, as JSON Schema. */
export async function rowSchemaOf(context: FormContext): Promise<JsonObject> {
  const columns = await columnsOf(context)
  return { type: 'object', properties: Object.fromEntries(columns.map((column) => [column.name, propertyOf(column)])) }
}

/** The form of a row of the chosen table. */
export const rowForm: SchemaDefinition = { dependsOn: ['schema', 'table'], load: rowSchemaOf }

/** A value of a column or argument, as JSON Schema. */
export function propertyOf({ name, type }: Column): JsonObject {
  if (type === 'json' || type === 'jsonb' || type === 'ARRAY' || type.endsWith('[]'))
    return { title: name, description: type }
  return { title: name, description: type, type: [JSON_TYPES[type] ?? 'string', 'null'] }
}

/** What an insert does with a row whose key is there already. */
export function onConflict(columns: readonly string[], keys: readonly string[]): string {
  if (keys.length === 0) return ''
  const changes = columns
    .filter((name) => !keys.includes(name))
    .map((name) => `${quoted(name)} = excluded.${quoted(name)}`)
  const what = changes.length === 0 ? 'nothing' : `update set ${changes.join(', ')}`
  return `on conflict (${keys.map(quoted).join(', ')}) do ${what}`
}
