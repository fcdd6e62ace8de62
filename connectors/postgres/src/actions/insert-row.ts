import { action, plainRows, rowSchema, z } from '@inlay/sdk/connector'
import { withSession } from '../session.js'
import { onConflict, quoted, quotedTable, rowForm, tableFields, tableForm } from '../table.js'

/** Inserts a row; with key columns, changes the one that is there. */
export const insertRow = action({
  name: 'Insert or upsert a row',
  description: 'Adds a row to a table, or changes the row that has the same key.',
  input: z.strictObject({
    ...tableFields,
    row: rowSchema
      .refine((values) => Object.keys(values).length > 0, 'needs a column')
      .meta({ title: 'Row', description: 'Values by column.' }),
    keyColumns: z
      .array(z.string().min(1))
      .default([])
      .meta({ title: 'Key columns', description: 'With a unique index. When a row has the same key, it is changed.' }),
  }),
  output: z.object({ row: rowSchema.nullable().meta({ title: 'The row as it is now' }) }),
  options: tableForm,
  schemas: { row: rowForm },
  sampleInput: { schema: 'public', table: 'orders', row: { id: 7, status: 'paid' }, keyColumns: ['id'] },
  sampleOutput: { row: { id: 7, status: 'paid' } },
  delivery: 'at-most-once',
  run: async (context) => {
    const { row, keyColumns } = context.input
    const table = quotedTable(context.input)
    const columns = Object.keys(row).map(quoted).join(', ')
    // PostgreSQL itself turns JSON into the columns' types.
    const text = `insert into ${table} (${columns}) select ${columns}
      from jsonb_populate_record(null::${table}, $1::text::jsonb) ${onConflict(Object.keys(row), keyColumns)} returning *`
    const rows = await withSession(context, { use: (sql) => sql.unsafe(text, [JSON.stringify(row)]) })
    return { row: plainRows(rows)[0] ?? null }
  },
})
