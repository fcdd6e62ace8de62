import { action, z } from '@inlay/sdk/connector'
import { google } from '../google-api.js'
import { SHEETS_SCOPE } from '../scopes.js'
import { rangeOf, sheetFields, sheetOptions, spreadsheetOptions, spreadsheetPath } from '../sheet.js'

/** Empties cells. */
export const clearCells = action({
  name: 'Clear cells',
  description: 'Empties cells of a sheet; their format stays.',
  input: z.strictObject({
    ...sheetFields,
    cells: z
      .string()
      .regex(/^[A-Za-z]{0,3}\d*(:[A-Za-z]{0,3}\d*)?$/, 'must be cells such as A2:C10 or 5:5')
      .meta({ title: 'Cells', examples: ['A2:C10'], description: '"5:5" is the whole fifth row, "A:A" a column.' }),
  }),
  output: z.object({ clearedRange: z.string().meta({ title: 'Range' }) }),
  sampleInput: { spreadsheet: '1example', sheet: 'Orders', cells: 'A2:C10' },
  sampleOutput: { clearedRange: 'Orders!A2:C10' },
  scopes: [SHEETS_SCOPE],
  options: { spreadsheet: spreadsheetOptions, sheet: sheetOptions },
  run: (context) => {
    const { spreadsheet, sheet, cells } = context.input
    return google.call(context, {
      method: 'POST',
      url: `${spreadsheetPath(spreadsheet)}/values/${rangeOf(sheet, cells)}:clear`,
      json: {},
      answer: z.object({ clearedRange: z.string() }),
    })
  },
})
