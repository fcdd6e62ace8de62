import { action, z } from '@inlay/sdk/connector'
import { condition, matchesWanted, rowCount } from '../condition.js'
import { withSession } from '../session.js'
import { quotedTable, rowForm, tableFields, tableForm } from '../table.js'

/** Deletes rows by the values of their columns. */
export const deleteRows = action({
  name: 'Delete rows',
  description: 'Deletes all rows that have the given values.',
  input: z.strictObject({ ...tableFields, where: condition }),
  output: rowCount,
  options: tableForm,
  schemas: { where: rowForm },
  sampleInput: { schema: 'public', table: 'orders', where: { id: 7 } },
  sampleOutput: { count: 1 },
  run: async (context) => {
    const table = quotedTable(context.input)
    const text = `delete from ${table} as t using jsonb_populate_record(null::${table}, $1::text::jsonb) as w
      where ${matchesWanted(context.input.where)}`
    const values = [JSON.stringify(context.input.where)]
    const { count } = await withSession(context, { use: (sql) => sql.unsafe(text, values) })
    return { count }
  },
})
