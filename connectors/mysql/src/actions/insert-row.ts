import { action, rowSchema, z } from '@inlay/sdk/connector'
import { withSession } from '../session.js'
import { quoted, rowForm, tableFields, tableOptions } from '../table.js'

/** Inserts a row; when wanted, changes the one that has the same key. */
export const insertRow = action({
  name: 'Insert or upsert a row',
  description: 'Adds a row to a table, or changes the row that has the same key.',
  input: z.strictObject({
    ...tableFields,
    row: rowSchema.meta({
      title: 'Row',
      description: 'Values by column. Dates and times as 2026-01-31 08:30:00, in UTC.',
    }),
    whenExists: z.enum(['refuse', 'update']).default('refuse').meta({
      title: 'When a row has the same key',
      description: 'Refuse the new row, or change the one that is there. The same primary key or unique index counts.',
    }),
  }),
  output: z.object({
    insertId: z.string().nullable().meta({
      title: 'Number of the row',
      description: 'What an AUTO_INCREMENT column gave, as text; empty when the table has none.',
    }),
  }),
  options: { table: tableOptions },
  schemas: { row: rowForm },
  sampleInput: { table: 'orders', row: { number: 'A-7', status: 'paid' }, whenExists: 'update' },
  sampleOutput: { insertId: '7' },
  delivery: 'at-most-once',
  run: async (context) => {
    const { table, row, whenExists } = context.input
    const columns = Object.keys(row).map(quoted)
    const marks = columns.map(() => '?').join(', ')
    const insert = `insert into ${quoted(table)} (${columns.join(', ')}) values (${marks})`
    const text = whenExists === 'update' && columns.length > 0 ? `${insert} ${onDuplicate(columns)}` : insert
    const { insertId } = await withSession(context, { use: ({ change }) => change(text, Object.values(row)) })
    return { insertId }
  },
})

/** With VALUES(), since MariaDB does not know the row alias that newer MySQL prefers. */
function onDuplicate(columns: readonly string[]): string {
  return `on duplicate key update ${columns.map((name) => `${name} = values(${name})`).join(', ')}`
}
