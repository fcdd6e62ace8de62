/** Cron expressions of five fields: what each may hold, and whether such a moment ever comes. */
import type { IssueReason } from '../contracts/issue.js'

interface Field {
  readonly name: string
  readonly least: number
  readonly most: number
  readonly mostStep: number
  /** Names that may stand for numbers, the first for `least`. */
  readonly names?: readonly string[]
  /** Forms besides numbers, ranges and steps, such as `L` for the last day. */
  readonly special?: RegExp
}

const FIELDS = [
  { name: 'minute', least: 0, most: 59, mostStep: 60 },
  { name: 'hour', least: 0, most: 23, mostStep: 24 },
  { name: 'day of month', least: 1, most: 31, mostStep: 31, special: /^(?:L|LW|(?:[1-9]|[12]\d|3[01])W)$/i },
  {
    name: 'month',
    least: 1,
    most: 12,
    mostStep: 12,
    names: ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'],
  },
  {
    name: 'day of week',
    least: 0,
    most: 7,
    mostStep: 7,
    names: ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'],
    special: /^(?:[0-7]|SUN|MON|TUE|WED|THU|FRI|SAT)(?:#[1-5]|#?L)$/i,
  },
] as const satisfies readonly Field[]

/** What a cron expression looks like, for messages. */
export const CRON_EXAMPLE = 'minute, hour, day of month, month and day of week, such as "0 9 * * 1-5"'

const NICKNAMES: ReadonlySet<string> = new Set(['@yearly', '@annually', '@monthly', '@weekly', '@daily', '@hourly'])

/** What is wrong with a cron expression of five fields; undefined when nothing is. */
export function cronProblem(cron: string): IssueReason | undefined {
  const texts = cron.trim().split(/\s+/)
  if (NICKNAMES.has(cron.trim())) return undefined
  if (texts.length !== FIELDS.length) {
    const message = `"${cron}" has ${count(texts)} fields; a cron expression has five.`
    return { code: 'schedule.cron_parts', message, details: { count: count(texts) } }
  }
  const problems = FIELDS.map((field, index) => fieldProblem(field, texts[index] ?? ''))
  const problem = problems.find((found) => found !== undefined)
  if (problem !== undefined || everComes(texts)) return problem
  return { code: 'schedule.never', message: `"${cron}" never comes: no such day exists.`, details: { cron } }
}

function count(texts: readonly string[]): number {
  return texts[0] === '' ? 0 : texts.length
}

function fieldProblem(field: Field, text: string): IssueReason | undefined {
  const part = text.split(',').find((each) => !isPart(field, each))
  if (part === undefined) return undefined
  const { name, least, most } = field
  const names = field.names === undefined ? '' : `, ${field.names[0]} to ${field.names.at(-1)}`
  const message = `"${part}" is no ${name}: it is a number from ${least} to ${most}${names}, a range such as ${least}-${most}, or * for each, with a step as in */2.`
  return { code: 'schedule.cron_part', message, details: { text: part, part: name, least, most } }
}

function isPart(field: Field, text: string): boolean {
  if (field.special?.test(text) === true) return true
  const [range = '', step, ...rest] = text.split('/')
  if (rest.length > 0 || (step !== undefined && !isStep(field, step))) return false
  if (range === '*' || text === '?') return true
  const [from, to, ...more] = range.split('-').map((each) => numberOf(field, each))
  if (from === undefined || more.length > 0) return false
  // A step needs something to step through.
  return range.includes('-') ? to !== undefined && from <= to : step === undefined
}

function isStep({ mostStep }: Field, text: string): boolean {
  return /^\d{1,2}$/.test(text) && Number(text) >= 1 && Number(text) <= mostStep
}

function numberOf({ least, most, names }: Field, text: string): number | undefined {
  const named = names?.indexOf(text.toUpperCase()) ?? -1
  if (named >= 0) return least + named
  const number = /^\d{1,2}$/.test(text) ? Number(text) : -1
  return number >= least && number <= most ? number : undefined
}

const LONGEST_MONTH = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

/** Whether one of the months has one of the days. A day of week, when there is one, is another way for it to come. */
function everComes([, , day = '*', month = '*', weekday = '*']: readonly string[]): boolean {
  if (weekday !== '*' && weekday !== '?') return true
  const days = day.split(',').map((part) => (/^\d+/.test(part) ? Number.parseInt(part, 10) : 1))
  const earliest = Math.min(...days)
  return LONGEST_MONTH.some((length, index) => earliest <= length && holdsMonth(month, index + 1))
}

function holdsMonth(field: string, month: number): boolean {
  return field.split(',').some((part) => {
    const [range = '*', step = '1'] = part.split('/')
    if (range === '*' || range === '?') return (month - 1) % Number(step) === 0
    const [from = 0, to = from] = range.split('-').map((each) => numberOf(FIELDS[3], each))
    return month >= from && month <= to && (month - from) % Number(step) === 0
  })
}
