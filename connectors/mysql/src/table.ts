import {
  type FormContext,
  type JsonObject,
  type OptionsDefinition,
  type SchemaDefinition,
  z,
} from '@inlay/sdk/connector'
import { withSession } from './session.js'

const MAX_TABLES = 1000
const MAX_COLUMNS = 4096

/** The table that an action works on. */
export const tableFields = {
  table: z
    .string()
    .min(1)
    .meta({ title: 'Table', examples: ['orders'] }),
}

/** A name as SQL takes it, whatever is in it. */
export function quoted(name: string): string {
  return `\`${name.replaceAll('`', '``')}\``
}

const inForm = z.object({ table: z.string().default('') })
const nameSchema = z.object({ name: z.string() })
const columnSchema = z.object({ name: z.string(), type: z.string() })

/** The tables and views of the database. */
export const tableOptions: OptionsDefinition = async (context) => {
  const text = `select table_name as name from information_schema.tables
    where table_schema = database() order by table_name`
  const rows = await withSession(context, { isReadOnly: true, use: ({ read }) => read(text, [], MAX_TABLES) })
  return rows.map((row) => nameSchema.parse(row)).map(({ name }) => ({ value: name, label: name }))
}

type Column = z.infer<typeof columnSchema>

async function columnsOf(context: FormContext): Promise<readonly Column[]> {
  const { table } = inForm.parse(context.input)
  const text = `select column_name as name, data_type as type from information_schema.columns
    where table_schema = database() and table_name = ? order by ordinal_position`
  const rows = await withSession(context, { isReadOnly: true, use: ({ read }) => read(text, [table], MAX_COLUMNS) })
  return rows.map((row) => columnSchema.parse(row))
}

/** The columns of the chosen table. */
export const columnOptions: OptionsDefinition = {
  dependsOn: ['table'],
  load: async (context) =>
    (await columnsOf(context)).map(({ name, type }) => ({ value: name, label: name, description: type })),
}

const JSON_TYPES: Readonly<Record<string, string>> = {
  tinyint: 'integer',
  smallint: 'integer',
  mediumint: 'integer',
  int: 'integer',
  float: 'number',
  double: 'number',
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
  if (type === 'json') return { title: name, description: type }
  return { title: name, description: type, type: [JSON_TYPES[type] ?? 'string', 'null'] }
}
