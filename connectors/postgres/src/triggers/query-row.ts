import { jsonValue, newById, plainRows, pollingTrigger, rowSchema, StepError, z } from '@inlay/sdk/connector'
import { withSession } from '../session.js'

const MAX_ROWS = 1000

/** Starts for each row of a query that was not there before. */
export const queryRow = pollingTrigger({
  name: 'New row of a query',
  description: 'Starts for each row that a query of your own gives and that it did not give before.',
  input: z.strictObject({
    sql: z
      .string()
      .min(1)
      .meta({
        title: 'Query',
        format: 'multiline',
        description: `One SELECT statement that gives at most ${MAX_ROWS} rows. Values belong into the parameters, as $1, $2.`,
        examples: ["select id, total from orders where status = 'late' order by id desc limit 500"],
      }),
    parameters: z.array(jsonValue).default([]).meta({ title: 'Parameters', description: 'The first is $1.' }),
    keyColumn: z
      .string()
      .min(1)
      .default('id')
      .meta({ title: 'Key', description: 'The column of the query that tells rows apart.' }),
  }),
  output: rowSchema,
  sampleOutput: { id: 7, total: '19.90' },
  poll: async (context) => {
    const { sql: text, parameters, keyColumn } = context.input
    const rows = await withSession(context, {
      isReadOnly: true,
      use: async (sql) => {
        // Without `simple` the server takes one statement only: no second one can leave the read-only transaction.
        // Parameters are plain JSON, which the driver writes as the type that the server asks for.
        const found = sql.unsafe(text, parameters as never[], { prepare: false, simple: false } as never)
        for await (const batch of found.cursor(MAX_ROWS + 1)) return plainRows(batch)
        return []
      },
    })
    if (rows.length > MAX_ROWS) {
      throw new StepError('limit', `The query gives more than ${MAX_ROWS} rows`, {
        detail: 'Narrow it down, or order it by what is new and add a limit.',
      })
    }
    return newById(rows, { cursor: context.cursor, idOf: (row) => keyOf(row[keyColumn], keyColumn) })
  },
})

function keyOf(value: unknown, column: string): string {
  if (typeof value === 'string' || typeof value === 'number') return String(value)
  throw new StepError('rejected', `The query gives a row without the key "${column}"`, {
    detail: 'Choose a column of the query that has a text or number in every row.',
  })
}
