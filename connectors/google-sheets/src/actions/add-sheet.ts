import { action, z } from '@inlay/sdk/connector'
import { google } from '../google-api.js'
import { SHEETS_SCOPE } from '../scopes.js'
import { sheetFields, sheetSchema, spreadsheetOptions, spreadsheetPath } from '../sheet.js'

const answer = z.object({
  replies: z.tuple([z.object({ addSheet: z.object({ properties: sheetSchema }) })]),
})

/** Adds a sheet to a spreadsheet. */
export const addSheet = action({
  name: 'Add a sheet',
  description: 'Adds a sheet to a spreadsheet. Google refuses a name that another of its sheets has.',
  input: z.strictObject({
    spreadsheet: sheetFields.spreadsheet,
    title: z
      .string()
      .min(1)
      .max(100)
      .meta({ title: 'Name', examples: ['May'] }),
  }),
  output: sheetSchema,
  sampleInput: { spreadsheet: '1example', title: 'May' },
  sampleOutput: { sheetId: 7, title: 'May', index: 1 },
  scopes: [SHEETS_SCOPE],
  options: { spreadsheet: spreadsheetOptions },
  delivery: 'at-most-once',
  run: async (context) => {
    const { spreadsheet, title } = context.input
    const { replies } = await google.call(context, {
      method: 'POST',
      url: `${spreadsheetPath(spreadsheet)}:batchUpdate`,
      json: { requests: [{ addSheet: { properties: { title } } }] },
      answer,
    })
    return replies[0].addSheet.properties
  },
})
