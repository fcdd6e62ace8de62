import {
  type FormContext,
  type JsonObject,
  type OptionsDefinition,
  type SchemaDefinition,
  z,
} from '@inlay/sdk/connector'
import { withSession } from './session.js'

/** The table that an action works on. */
export const tableFields = {
  schema: z.string().min(1).default('public').meta({ title: 'Schema', description: 'Most tables are in public.' }),
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

/** The tables and views of the schema. */
export const tableOptions: OptionsDefinition = async (context) => {
  const { schema } = inForm.parse(context.input)
  const rows = await withSession(context, {
    isReadOnly: true,
    use: (sql) => sql<{ name: string }[]>`select table_name::text as name from information_schema.tables
      where table_schema = ${schema} order by table_name limit 1000`,
  })
  return rows.map(({ name }) => ({ value: name, label: name }))
}

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
  dependsOn: ['table'],
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
export const rowForm: SchemaDefinition = {
  dependsOn: ['table'],
  load: async (context): Promise<JsonObject> => ({
    type: 'object',
    properties: Object.fromEntries((await columnsOf(context)).map((column) => [column.name, propertyOf(column)])),
  }),
}

function propertyOf({ name, type }: Column): JsonObject {
  if (type === 'json' || type === 'jsonb' || type === 'ARRAY') return { title: name, description: type }
  return { title: name, description: type, type: [JSON_TYPES[type] ?? 'string', 'null'] }
}
