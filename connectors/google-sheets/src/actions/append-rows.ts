import { action, z } from '@inlay/sdk/connector'
import { appendCells, inputModeField, sampleRow, toCells, valuesField } from '../row.js'
import { SHEETS_SCOPE } from '../scopes.js'
import { headerRowField, readColumns, sheetFields, sheetOptions, spreadsheetOptions } from '../sheet.js'

/** Adds many rows. */
export const appendRows = action({
  name: 'Add many rows',
  description: 'Adds up to 1,000 rows below the last one, all of them or none.',
  input: z.strictObject({
    ...sheetFields,
    headerRow: headerRowField,
    rows: z
      .array(valuesField)
      .min(1)
      .max(1000)
      .meta({ title: 'Rows', examples: [[sampleRow.values]] }),
    mode: inputModeField,
  }),
  output: z.object({
    firstRow: z.number().meta({ title: 'Number of the first' }),
    count: z.number().meta({ title: 'How many' }),
  }),
  sampleInput: { spreadsheet: '1example', sheet: 'Orders', rows: [sampleRow.values] },
  sampleOutput: { firstRow: 2, count: 1 },
  scopes: [SHEETS_SCOPE],
  options: { spreadsheet: spreadsheetOptions, sheet: sheetOptions },
  // Google knows no idempotency key: repeating after a crash would add the rows again.
  delivery: 'at-most-once',
  run: async (context) => {
    const { rows, mode, ...place } = context.input
    const columns = await readColumns(context, place)
    const cells = rows.map((values) => toCells(columns, values))
    return { firstRow: await appendCells(context, { place, columns, cells, mode }), count: rows.length }
  },
})
