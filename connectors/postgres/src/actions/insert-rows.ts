import { action, rowSchema, z } from '@inlay/sdk/connector'
import { rowCount } from '../condition.js'
import { withSession } from '../session.js'
import { onConflict, quoted, quotedTable, tableFields, tableForm } from '../table.js'

/** Inserts many rows with one statement. */
export const insertRows = action({
  name: 'Insert or upsert rows',
  description: 'Adds many rows to a table, or changes those that have the same key: all of them or none.',
  input: z.strictObject({
    ...tableFields,
    rows: z.array(rowSchema).min(1).max(1000).meta({
      title: 'Rows',
      description: 'Values by column. All rows get the columns that one of them has; what a row lacks is empty.',
    }),
    keyColumns: z
      .array(z.string().min(1))
      .default([])
      .meta({ title: 'Key columns', description: 'With a unique index. When a row has the same key, it is changed.' }),
  }),
  output: rowCount,
  options: tableForm,
  sampleInput: { schema: 'public', table: 'orders', rows: [{ id: 7, status: 'paid' }], keyColumns: ['id'] },
  sampleOutput: { count: 1 },
  delivery: 'at-most-once',
  run: async (context) => {
    const { rows, keyColumns } = context.input
    const table = quotedTable(context.input)
    const names = [...new Set(rows.flatMap((row) => Object.keys(row)))]
    const columns = names.map(quoted).join(', ')
    const text = `insert into ${table} (${columns}) select ${columns}
      from jsonb_populate_recordset(null::${table}, $1::text::jsonb) ${onConflict(names, keyColumns)}`
    const { count } = await withSession(context, { use: (sql) => sql.unsafe(text, [JSON.stringify(rows)]) })
    return { count }
  },
})
