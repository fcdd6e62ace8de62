import { action, StepError, z } from '@inlay/sdk/connector'
import { CsvError, parse } from 'csv-parse/sync'
import { readSource, sourceFields } from '../source.js'

const MAX_ROWS = 100_000

/** Reads a table. */
export const readCsv = action({
  name: 'Read CSV',
  description: 'Makes a list of rows of a table in CSV. Its first line names the columns.',
  input: z.strictObject({
    ...sourceFields,
    delimiter: z.enum(['auto', ',', ';', '\t', '|']).default('auto').meta({ title: 'Between columns' }),
    hasHeader: z.boolean().default(true).meta({ title: 'First line names the columns' }),
    numbers: z.boolean().default(false).meta({
      title: 'Read numbers',
      description: 'Off, everything stays text: 007 keeps its zeros.',
    }),
    limit: z.coerce.number().int().min(1).max(MAX_ROWS).default(10_000).meta({ title: 'Rows at most' }),
  }),
  output: z.object({
    rows: z.array(z.record(z.string(), z.union([z.string(), z.number()]))).meta({ title: 'Rows' }),
    columns: z.array(z.string()).meta({ title: 'Columns' }),
    count: z.number().meta({ title: 'How many' }),
  }),
  sampleInput: { text: 'id;name\n007;Kim\n' },
  sampleOutput: { rows: [{ id: '007', name: 'Kim' }], columns: ['id', 'name'], count: 1 },
  run: async ({ input, files }) => {
    const { delimiter, hasHeader, numbers, limit } = input
    const text = await readSource(input, files)
    const lines = parseLines(text, delimiter === 'auto' ? guessDelimiter(text) : delimiter, limit + 1)
    const [first = []] = lines
    const columns = uniqueNames(hasHeader ? first : first.map((_, index) => `column${index + 1}`))
    const rows = lines
      .slice(hasHeader ? 1 : 0)
      .slice(0, limit)
      .map((cells) => {
        const entries = columns.map((column, index) => [column, readCell(cells[index] ?? '', numbers)] as const)
        return Object.fromEntries(entries)
      })
    return { rows, columns, count: rows.length }
  },
})

function parseLines(text: string, delimiter: string, limit: number): string[][] {
  try {
    return parse(text, {
      delimiter,
      to: limit,
      bom: true,
      skip_empty_lines: true,
      relax_column_count: true,
      trim: true,
    })
  } catch (cause) {
    if (!(cause instanceof CsvError)) throw cause
    throw new StepError('validation', 'The text is not CSV', { detail: cause.message, cause })
  }
}

/** The one that is most often in the first line. */
function guessDelimiter(text: string): string {
  const [line = ''] = text.split('\n', 1)
  const counted = [',', ';', '\t', '|'].map((candidate) => ({ candidate, count: line.split(candidate).length }))
  return counted.sort((a, b) => b.count - a.count)[0]?.candidate ?? ','
}

/** Columns without a name, or with another one's, would overwrite each other. */
function uniqueNames(names: readonly string[]): string[] {
  const used = new Set<string>()
  return names.map((given, index) => {
    const name = given === '' || given === '__proto__' ? `column${index + 1}` : given
    let unique = name
    for (let copy = 2; used.has(unique); copy++) unique = `${name}_${copy}`
    used.add(unique)
    return unique
  })
}

function readCell(cell: string, numbers: boolean): string | number {
  const isNumber = numbers && /^-?(?:0|[1-9]\d{0,14})(?:\.\d{1,15})?$/.test(cell)
  return isNumber ? Number(cell) : cell
}
