import { action, z } from '@inlay/sdk/connector'
import { google } from '../google-api.js'
import { inputModeField, rowNumberOf, rowSchema, sampleRow, toCells, toRow, valuesField } from '../row.js'
import { SHEETS_SCOPE } from '../scopes.js'
import {
  columnLetters,
  headerRowField,
  rangeOf,
  readColumns,
  rowSchemaLoader,
  sheetFields,
  sheetOptions,
  spreadsheetOptions,
  spreadsheetPath,
} from '../sheet.js'

/** Adds a row. */
export const appendRow = action({
  name: 'Add a row',
  description: 'Adds a row below the last one.',
  input: z.strictObject({ ...sheetFields, headerRow: headerRowField, values: valuesField, mode: inputModeField }),
  output: rowSchema,
  sampleInput: { spreadsheet: '1example', sheet: 'Orders', values: sampleRow.values },
  sampleOutput: sampleRow,
  scopes: [SHEETS_SCOPE],
  options: { spreadsheet: spreadsheetOptions, sheet: sheetOptions },
  schemas: { values: rowSchemaLoader },
  // Google knows no idempotency key: repeating after a crash would add a second row.
  delivery: 'at-most-once',
  run: async (context) => {
    const { spreadsheet, sheet, headerRow, values, mode } = context.input
    const columns = await readColumns(context, { spreadsheet, sheet, headerRow })
    const cells = toCells(columns, values).map((value) => value ?? '')
    const table = `A${headerRow}:${columnLetters(Math.max(0, columns.length - 1))}${headerRow}`
    const { updates } = await google.call(context, {
      method: 'POST',
      url: `${spreadsheetPath(spreadsheet)}/values/${rangeOf(sheet, table)}:append`,
      query: { valueInputOption: mode, insertDataOption: 'INSERT_ROWS' },
      json: { values: [cells] },
      answer: z.object({ updates: z.object({ updatedRange: z.string() }) }),
    })
    const given = columns.map((name) => values[name] ?? null)
    return toRow(columns, given, rowNumberOf(updates.updatedRange))
  },
})
