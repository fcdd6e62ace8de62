import { action, type JsonValue, rowSchema, z } from '@inlay/sdk/connector'
import { withSession } from '../session.js'
import { quoted, rowForm, tableFields, tableOptions } from '../table.js'

const where = rowSchema
  .refine((values) => Object.keys(values).length > 0, 'needs a column')
  .refine((values) => !Object.values(values).includes(null), 'cannot be null')
  .meta({ title: 'Rows whose', description: 'Columns with the values that rows must have, all of them.' })
const output = z.object({ count: z.number().int().meta({ title: 'Rows' }) })

/** Changes rows by the values of their columns. */
export const updateRows = action({
  name: 'Update rows',
  description: 'Changes all rows that have the given values.',
  input: z.strictObject({
    ...tableFields,
    where,
    set: rowSchema
      .refine((values) => Object.keys(values).length > 0, 'needs a column')
      .meta({ title: 'New values', description: 'Values by column. Dates and times as 2026-01-31 08:30:00, in UTC.' }),
  }),
  output,
  options: { table: tableOptions },
  schemas: { where: rowForm, set: rowForm },
  sampleInput: { table: 'orders', where: { id: 7 }, set: { status: 'sent' } },
  sampleOutput: { count: 1 },
  run: async (context) => {
    const { table, set, where: match } = context.input
    const changes = Object.keys(set).map((name) => `${quoted(name)} = ?`)
    const text = `update ${quoted(table)} set ${changes.join(', ')} where ${matching(match)}`
    const values = [...Object.values(set), ...Object.values(match).map(compared)]
    const { count } = await withSession(context, { use: ({ change }) => change(text, values) })
    return { count }
  },
})

/** Deletes rows by the values of their columns. */
export const deleteRows = action({
  name: 'Delete rows',
  description: 'Deletes all rows that have the given values.',
  input: z.strictObject({ ...tableFields, where }),
  output,
  options: { table: tableOptions },
  schemas: { where: rowForm },
  sampleInput: { table: 'orders', where: { id: 7 } },
  sampleOutput: { count: 1 },
  run: async (context) => {
    const { table, where: match } = context.input
    const text = `delete from ${quoted(table)} where ${matching(match)}`
    const values = Object.values(match).map(compared)
    const { count } = await withSession(context, { use: ({ change }) => change(text, values) })
    return { count }
  },
})

function matching(values: Readonly<Record<string, unknown>>): string {
  return Object.keys(values)
    .map((name) => `${quoted(name)} = ?`)
    .join(' and ')
}

/** As text, because for MySQL every text that is no number equals the number 0. */
function compared(value: JsonValue): JsonValue {
  return typeof value === 'boolean' ? String(Number(value)) : typeof value === 'number' ? String(value) : value
}
