import { action, rowSchema, z } from '@inlay/sdk/connector'
import { condition, matchesWanted, rowCount } from '../condition.js'
import { withSession } from '../session.js'
import { quoted, quotedTable, rowForm, tableFields, tableForm } from '../table.js'

/** Changes rows by the values of their columns. */
export const updateRows = action({
  name: 'Update rows',
  description: 'Changes all rows that have the given values.',
  input: z.strictObject({
    ...tableFields,
    where: condition,
    set: rowSchema
      .refine((values) => Object.keys(values).length > 0, 'needs a column')
      .meta({ title: 'New values', description: 'Values by column.' }),
  }),
  output: rowCount,
  options: tableForm,
  schemas: { where: rowForm, set: rowForm },
  sampleInput: { schema: 'public', table: 'orders', where: { id: 7 }, set: { status: 'sent' } },
  sampleOutput: { count: 1 },
  run: async (context) => {
    const { set, where: match } = context.input
    const table = quotedTable(context.input)
    const changes = Object.keys(set).map((name) => `${quoted(name)} = s.${quoted(name)}`)
    const text = `update ${table} as t set ${changes.join(', ')}
      from jsonb_populate_record(null::${table}, $1::text::jsonb) as s, jsonb_populate_record(null::${table}, $2::text::jsonb) as w
      where ${matchesWanted(match)}`
    const values = [JSON.stringify(set), JSON.stringify(match)]
    const { count } = await withSession(context, { use: (sql) => sql.unsafe(text, values) })
    return { count }
  },
})
