import { action, z } from '@inlay/sdk/connector'
import { google } from '../google-api.js'
import { SHEETS_SCOPE } from '../scopes.js'

const spreadsheetSchema = z.object({
  spreadsheetId: z.string().meta({ title: 'Id' }),
  spreadsheetUrl: z.string().meta({ title: 'Address' }),
})

/** Makes a spreadsheet. */
export const createSpreadsheet = action({
  name: 'Create a spreadsheet',
  description: 'Makes a spreadsheet with one sheet.',
  input: z.strictObject({
    title: z
      .string()
      .min(1)
      .meta({ title: 'Name', examples: ['Orders 2026'] }),
    sheet: z.string().min(1).max(100).default('Sheet1').meta({ title: 'Name of its sheet' }),
    columns: z
      .array(z.string())
      .default([])
      .meta({ title: 'Columns', examples: [['Customer', 'Total']] }),
  }),
  output: spreadsheetSchema,
  sampleInput: { title: 'Orders 2026', columns: ['Customer', 'Total'] },
  sampleOutput: { spreadsheetId: '1example', spreadsheetUrl: 'https://docs.google.com/spreadsheets/d/1example/edit' },
  scopes: [SHEETS_SCOPE],
  delivery: 'at-most-once',
  run: (context) => {
    const { title, sheet, columns } = context.input
    const header = { values: columns.map((name) => ({ userEnteredValue: { stringValue: name } })) }
    const data = columns.length === 0 ? {} : { data: [{ startRow: 0, startColumn: 0, rowData: [header] }] }
    return google.call(context, {
      method: 'POST',
      url: '/v4/spreadsheets',
      query: { fields: 'spreadsheetId,spreadsheetUrl' },
      json: { properties: { title }, sheets: [{ properties: { title: sheet }, ...data }] },
      answer: spreadsheetSchema,
    })
  },
})
