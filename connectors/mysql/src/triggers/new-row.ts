import { cursorNumber, newByNumber, pollingTrigger, rowSchema, StepError, z } from '@inlay/sdk/connector'
import { withSession } from '../session.js'
import { columnOptions, quoted, tableFields, tableOptions } from '../table.js'

/** More than what may be told again, so that every poll gets on. */
const PAGE = 700
const wholeNumber = z.string().regex(/^-?\d+$/)

/** Starts for each row whose increasing column is higher than any before. */
export const newRow = pollingTrigger({
  name: 'New row',
  description: 'Starts when a row is added, told by a column whose values only grow, such as an AUTO_INCREMENT id.',
  input: z.strictObject({
    ...tableFields,
    column: z.string().min(1).default('id').meta({ title: 'Increasing column', description: 'Unique whole numbers.' }),
  }),
  output: rowSchema,
  options: { table: tableOptions, column: columnOptions },
  sampleOutput: { id: 7, status: 'paid' },
  poll: async (context) => {
    const { table, column } = context.input
    const above = cursorNumber(context.cursor)
    const name = `t.${quoted(column)}`
    // The number stands in the text: a parameter would be compared as a double, with 53 bits.
    const [order, condition] = above === undefined ? ['desc', `${name} is not null`] : ['asc', `${name} > ${above}`]
    const text = `select t.*, cast(${name} as char) as \`inlay key\` from ${quoted(table)} as t
      where ${condition} order by ${name} ${order} limit ${PAGE}`
    const found = await withSession(context, { isReadOnly: true, use: ({ read }) => read(text, [], PAGE) })
    return newByNumber(above === undefined ? found.toReversed() : found, {
      cursor: context.cursor,
      numberOf: ({ 'inlay key': key }) => idOf(key, column),
      dataOf: ({ 'inlay key': _, ...data }) => data,
    })
  },
})

function idOf(key: unknown, column: string): string {
  const parsed = wholeNumber.safeParse(key)
  if (parsed.success) return parsed.data
  throw new StepError('rejected', `The column ${column} has a value that is no whole number`, {
    detail: 'Choose a column of whole numbers that only grow.',
  })
}
