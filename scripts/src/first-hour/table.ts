import { isGoodEnough, type Judged, LEAST_PASSES, MUST_PASS, scoreOf } from './judge.js'

const BEGIN = '<!-- figures: begin (pnpm first-hour --write) -->'
const END = '<!-- figures: end -->'

/** Of a column, for the formatter. */
const LEAST_WIDTH = 3

/** The table for a terminal. */
export function printTable(judged: readonly Judged[]): string {
  return judged
    .map(({ number, question, target, verdict }) => {
      const sign = verdict.passes ? 'pass' : 'FAIL'
      return `${String(number).padStart(2)}  ${sign}  ${question}\n          ${verdict.measured}   (${target})`
    })
    .join('\n')
}

/** The last line. */
export function scoreLine(judged: readonly Judged[]): string {
  const failing = judged.filter(({ number, verdict }) => MUST_PASS.includes(number) && !verdict.passes)
  const must =
    failing.length === 0 ? '' : ` Must pass, and does not: ${failing.map(({ number }) => number).join(', ')}.`
  const verdict = isGoodEnough(judged) ? 'good enough' : 'not good enough'
  return `${scoreOf(judged)} of ${judged.length} pass: ${verdict} (at least ${LEAST_PASSES}, and ${MUST_PASS.join(', ')}).${must}`
}

/** The table as Markdown, as wide as the widest cell of each column, which is how the formatter leaves it. */
export function markdownTable(judged: readonly Judged[], facts: string): string {
  const rows = [
    ['#', 'check', 'target', 'measured', 'verdict'],
    ...judged.map(({ number, question, target, verdict }) => [
      String(number),
      ...[question, target, verdict.measured].map((text) => text.replaceAll('|', '\\|')),
      verdict.passes ? 'pass' : '**fail**',
    ]),
  ]
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(LEAST_WIDTH, ...rows.map((row) => [...(row[column] ?? '')].length)),
  )
  const lines = rows.map((row) => `| ${row.map((cell, column) => pad(cell, widths[column] ?? 0)).join(' | ')} |`)
  lines.splice(1, 0, `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`)
  return [`${facts}`, '', ...lines, '', scoreLine(judged)].join('\n')
}

function pad(cell: string, width: number): string {
  return cell + ' '.repeat(width - [...cell].length)
}

/** A document with other figures between its markers. @throws Error when it has no markers */
export function withFigures(document: string, figures: string): string {
  const [begin, end] = [document.indexOf(BEGIN), document.indexOf(END)]
  if (begin < 0 || end < begin) throw new Error(`The document has no lines ${BEGIN} and ${END}.`)
  return `${document.slice(0, begin + BEGIN.length)}\n\n${figures}\n\n${document.slice(end)}`
}
