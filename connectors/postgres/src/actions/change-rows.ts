import { action, z } from '@inlay/sdk/connector'
import { rowSchema } from '../plain-rows.js'
import { withSession } from '../session.js'
import { quoted, quotedTable, rowForm, tableFields, tableOptions } from '../table.js'

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
      .meta({ title: 'New values', description: 'Values by column.' }),
  }),
  output,
  options: { table: tableOptions },
  schemas: { where: rowForm, set: rowForm },
  sampleInput: { schema: 'public', table: 'orders', where: { id: 7 }, set: { status: 'sent' } },
  sampleOutput: { count: 1 },
  run: async (context) => {
    const { set, where: match } = context.input
    const table = quotedTable(context.input)
    const changes = Object.keys(set).map((name) => `${quoted(name)} = s.${quoted(name)}`)
    const text = `update ${table} as t set ${changes.join(', ')}
      from jsonb_populate_record(null::${table}, $1::text::jsonb) as s, jsonb_populate_record(null::${table}, $2::text::jsonb) as w
      where ${matching(match)}`
    const values = [JSON.stringify(set), JSON.stringify(match)]
    const { count } = await withSession(context, { use: (sql) => sql.unsafe(text, values) })
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
  sampleInput: { schema: 'public', table: 'orders', where: { id: 7 } },
  sampleOutput: { count: 1 },
  run: async (context) => {
    const table = quotedTable(context.input)
    const text = `delete from ${table} as t using jsonb_populate_record(null::${table}, $1::text::jsonb) as w
      where ${matching(context.input.where)}`
    const values = [JSON.stringify(context.input.where)]
    const { count } = await withSession(context, { use: (sql) => sql.unsafe(text, values) })
    return { count }
  },
})

function matching(values: Readonly<Record<string, unknown>>): string {
  return Object.keys(values)
    .map((name) => `t.${quoted(name)} = w.${quoted(name)}`)
    .join(' and ')
}
