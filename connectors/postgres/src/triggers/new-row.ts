import { cursorNumber, newByNumber, plainRows, pollingTrigger, rowSchema, z } from '@inlay/sdk/connector'
import { withSession } from '../session.js'
import { columnOptions, quoted, quotedTable, tableFields, tableForm } from '../table.js'

/** More than what may be told again, so that every poll gets on. */
const PAGE = 700

/** Starts for each row whose increasing column is higher than any before. */
export const newRow = pollingTrigger({
  name: 'New row',
  description: 'Starts when a row is added, told by a column whose values only grow, such as a serial id.',
  input: z.strictObject({
    ...tableFields,
    column: z.string().min(1).default('id').meta({ title: 'Increasing column', description: 'Unique whole numbers.' }),
  }),
  output: rowSchema,
  options: { ...tableForm, column: columnOptions },
  sampleOutput: { id: 7, status: 'paid' },
  poll: async (context) => {
    const name = quoted(context.input.column)
    const above = cursorNumber(context.cursor)
    const [order, condition] =
      above === undefined ? ['desc', `where ${name} is not null`] : ['asc', `where ${name} > $1::text::bigint`]
    // As text, because whole numbers of 64 bits do not fit into JSON's.
    const text = `select *, ${name}::text as "inlay key" from ${quotedTable(context.input)} ${condition}
      order by ${name} ${order} limit ${PAGE}`
    const values = above === undefined ? [] : [above]
    const found = await withSession(context, { isReadOnly: true, use: (sql) => sql.unsafe(text, values) })
    return newByNumber(plainRows(above === undefined ? found.toReversed() : found), {
      cursor: context.cursor,
      numberOf: ({ 'inlay key': key }) => String(key),
      dataOf: ({ 'inlay key': _, ...data }) => data,
    })
  },
})
