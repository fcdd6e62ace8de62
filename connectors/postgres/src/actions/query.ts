import { action, jsonValue, plainRows, rowSchema, z } from '@inlay/sdk/connector'
import { withSession } from '../session.js'

/** Reads rows with one statement, in a read-only transaction. */
export const query = action({
  name: 'Query rows',
  description: 'Reads rows with an SQL query. It cannot change anything.',
  input: z.strictObject({
    sql: z.string().min(1).meta({
      title: 'Query',
      format: 'multiline',
      description: 'One SELECT statement. Values belong into the parameters, as $1, $2.',
    }),
    parameters: z.array(jsonValue).default([]).meta({ title: 'Parameters', description: 'The first is $1.' }),
    maxRows: z.number().int().min(1).max(10_000).default(100).meta({ title: 'At most this many rows' }),
  }),
  output: z.object({
    rows: z.array(rowSchema).meta({ title: 'Rows' }),
    isTruncated: z.boolean().meta({ title: 'Whether there were more rows' }),
  }),
  sampleInput: { sql: 'select id, total from orders where status = $1', parameters: ['paid'], maxRows: 100 },
  sampleOutput: { rows: [{ id: 7, total: '19.90' }], isTruncated: false },
  run: async (context) => {
    const { sql: text, parameters, maxRows } = context.input
    return withSession(context, {
      isReadOnly: true,
      use: async (sql) => {
        // Without `simple` the server takes one statement only: no second one can leave the read-only transaction.
        // Parameters are plain JSON, which the driver writes as the type that the server asks for.
        const found = sql.unsafe(text, parameters as never[], { prepare: false, simple: false } as never)
        for await (const rows of found.cursor(maxRows + 1)) {
          return { rows: plainRows(rows.slice(0, maxRows)), isTruncated: rows.length > maxRows }
        }
        return { rows: [], isTruncated: false }
      },
    })
  },
})
