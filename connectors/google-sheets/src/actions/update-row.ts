import { action, z } from '@inlay/sdk/connector'
import { inputModeField, sampleRow, toCells, valuesField, writeRow } from '../row.js'
import { SHEETS_SCOPE } from '../scopes.js'
import {
  headerRowField,
  readColumns,
  rowSchemaLoader,
  sheetFields,
  sheetOptions,
  spreadsheetOptions,
} from '../sheet.js'

/** Changes a row. */
export const updateRow = action({
  name: 'Change a row',
  description: 'Writes into cells of a row; those that are not given stay as they are.',
  input: z.strictObject({
    ...sheetFields,
    headerRow: headerRowField,
    row: z.coerce
      .number()
      .int()
      .min(1)
      .meta({ title: 'Row number', examples: [2] }),
    values: valuesField,
    mode: inputModeField,
  }),
  output: z.object({
    row: z.number().meta({ title: 'Row number' }),
    updatedCells: z.number().meta({ title: 'Cells changed' }),
  }),
  sampleInput: { spreadsheet: '1example', sheet: 'Orders', row: 2, values: sampleRow.values },
  sampleOutput: { row: 2, updatedCells: 2 },
  scopes: [SHEETS_SCOPE],
  options: { spreadsheet: spreadsheetOptions, sheet: sheetOptions },
  schemas: { values: rowSchemaLoader },
  run: async (context) => {
    const { row, values, mode, ...place } = context.input
    const cells = toCells(await readColumns(context, place), values)
    return { row, updatedCells: await writeRow(context, { place, row, cells, mode }) }
  },
})
