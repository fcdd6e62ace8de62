import { action, jsonValue, rowSchema, StepError, z } from '@inlay/sdk/connector'
import { withSession } from '../session.js'

// Comments before the first word, but not those that the server runs.
const READING =
  /^(?:\s|\(|--\s[^\n]*\n|#[^\n]*\n|\/\*(?!M?!)[\s\S]*?\*\/)*(?:select|with|show|describe|desc|explain|table|values)\b/i

/** Reads rows with one statement, in a read-only transaction. */
export const query = action({
  name: 'Query rows',
  description: 'Reads rows with an SQL query. It cannot change any.',
  input: z.strictObject({
    sql: z.string().min(1).meta({
      title: 'Query',
      format: 'multiline',
      description: 'One SELECT statement. Values belong into the parameters, each as ? in the query.',
    }),
    parameters: z.array(jsonValue).default([]).meta({ title: 'Parameters', description: 'The first is the first ?.' }),
    maxRows: z.number().int().min(1).max(10_000).default(100).meta({ title: 'At most this many rows' }),
  }),
  output: z.object({
    rows: z.array(rowSchema).meta({ title: 'Rows' }),
    isTruncated: z.boolean().meta({ title: 'Whether there were more rows' }),
  }),
  sampleInput: { sql: 'select id, total from orders where status = ?', parameters: ['paid'], maxRows: 100 },
  sampleOutput: { rows: [{ id: 7, total: '19.90' }], isTruncated: false },
  run: async (context) => {
    const { sql, parameters, maxRows } = context.input
    // A read-only transaction stops changes of rows, but not SET, KILL or CALL.
    if (!READING.test(sql)) {
      throw new StepError('rejected', 'The query does not read rows', {
        detail: 'Begin it with SELECT, WITH, SHOW, DESCRIBE, EXPLAIN, TABLE or VALUES.',
      })
    }
    // A prepared statement is one statement only: no second one can leave the read-only transaction.
    const rows = await withSession(context, {
      isReadOnly: true,
      use: ({ read }) => read(sql, parameters, maxRows + 1),
    })
    return { rows: rows.slice(0, maxRows), isTruncated: rows.length > maxRows }
  },
})
