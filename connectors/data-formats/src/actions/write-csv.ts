import { action, type JsonValue, jsonValue, z } from '@inlay/sdk/connector'
import { stringify } from 'csv-stringify/sync'
import { targetFields, targetOutput, writeTarget } from '../source.js'

/** Writes a table. */
export const writeCsv = action({
  name: 'Write CSV',
  description: 'Makes a table in CSV of a list of rows.',
  input: z.strictObject({
    rows: z
      .array(z.record(z.string(), jsonValue))
      .max(100_000)
      .meta({ title: 'Rows', examples: [[{ id: 7, name: 'Kim' }]] }),
    columns: z
      .array(z.string())
      .optional()
      .meta({ title: 'Columns', description: 'Which, and in which order; by default all.' }),
    delimiter: z.enum([',', ';', '\t']).default(',').meta({ title: 'Between columns' }),
    header: z.boolean().default(true).meta({ title: 'With a first line of names' }),
    safe: z.boolean().default(true).meta({
      title: 'Safe for spreadsheets',
      description: 'Puts a quote before texts that a spreadsheet would take for a formula.',
    }),
    ...targetFields,
  }),
  output: targetOutput,
  sampleInput: { rows: [{ id: 7, name: 'Kim' }] },
  sampleOutput: { text: 'id,name\n7,Kim\n', file: null },
  run: async ({ input: { rows, delimiter, header, safe, fileName, ...given }, files }) => {
    const columns = given.columns ?? [...new Set(rows.flatMap((row) => Object.keys(row)))]
    const cells = rows.map((row) => columns.map((column) => cellOf(Object.hasOwn(row, column) ? row[column] : null)))
    const lines = header ? [columns, ...cells] : cells
    const text = stringify(lines, { delimiter, escape_formulas: safe })
    return writeTarget({ text, fileName, contentType: 'text/csv' }, files)
  },
})

function cellOf(value: JsonValue | undefined): string | number {
  if (value === null || value === undefined) return ''
  if (typeof value === 'string' || typeof value === 'number') return value
  return JSON.stringify(value)
}
