import { action, z } from '@inlay/sdk/connector'
import { SHEETS_SCOPE } from '../scopes.js'
import { readSheets, sheetFields, sheetSchema, spreadsheetOptions } from '../sheet.js'

/** Lists the sheets of a spreadsheet. */
export const listSheets = action({
  name: 'List sheets',
  description: 'Lists the sheets of a spreadsheet.',
  input: z.strictObject({ spreadsheet: sheetFields.spreadsheet }),
  output: z.object({ sheets: z.array(sheetSchema).meta({ title: 'Sheets' }) }),
  sampleInput: { spreadsheet: '1example' },
  sampleOutput: { sheets: [{ sheetId: 0, title: 'Orders', index: 0 }] },
  scopes: [SHEETS_SCOPE],
  options: { spreadsheet: spreadsheetOptions },
  run: async (context) => ({ sheets: await readSheets(context, context.input.spreadsheet) }),
})
