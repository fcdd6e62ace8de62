import { action, plainRows, rowSchema, z } from '@inlay/sdk/connector'
import { filtersField, whereOf } from '../filter.js'
import { withSession } from '../session.js'
import { columnOptions, quoted, quotedTable, rowSchemaOf, tableFields, tableForm } from '../table.js'

/** Reads rows of a table without SQL. */
export const selectRows = action({
  name: 'Select rows',
  description: 'Reads rows of a table, by filters and in order.',
  input: z.strictObject({
    ...tableFields,
    filters: filtersField,
    orderBy: z.string().min(1).optional().meta({ title: 'Order by', description: 'A column.' }),
    direction: z.enum(['ascending', 'descending']).default('ascending').meta({ title: 'Direction' }),
    maxRows: z.int().min(1).max(10_000).default(100).meta({ title: 'At most this many rows' }),
    skip: z.int().min(0).default(0).meta({ title: 'Skip the first' }),
  }),
  output: z.object({
    rows: z.array(rowSchema).meta({ title: 'Rows' }),
    isTruncated: z.boolean().meta({ title: 'Whether there were more rows' }),
  }),
  options: { ...tableForm, orderBy: columnOptions },
  outputSchema: {
    dependsOn: ['schema', 'table'],
    load: async (context) => ({
      type: 'object',
      properties: { rows: { type: 'array', items: await rowSchemaOf(context) }, isTruncated: { type: 'boolean' } },
    }),
  },
  sampleInput: {
    schema: 'public',
    table: 'orders',
    filters: [{ column: 'status', operator: 'equals', value: 'paid' }],
    orderBy: 'id',
    direction: 'descending',
  },
  sampleOutput: { rows: [{ id: 7, status: 'paid' }], isTruncated: false },
  run: async (context) => {
    const { filters, orderBy, direction, maxRows, skip } = context.input
    const table = quotedTable(context.input)
    const where = whereOf(table, filters)
    const order =
      orderBy === undefined ? '' : `order by t.${quoted(orderBy)} ${direction === 'ascending' ? 'asc' : 'desc'}`
    const text = `select t.* from ${table} as t ${where.text} ${order} limit ${maxRows + 1} offset ${skip}`
    const rows = await withSession(context, { isReadOnly: true, use: (sql) => sql.unsafe(text, where.values) })
    return { rows: plainRows(rows.slice(0, maxRows)), isTruncated: rows.length > maxRows }
  },
})
