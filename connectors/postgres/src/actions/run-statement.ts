import { action, jsonValue, plainRows, rowSchema, z } from '@inlay/sdk/connector'
import { withSession } from '../session.js'

const MAX_ROWS = 1000

/** Runs one statement of any kind. */
export const runStatement = action({
  name: 'Run a statement',
  description: 'Runs one SQL statement that may change data, in a transaction of its own.',
  input: z.strictObject({
    sql: z.string().min(1).meta({
      title: 'Statement',
      format: 'multiline',
      description: 'One statement. Values belong into the parameters, as $1, $2.',
    }),
    parameters: z.array(jsonValue).default([]).meta({ title: 'Parameters', description: 'The first is $1.' }),
  }),
  output: z.object({
    count: z.number().int().nullable().meta({ title: 'Rows that it concerned', description: 'Where it tells.' }),
    rows: z.array(rowSchema).meta({ title: 'Rows', description: `The first ${MAX_ROWS} that it gave.` }),
  }),
  sampleInput: {
    sql: 'update orders set status = $1 where placed_at < now() - interval $2 returning id',
    parameters: ['late', '30 days'],
  },
  sampleOutput: { count: 1, rows: [{ id: 7 }] },
  delivery: 'at-most-once',
  run: async (context) => {
    const { sql: text, parameters } = context.input
    const found = await withSession(context, {
      // Without `simple` the server takes one statement only. Parameters are plain JSON, which the driver writes as the
      // type that the server asks for.
      use: (sql) => sql.unsafe(text, parameters as never[], { prepare: false, simple: false } as never),
    })
    return { count: found.count ?? null, rows: plainRows(found.slice(0, MAX_ROWS)) }
  },
})
