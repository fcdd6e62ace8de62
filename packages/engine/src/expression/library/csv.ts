import { ValueError } from '../failure.js'
import { toText } from '../json-text.js'
import type { Budget } from '../limits.js'
import { unreadable } from '../value-refusals.js'
import { asList, assertKey, asText, isRecord, readField } from '../values.js'
import type { Library } from './function.js'

/** Tables as text (RFC 4180). */
export const CSV_LIBRARY: Library = {
  parseCsv: {
    signature: 'parseCsv(text, separator?)',
    description: 'The rows of a CSV text as objects, whose fields are named by its first row. All values are texts.',
    example: "parseCsv('sku,n\\nx,1') → [{ sku: 'x', n: '1' }]",
    arity: [1, 2],
    call: ([text, separator], budget) => objectsOf(readRows(text, separatorOf(separator), budget)),
  },
  parseRows: {
    signature: 'parseRows(text, separator?)',
    description: 'The rows of a CSV text as lists of texts, the first row included.',
    example: "parseRows('a;\"b;c\"', ';') → [['a', 'b;c']]",
    arity: [1, 2],
    call: ([text, separator], budget) => readRows(text, separatorOf(separator), budget),
  },
  toCsv: {
    signature: 'toCsv(list, separator?)',
    description: 'A list of objects as CSV text with their names in the first row; a list of lists as its rows.',
    example: "toCsv([{ sku: 'x', note: 'a, b' }]) → 'sku,note\\nx,\"a, b\"'",
    arity: [1, 2],
    call: ([list, separator], budget) => writeRows(asList(list, 'toCsv'), separatorOf(separator), budget),
  },
}

function separatorOf(separator: unknown): string {
  const sign = separator === undefined ? ',' : asText(separator, 'The separator')
  if (sign.length !== 1 || sign === '"' || sign === '\n' || sign === '\r') {
    const message = 'A separator is one character, such as a comma'
    throw unreadable({ what: 'The separator', text: sign, example: ',', message })
  }
  return sign
}

function readRows(text: unknown, separator: string, budget: Budget): string[][] {
  const source = asText(text, 'The CSV text')
  budget.allowText(source.length)
  budget.burn(Math.ceil(source.length / 4))
  const rows = new CsvReader(source.startsWith('\uFEFF') ? source.slice(1) : source, separator).read()
  const cells = rows.reduce((count, row) => count + row.length, rows.length)
  budget.allowItems(cells)
  // Each becomes a field of an object too.
  budget.burn(cells)
  return rows
}

class CsvReader {
  private position = 0

  constructor(
    private readonly text: string,
    private readonly separator: string,
  ) {}

  read(): string[][] {
    const rows: string[][] = []
    while (this.position < this.text.length) {
      const row = this.row()
      // An empty line is no row of one empty cell.
      if (row.length > 1 || row[0] !== '') rows.push(row)
    }
    return rows
  }

  private row(): string[] {
    const cells: string[] = []
    for (;;) {
      cells.push(this.text[this.position] === '"' ? this.quoted() : this.plain())
      const next = this.text[this.position]
      this.position += 1
      if (next === this.separator) continue
      if (next === '\r' && this.text[this.position] === '\n') this.position += 1
      return cells
    }
  }

  private plain(): string {
    const start = this.position
    while (this.position < this.text.length && !this.isCellEnd()) this.position += 1
    return this.text.slice(start, this.position)
  }

  private quoted(): string {
    let cell = ''
    for (;;) {
      const close = this.text.indexOf('"', this.position + 1)
      if (close < 0) {
        const message = 'The CSV text has a " that is not closed'
        throw new ValueError({ code: 'evaluation.open_quote', message, hint: 'Write "" for a quote in a cell.' })
      }
      cell += this.text.slice(this.position + 1, close)
      this.position = close + 1
      if (this.text[this.position] !== '"') break
      cell += '"'
    }
    return cell + this.plain()
  }

  private isCellEnd(): boolean {
    const character = this.text[this.position]
    return character === this.separator || character === '\n' || character === '\r'
  }
}

function objectsOf([header = [], ...rows]: readonly string[][]): Record<string, string | null>[] {
  const names = header.map((name) => assertKey(name.trim()))
  return rows.map((row) => {
    const object: Record<string, string | null> = {}
    for (const [index, name] of names.entries()) object[name] = row[index] ?? null
    return object
  })
}

function writeRows(list: readonly unknown[], separator: string, budget: Budget): string {
  budget.allowItems(list.length)
  const rows = list.every(isRecord) ? [headerOf(list, budget), ...list] : list
  const header = rows[0]
  let size = 0
  const lines = rows.map((row) => {
    const cells = isRecord(row)
      ? asList(header, 'toCsv').map((name) => readField(row, String(name)))
      : asList(row, 'toCsv')
    budget.allowItems(cells.length)
    const line = cells.map((cell) => writeCell(toText(cell, budget), separator)).join(separator)
    size += line.length + 1
    budget.assertSize(size)
    return line
  })
  return lines.join('\n')
}

function headerOf(list: readonly Record<string, unknown>[], budget: Budget): string[] {
  const names = new Set<string>()
  for (const object of list) {
    for (const name of Object.keys(object)) {
      budget.burn(1)
      names.add(name)
    }
  }
  return [...names]
}

function writeCell(text: string, separator: string): string {
  const needsQuotes = text.includes('"') || text.includes(separator) || text.includes('\n') || text.includes('\r')
  return needsQuotes ? `"${text.replaceAll('"', '""')}"` : text
}
