import { type JsonValue, jsonObject, pollingTrigger, z } from '@inlay/sdk/connector'
import { plainRows, rowSchema } from '../plain-rows.js'
import { withSession } from '../session.js'
import { columnOptions, quoted, quotedTable, tableFields, tableOptions } from '../table.js'

const PAGE = 500
/** How far behind the highest value a row may still appear: it got its value first and was committed later. */
const LATE_VALUES = 200

/** Starts for each row whose increasing column is higher than any before. */
export const newRow = pollingTrigger({
  name: 'New row',
  description: 'Starts when a row is added, told by a column whose values only grow, such as a serial id.',
  input: z.strictObject({
    ...tableFields,
    column: z.string().min(1).default('id').meta({ title: 'Increasing column', description: 'Unique whole numbers.' }),
  }),
  output: rowSchema,
  options: { table: tableOptions, column: columnOptions },
  sampleOutput: { id: 7, status: 'paid' },
  poll: async (context) => {
    const name = quoted(context.input.column)
    const { after, seen } = readCursor(context.cursor)
    const [order, condition] =
      after === undefined ? ['desc', `where ${name} is not null`] : ['asc', `where ${name} > $1::text::bigint`]
    // As text, because whole numbers of 64 bits do not fit into JSON's.
    const text = `select *, ${name}::text as "inlay key" from ${quotedTable(context.input)} ${condition}
      order by ${name} ${order} limit ${PAGE + LATE_VALUES}`
    const values = after === undefined ? [] : [String(after - BigInt(LATE_VALUES))]
    const found = await withSession(context, { isReadOnly: true, use: (sql) => sql.unsafe(text, values) })
    const rows = plainRows(after === undefined ? found.toReversed() : found)
    const items = rows
      .map(({ 'inlay key': key = null, ...data }) => ({ id: String(key), data }))
      .filter(({ id }) => !seen.has(id))
    return { items, cursor: toCursor(after ?? -1n, [...seen, ...items.map(({ id }) => id)]) }
  },
})

function readCursor(cursor: JsonValue): { readonly after: bigint | undefined; readonly seen: ReadonlySet<string> } {
  const { after, seen } = jsonObject.safeParse(cursor).data ?? {}
  if (typeof after !== 'string' || !Array.isArray(seen)) return { after: undefined, seen: new Set() }
  return { after: BigInt(after), seen: new Set(seen.filter((id) => typeof id === 'string')) }
}

function toCursor(before: bigint, ids: readonly string[]): JsonValue {
  let after = before
  for (const id of ids.map(BigInt)) if (id > after) after = id
  return { after: String(after), seen: ids.filter((id) => BigInt(id) > after - BigInt(LATE_VALUES)) }
}
