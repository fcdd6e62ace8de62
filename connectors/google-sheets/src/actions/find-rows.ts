import { action, z } from '@inlay/sdk/connector'
import { comparable, MOST_ROWS, readRows, rowSchema, sampleRow } from '../row.js'
import { SHEETS_SCOPE } from '../scopes.js'
import { columnOptions, headerRowField, sheetFields, sheetOptions, spreadsheetOptions } from '../sheet.js'

/** Finds rows by what is in a column. */
export const findRows = action({
  name: 'Find rows',
  description: 'Finds rows by what is in one of their columns, from the top.',
  input: z.strictObject({
    ...sheetFields,
    headerRow: headerRowField,
    column: z
      .string()
      .min(1)
      .meta({ title: 'Column', examples: ['Customer'] }),
    value: z.string().meta({ title: 'Value', examples: ['Kim'] }),
    match: z
      .enum(['is', 'contains'])
      .default('is')
      .meta({ title: 'How', description: 'Capital and small letters count the same.' }),
    limit: z.coerce.number().int().min(1).max(1000).default(100).meta({ title: 'At most' }),
  }),
  output: z.object({ rows: z.array(rowSchema).meta({ title: 'Rows' }) }),
  sampleInput: { spreadsheet: '1example', sheet: 'Orders', column: 'Customer', value: 'Kim' },
  sampleOutput: { rows: [sampleRow] },
  scopes: [SHEETS_SCOPE],
  options: { spreadsheet: spreadsheetOptions, sheet: sheetOptions, column: columnOptions },
  run: async (context) => {
    const { column, value, match, limit, ...place } = context.input
    const wanted = comparable(value)
    const { rows } = await readRows(context, { ...place, limit: MOST_ROWS })
    const found = rows.filter(({ values }) => {
      const text = comparable(values[column])
      return match === 'is' ? text === wanted : text.includes(wanted)
    })
    return { rows: found.slice(0, limit) }
  },
})
