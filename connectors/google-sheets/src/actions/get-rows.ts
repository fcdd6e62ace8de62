import { action, z } from '@inlay/sdk/connector'
import { readRows, rowSchema, sampleRow } from '../row.js'
import { SHEETS_SCOPE } from '../scopes.js'
import { headerRowField, sheetFields, sheetOptions, spreadsheetOptions } from '../sheet.js'

/** Reads rows. */
export const getRows = action({
  name: 'Get rows',
  description: 'Reads rows from the top, or from a row on.',
  input: z.strictObject({
    ...sheetFields,
    headerRow: headerRowField,
    from: z.coerce.number().int().min(1).optional().meta({ title: 'From row' }),
    limit: z.coerce.number().int().min(1).max(5000).default(100).meta({ title: 'At most' }),
  }),
  output: z.object({
    columns: z.array(z.string()).meta({ title: 'Columns' }),
    rows: z.array(rowSchema).meta({ title: 'Rows' }),
  }),
  sampleInput: { spreadsheet: '1example', sheet: 'Orders' },
  sampleOutput: { columns: ['Customer', 'Total'], rows: [sampleRow] },
  scopes: [SHEETS_SCOPE],
  options: { spreadsheet: spreadsheetOptions, sheet: sheetOptions },
  run: (context) => {
    const { from, ...place } = context.input
    return readRows(context, { ...place, ...(from === undefined ? {} : { from }) })
  },
})
