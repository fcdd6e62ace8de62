import { createHash } from 'node:crypto'
import { type JsonValue, pollingTrigger, z } from '@inlay/sdk/connector'
import { MOST_ROWS, readRows, rowSchema, sampleRow } from '../row.js'
import { SHEETS_SCOPE } from '../scopes.js'
import { headerRowField, sheetFields, sheetOptions, spreadsheetOptions } from '../sheet.js'

/** How far down the rows were known, and which counted as told when rows were deleted since. */
const cursorSchema = z.object({ lastRow: z.number(), generation: z.number() })

/** Starts for each row that is added. */
export const newRow = pollingTrigger({
  name: 'New row',
  description:
    'Starts for each row that is added below the last one. Changes of rows that are there already do not count. Asks every few minutes.',
  input: z.strictObject({ ...sheetFields, headerRow: headerRowField }),
  output: rowSchema,
  sampleOutput: sampleRow,
  scopes: [SHEETS_SCOPE],
  options: { spreadsheet: spreadsheetOptions, sheet: sheetOptions },
  poll: async (context) => {
    const { input } = context
    const before = cursorSchema.safeParse(context.cursor).data
    const { rows } = await readRows(context, { ...input, limit: MOST_ROWS })
    const lastRow = rows.at(-1)?.row ?? input.headerRow
    if (before === undefined) return { items: [], cursor: { lastRow, generation: 0 } }
    // Rows were deleted: numbers come back for rows that are new, which therefore need ids of their own.
    const generation = before.generation + (lastRow < before.lastRow ? 1 : 0)
    const fresh = rows.filter(({ row }) => row > before.lastRow)
    return {
      items: fresh.map((data) => ({ id: `${generation}:${data.row}:${fingerprint(data.values)}`, data })),
      cursor: { lastRow, generation },
    }
  },
})

/** The same row number may be filled again with something else; ids are never told twice. */
function fingerprint(values: JsonValue): string {
  return createHash('sha256').update(JSON.stringify(values)).digest('hex').slice(0, 16)
}
