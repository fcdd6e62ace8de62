import { action, StepError, z } from '@inlay/sdk/connector'
import { google } from '../google-api.js'
import { SHEETS_SCOPE } from '../scopes.js'
import { readSheets, sheetFields, sheetOptions, spreadsheetOptions, spreadsheetPath } from '../sheet.js'

/** Deletes rows. */
export const deleteRows = action({
  name: 'Delete rows',
  description: 'Deletes rows of a sheet; those below move up.',
  input: z.strictObject({
    ...sheetFields,
    row: z.coerce
      .number()
      .int()
      .min(1)
      .meta({ title: 'First row', examples: [2] }),
    count: z.coerce.number().int().min(1).max(10_000).default(1).meta({ title: 'How many' }),
  }),
  output: z.object({ count: z.number().meta({ title: 'How many' }) }),
  sampleInput: { spreadsheet: '1example', sheet: 'Orders', row: 2 },
  sampleOutput: { count: 1 },
  scopes: [SHEETS_SCOPE],
  options: { spreadsheet: spreadsheetOptions, sheet: sheetOptions },
  // Repeated after a crash, it would delete what has moved up.
  delivery: 'at-most-once',
  run: async (context) => {
    const { spreadsheet, sheet, row, count } = context.input
    const sheetId = (await readSheets(context, spreadsheet)).find(({ title }) => title === sheet)?.sheetId
    if (sheetId === undefined) {
      throw new StepError('validation', `The spreadsheet has no sheet "${sheet}"`, { detail: 'Choose it again.' })
    }
    const range = { sheetId, dimension: 'ROWS', startIndex: row - 1, endIndex: row - 1 + count }
    await google.call(context, {
      method: 'POST',
      url: `${spreadsheetPath(spreadsheet)}:batchUpdate`,
      json: { requests: [{ deleteDimension: { range } }] },
      answer: z.object({ replies: z.array(z.unknown()) }),
    })
    return { count }
  },
})
