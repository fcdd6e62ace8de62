import { action, z } from '@inlay/sdk/connector'
import { appendCells, inputModeField, rowSchema, sampleRow, toCells, toRow, valuesField } from '../row.js'
import { SHEETS_SCOPE } from '../scopes.js'
import {
  headerRowField,
  readColumns,
  rowSchemaLoader,
  sheetFields,
  sheetOptions,
  spreadsheetOptions,
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
    const { values, mode, ...place } = context.input
    const columns = await readColumns(context, place)
    const row = await appendCells(context, { place, columns, cells: [toCells(columns, values)], mode })
    const given = columns.map((name) => values[name] ?? null)
    return toRow(columns, given, row)
  },
})
