import { action, z } from '@inlay/sdk/connector'
import { google } from '../google-api.js'
import { inputModeField, sampleRow, toCells, valuesField } from '../row.js'
import { SHEETS_SCOPE } from '../scopes.js'
import {
  headerRowField,
  rangeOf,
  readColumns,
  rowSchemaLoader,
  sheetFields,
  sheetOptions,
  spreadsheetOptions,
  spreadsheetPath,
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
    const { spreadsheet, sheet, headerRow, row, values, mode } = context.input
    const columns = await readColumns(context, { spreadsheet, sheet, headerRow })
    const { updatedCells } = await google.call(context, {
      method: 'PUT',
      url: `${spreadsheetPath(spreadsheet)}/values/${rangeOf(sheet, `A${row}`)}`,
      query: { valueInputOption: mode },
      // Google leaves cells alone for which it is given null, and empties those for which it is given a text without characters.
      json: { values: [toCells(columns, values)] },
      answer: z.object({ updatedCells: z.number().default(0), spreadsheetId: z.string() }),
    })
    return { row, updatedCells }
  },
})
