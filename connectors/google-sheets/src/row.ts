import { type JsonValue, type ServiceContext, StepError, z } from '@inlay/sdk/connector'
import { google } from './google-api.js'
import { columnLetters, rangeOf, readColumns, type SheetPlace, spreadsheetPath } from './sheet.js'

/** How far down a sheet is read. */
export const MOST_ROWS = 50_000

/** What is in a cell. */
const cell = z.union([z.string(), z.number(), z.boolean(), z.null()]).meta({ title: 'Value' })

/** The values of a row, by the names of columns. */
export const valuesField = z
  .record(z.string(), cell)
  .meta({ title: 'Values', examples: [{ Customer: 'Kim', Total: 129.5 }] })

/** A row with its number. */
export const rowSchema = z.object({
  row: z.number().meta({ title: 'Row number' }),
  values: z.record(z.string(), cell).meta({ title: 'Values' }),
})

/** A row, for forms. */
export const sampleRow = { row: 2, values: { Customer: 'Kim', Total: 129.5 } }

/** How what is written is understood. */
export const inputModeField = z.enum(['USER_ENTERED', 'RAW']).default('USER_ENTERED').meta({
  title: 'Write as',
  description: 'USER_ENTERED: as if typed, so that dates and formulas are understood. RAW: exactly as given.',
})

type Row = z.output<typeof rowSchema>
type Cells = readonly z.output<typeof cell>[]

/** How many rows are asked for at once, so that no answer becomes too large. */
const PAGE_ROWS = 2000
const rowsSchema = z.object({ range: z.string(), values: z.array(z.array(cell)).optional() })

/** Rows below the header, from the top, with the names of columns. */
export async function readRows(
  context: ServiceContext,
  place: SheetPlace & { readonly from?: number; readonly limit: number },
): Promise<{ columns: string[]; rows: Row[] }> {
  const columns = await readColumns(context, place)
  const rows: Row[] = []
  let next = Math.max(place.from ?? 0, place.headerRow + 1)
  if (columns.length === 0) return { columns, rows }
  while (rows.length < place.limit) {
    const count = Math.min(PAGE_ROWS, place.limit - rows.length)
    const values = await readCells(context, place, { from: next, to: next + count - 1, width: columns.length })
    rows.push(...values.map((cells, index) => toRow(columns, cells, next + index)))
    // Google leaves out empty rows at the end of a range, and refuses ranges that begin below the sheet.
    if (values.length < count) break
    next += count
  }
  return { columns, rows: rows.filter(({ values }) => Object.values(values).some((value) => value !== null)) }
}

async function readCells(
  context: ServiceContext,
  { spreadsheet, sheet }: SheetPlace,
  { from, to, width }: { readonly from: number; readonly to: number; readonly width: number },
): Promise<readonly Cells[]> {
  try {
    const range = rangeOf(sheet, `A${from}:${columnLetters(width - 1)}${to}`)
    const { values = [] } = await google.call(context, {
      url: `${spreadsheetPath(spreadsheet)}/values/${range}`,
      query: { valueRenderOption: 'UNFORMATTED_VALUE', dateTimeRenderOption: 'FORMATTED_STRING' },
      answer: rowsSchema,
    })
    return values
  } catch (error) {
    if (error instanceof StepError && /exceeds grid limits/i.test(error.detail ?? '')) return []
    throw error
  }
}

/** A row's cells by the names of their columns; empty cells are null. */
export function toRow(columns: readonly string[], cells: Cells, row: number): Row {
  const named = columns.flatMap((name, index) => {
    const value = cells[index] ?? null
    return name === '' ? [] : [[name, value === '' ? null : value] as const]
  })
  return { row, values: Object.fromEntries(named) }
}

/** A row's cells in the order of columns; null leaves a cell as it is. @throws StepError for columns that are not there */
export function toCells(columns: readonly string[], values: Row['values']): JsonValue[] {
  const unknown = Object.keys(values).filter((name) => !columns.includes(name))
  if (unknown.length === 0) return columns.map((name) => (name === '' ? null : (values[name] ?? null)))
  throw new StepError('validation', 'The sheet has no such column', {
    detail: `Unknown: ${unknown.join(', ')}. The columns are ${columns.filter((name) => name !== '').join(', ')}.`,
  })
}

/** A cell as people compare it: capital and small letters are the same, and so are a number and its digits. */
export function comparable(value: unknown): string {
  return `${value ?? ''}`.trim().toLowerCase()
}

type InputMode = z.output<typeof inputModeField>

/** Adds rows below the last one. @returns the number of the first */
export async function appendCells(
  context: ServiceContext,
  given: {
    readonly place: SheetPlace
    readonly columns: readonly string[]
    /** Null becomes an empty cell. */
    readonly cells: readonly (readonly JsonValue[])[]
    readonly mode: InputMode
  },
): Promise<number> {
  const { place, columns, cells, mode } = given
  const { spreadsheet, sheet, headerRow } = place
  const table = `A${headerRow}:${columnLetters(Math.max(0, columns.length - 1))}${headerRow}`
  const { updates } = await google.call(context, {
    method: 'POST',
    url: `${spreadsheetPath(spreadsheet)}/values/${rangeOf(sheet, table)}:append`,
    query: { valueInputOption: mode, insertDataOption: 'INSERT_ROWS' },
    json: { values: cells.map((row) => row.map((value) => value ?? '')) },
    answer: z.object({ updates: z.object({ updatedRange: z.string() }) }),
  })
  return Number(/![A-Z]+(\d+)/.exec(updates.updatedRange)?.[1] ?? 0)
}

/** Writes into a row; null leaves a cell as it is. @returns how many cells were changed */
export async function writeRow(
  context: ServiceContext,
  given: {
    readonly place: SheetPlace
    readonly row: number
    readonly cells: readonly JsonValue[]
    readonly mode: InputMode
  },
): Promise<number> {
  const { place, row, cells, mode } = given
  const { updatedCells } = await google.call(context, {
    method: 'PUT',
    url: `${spreadsheetPath(place.spreadsheet)}/values/${rangeOf(place.sheet, `A${row}`)}`,
    query: { valueInputOption: mode },
    // Google leaves cells alone for which it is given null, and empties those for which it is given a text without characters.
    json: { values: [cells] },
    answer: z.object({ updatedCells: z.number().default(0), spreadsheetId: z.string() }),
  })
  return updatedCells
}
