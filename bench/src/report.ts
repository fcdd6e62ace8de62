import { arch, cpus } from 'node:os'
import type { Figure, Goal, Section, Unit } from './measurement.js'
import { median } from './statistics.js'

/** The sections as Markdown: medians over the rounds, each goal with its verdict, and a closing count. */
export function formatReport(sections: readonly Section[], rounds: number): string {
  const goals = sections.flatMap((section) => section.goals)
  const missed = goals.filter((goal) => !isMet(goal))
  const lines = [
    `Node ${process.version}, ${cpus().length} x ${arch()}, ${rounds} interleaved rounds, medians`,
    '',
    ...sections.flatMap(formatSection),
    `${goals.length - missed.length} of ${goals.length} goals met.`,
    ...missed.map((goal) => `- not met: ${goal.what}: ${format(median(goal.values), goal.unit)}`),
  ]
  return `${lines.join('\n')}\n`
}

/** Whether the median keeps the bound. */
function isMet({ values, bound }: Goal): boolean {
  const value = median(values)
  return 'atLeast' in bound ? value >= bound.atLeast : value <= bound.atMost
}

function formatSection({ title, figures, goals, notes = [] }: Section): string[] {
  const figureLines = figures.map((figure) =>
    row([figure.what, format(median(figure.values), figure.unit), each(figure)]),
  )
  const goalLines = goals.map((goal) =>
    row([goal.what, format(median(goal.values), goal.unit), each(goal), `${boundOf(goal)}: ${verdict(goal)}`]),
  )
  return [
    `## ${title}`,
    '',
    ...table(['figure', 'median', 'rounds'], figureLines),
    ...table(['ratio', 'median', 'rounds', 'goal'], goalLines),
    ...notes.flatMap((note) => [note, '']),
  ]
}

function table(head: readonly string[], lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : [row(head), row(head.map(() => '---')), ...lines, '']
}

function row(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`
}

function each({ values, unit }: Figure): string {
  return values.length < 2 ? '' : values.map((value) => format(value, unit).split(UNIT, 1)).join(', ')
}

function boundOf({ bound, unit }: Goal): string {
  return 'atLeast' in bound ? `at least ${format(bound.atLeast, unit)}` : `at most ${format(bound.atMost, unit)}`
}

function verdict(goal: Goal): string {
  return isMet(goal) ? 'met' : 'not met'
}

/** Where the unit begins in a formatted figure; whole numbers have commas, so rounds are told apart by `, `. */
const UNIT = /[ /]/

const FORMATS: Readonly<Record<Unit, (value: number) => string>> = {
  'a second': (value) => `${whole(value)}/s`,
  ns: (value) => `${whole(value)} ns`,
  µs: (value) => `${whole(value)} µs`,
  ms: (value) => `${value.toFixed(value < 1 ? 2 : 1)} ms`,
  s: (value) => `${value.toFixed(1)} s`,
  MiB: (value) => `${whole(value)} MiB`,
  ratio: (value) => `${value.toFixed(2)} x`,
  share: (value) => `${(value * 100).toFixed(1)} %`,
  count: whole,
}

function format(value: number, unit: Unit): string {
  return FORMATS[unit](value)
}

function whole(value: number): string {
  return Math.round(value).toLocaleString('en')
}
