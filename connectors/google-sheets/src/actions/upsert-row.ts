import { action, StepError, z } from '@inlay/sdk/connector'
import {
  appendCells,
  comparable,
  inputModeField,
  MOST_ROWS,
  readRows,
  sampleRow,
  toCells,
  valuesField,
  writeRow,
} from '../row.js'
import { SHEETS_SCOPE } from '../scopes.js'
import {
  columnOptions,
  headerRowField,
  rowSchemaLoader,
  sheetFields,
  sheetOptions,
  spreadsheetOptions,
} from '../sheet.js'

/** Changes a row, or adds it. */
export const upsertRow = action({
  name: 'Add or change a row',
  description: 'Changes the first row that has the same value in a column; adds a row when there is none.',
  input: z.strictObject({
    ...sheetFields,
    headerRow: headerRowField,
    column: z
      .string()
      .min(1)
      .meta({ title: 'Column that tells rows apart', examples: ['Customer'] }),
    values: valuesField,
    mode: inputModeField,
  }),
  output: z.object({
    row: z.number().meta({ title: 'Row number' }),
    wasAdded: z.boolean().meta({ title: 'Is new' }),
  }),
  sampleInput: { spreadsheet: '1example', sheet: 'Orders', column: 'Customer', values: sampleRow.values },
  sampleOutput: { row: 2, wasAdded: false },
  scopes: [SHEETS_SCOPE],
  options: { spreadsheet: spreadsheetOptions, sheet: sheetOptions, column: columnOptions },
  schemas: { values: rowSchemaLoader },
  run: async (context) => {
    const { column, values, mode, ...place } = context.input
    const wanted = values[column] ?? null
    if (wanted === null) {
      throw new StepError('validation', `There is no value for "${column}"`, { detail: 'It tells rows apart.' })
    }
    const { columns, rows } = await readRows(context, { ...place, limit: MOST_ROWS })
    const cells = toCells(columns, values)
    const known = rows.find((row) => comparable(row.values[column]) === comparable(wanted))
    if (known === undefined) {
      return { row: await appendCells(context, { place, columns, cells: [cells], mode }), wasAdded: true }
    }
    await writeRow(context, { place, row: known.row, cells, mode })
    return { row: known.row, wasAdded: false }
  },
})
