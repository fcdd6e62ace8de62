import { createHash } from 'node:crypto'
import { pollingTrigger, StepError, z } from '@inlay/sdk/connector'
import { readRows, rowSchema, sampleRow } from '../row.js'
import { SHEETS_SCOPE } from '../scopes.js'
import { columnOptions, headerRowField, sheetFields, sheetOptions, spreadsheetOptions } from '../sheet.js'

/** A print of each is in the cursor. */
const MOST_ROWS = 20_000
const PRINT_LENGTH = 10

/** Prints of all rows, one after the other, and how often anything has changed. */
const cursorSchema = z.object({ prints: z.string(), round: z.number() })

/** Starts for each row that is added or changed. */
export const changedRow = pollingTrigger({
  name: 'New or changed row',
  description: `Starts for each row that is added, wherever, and each time one is changed; not when rows are sorted, moved or deleted. Sheets of at most ${MOST_ROWS} rows. Asks every few minutes.`,
  input: z.strictObject({
    ...sheetFields,
    headerRow: headerRowField,
    columns: z
      .array(z.string())
      .default([])
      .meta({ title: 'Only these columns', description: 'Changes of others do not count.', examples: [['Status']] }),
  }),
  output: rowSchema,
  sampleOutput: sampleRow,
  scopes: [SHEETS_SCOPE],
  options: { spreadsheet: spreadsheetOptions, sheet: sheetOptions, columns: columnOptions },
  poll: async (context) => {
    const { columns: watched, ...place } = context.input
    const before = cursorSchema.safeParse(context.cursor).data
    const { columns, rows } = await readRows(context, { ...place, limit: MOST_ROWS + 1 })
    assertWatchable({ watched, columns, count: rows.length })
    const counted = watched.length === 0 ? columns.filter((name) => name !== '') : watched
    const printed = rows.map((data) => ({ data, print: printOf(counted.map((name) => data.values[name] ?? null)) }))
    const prints = printed.map(({ print }) => print).join('')
    if (before === undefined) return { items: [], cursor: { prints, round: 0 } }
    if (before.prints === prints) return { items: [], cursor: { ...before } }
    const known = countPrints(before.prints)
    const fresh = printed.filter(({ print }) => !take(known, print))
    const round = before.round + 1
    // A row that gets back what it had is changed again, and has another id.
    const items = fresh.map(({ data, print }) => ({ id: `${round}:${data.row}:${print}`, data }))
    return { items, cursor: { prints, round } }
  },
})

interface Watchable {
  readonly watched: readonly string[]
  readonly columns: readonly string[]
  readonly count: number
}

function assertWatchable({ watched, columns, count }: Watchable): void {
  const unknown = watched.find((name) => !columns.includes(name))
  if (unknown !== undefined && columns.length > 0) {
    throw new StepError('validation', `The sheet has no column "${unknown}"`, { detail: 'Choose the columns again.' })
  }
  if (count > MOST_ROWS) {
    throw new StepError('limit', `The sheet has more than ${MOST_ROWS} rows`, {
      detail: 'Google does not tell which rows have changed, so that all are compared. Move old ones to another sheet.',
    })
  }
}

function printOf(cells: readonly unknown[]): string {
  return createHash('sha256').update(JSON.stringify(cells)).digest('base64url').slice(0, PRINT_LENGTH)
}

/** How often each print is there: rows may be alike. */
function countPrints(prints: string): Map<string, number> {
  const counts = new Map<string, number>()
  for (let start = 0; start < prints.length; start += PRINT_LENGTH) {
    const print = prints.slice(start, start + PRINT_LENGTH)
    counts.set(print, (counts.get(print) ?? 0) + 1)
  }
  return counts
}

/** Whether a print is among them; it counts once. */
function take(counts: Map<string, number>, print: string): boolean {
  const count = counts.get(print) ?? 0
  if (count > 0) counts.set(print, count - 1)
  return count > 0
}
