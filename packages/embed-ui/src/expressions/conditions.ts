// Conditions as rows of "field, operator, value": written as an expression, and read back when it has that form.

export const OPERATORS = {
  equals: { needsValue: true },
  notEquals: { needsValue: true },
  greater: { needsValue: true },
  greaterOrEqual: { needsValue: true },
  less: { needsValue: true },
  lessOrEqual: { needsValue: true },
  contains: { needsValue: true },
  notContains: { needsValue: true },
  startsWith: { needsValue: true },
  endsWith: { needsValue: true },
  exists: { needsValue: false },
  missing: { needsValue: false },
  isTrue: { needsValue: false },
  isFalse: { needsValue: false },
} as const

export type Operator = keyof typeof OPERATORS

/** One row. `left` is an expression without braces; `right` is one when `isRightData`, else a text as people type it. */
export interface ConditionRow {
  readonly left: string
  readonly operator: Operator
  readonly right: string
  /** The value is an expression rather than a literal. */
  readonly isRightData: boolean
}

export interface Condition {
  readonly join: 'all' | 'any'
  readonly rows: readonly ConditionRow[]
}

export const EMPTY_ROW: ConditionRow = { left: '', operator: 'equals', right: '', isRightData: false }

const SIGNS: Partial<Readonly<Record<Operator, string>>> = {
  equals: '==',
  notEquals: '!=',
  greater: '>',
  greaterOrEqual: '>=',
  less: '<',
  lessOrEqual: '<=',
}

/** The expression of a condition, in braces; empty when no row is filled in. */
export function writeCondition({ join, rows }: Condition): string {
  const parts = rows.filter(({ left }) => left.trim() !== '').map(writeRow)
  return parts.length === 0 ? '' : `{{ ${parts.join(join === 'all' ? ' && ' : ' || ')} }}`
}

function writeRow({ left, operator, right, isRightData }: ConditionRow): string {
  const field = left.trim()
  const value = isRightData ? right.trim() || 'null' : literal(right)
  const sign = SIGNS[operator]
  if (sign !== undefined) return `${field} ${sign} ${value}`
  switch (operator) {
    case 'contains':
      return `${field}.includes(${asArgument(right, isRightData)})`
    case 'notContains':
      return `!${field}.includes(${asArgument(right, isRightData)})`
    case 'startsWith':
      return `${field}.startsWith(${asArgument(right, isRightData)})`
    case 'endsWith':
      return `${field}.endsWith(${asArgument(right, isRightData)})`
    case 'exists':
      return `${field} != null`
    case 'missing':
      return `${field} == null`
    case 'isTrue':
      return `${field} == true`
    default:
      return `${field} == false`
  }
}

/** A number as JavaScript writes it, or one of the words that are no texts. */
const TYPED = /^(?:-?(?:0|[1-9]\d*)(?:\.\d+)?|true|false|null)$/

/** Numbers, true, false and null keep their type; anything else is a text. Quotes make a text of them. */
function literal(typed: string): string {
  const text = typed.trim()
  if (TYPED.test(text)) return text
  const quoted = /^"(.*)"$/.exec(text)
  return quote(quoted?.[1] ?? typed)
}

function asArgument(right: string, isRightData: boolean): string {
  return isRightData ? right.trim() || 'null' : quote(right)
}

/** What stands after a backslash, other than for itself. Braces are written so because two of them end an expression. */
const ESCAPED: Readonly<Record<string, string>> = { n: '\n', r: '\r', x7b: '{', x7d: '}' }

function quote(text: string): string {
  const escaped = text
    .replaceAll('\\', '\\\\')
    .replaceAll("'", "\\'")
    .replaceAll('\n', '\\n')
    .replaceAll('\r', '\\r')
    .replaceAll('{{', '\\x7b\\x7b')
    .replaceAll('}}', '\\x7d\\x7d')
  return `'${escaped}'`
}

const FIELD = String.raw`([A-Za-z_$][\w$]*(?:\??\.[A-Za-z_$][\w$]*|(?:\?\.)?\[(?:\d+|'[^']*'|"[^"]*")\])*)`
const VALUE = String.raw`(-?\d+(?:\.\d+)?|true|false|null|'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|${FIELD.slice(1, -1)})`
const COMPARISON = new RegExp(`^${FIELD}\\s*(===|!==|==|!=|>=|<=|>|<)\\s*${VALUE}$`)
const CALL = new RegExp(`^(!)?\\s*${FIELD}\\??\\.(includes|startsWith|endsWith)\\(\\s*${VALUE}\\s*\\)$`)

/** The rows of an expression, or undefined when it is of another form and only fits a text field. */
export function readCondition(expression: string): Condition | undefined {
  const source = stripBraces(expression)
  if (source === undefined) return undefined
  if (source === '') return { join: 'all', rows: [EMPTY_ROW] }
  const all = splitOutsideQuotes(source, '&&')
  const any = splitOutsideQuotes(source, '||')
  if (all.length > 1 && any.length > 1) return undefined
  const parts = any.length > 1 ? any : all
  const rows = parts.map(readRow)
  if (rows.some((row) => row === undefined)) return undefined
  return { join: any.length > 1 ? 'any' : 'all', rows: rows.filter((row) => row !== undefined) }
}

function stripBraces(expression: string): string | undefined {
  const text = expression.trim()
  if (!text.includes('{{')) return text
  const match = /^\{\{([\s\S]*)\}\}$/.exec(text)
  const inner = match?.[1]?.trim()
  return inner === undefined || inner.includes('{{') ? undefined : inner
}

function readRow(part: string): ConditionRow | undefined {
  const text = part.trim()
  const comparison = COMPARISON.exec(text)
  if (comparison !== null) return readComparison(comparison)
  const call = CALL.exec(text)
  if (call === null) return undefined
  const [, not, left = '', method, value = ''] = call
  if (not !== undefined && method !== 'includes') return undefined
  const operator = method === 'includes' ? (not === undefined ? 'contains' : 'notContains') : method
  return {
    left,
    operator:
      operator === 'startsWith' || operator === 'endsWith' ? operator : (operator as 'contains' | 'notContains'),
    ...readValue(value, true),
  }
}

function readComparison([, left = '', sign = '', value = '']: RegExpExecArray): ConditionRow {
  const isEqual = sign === '==' || sign === '==='
  const isUnequal = sign === '!=' || sign === '!=='
  if (value === 'null' && (isEqual || isUnequal)) {
    return { ...EMPTY_ROW, left, operator: isEqual ? 'missing' : 'exists' }
  }
  if (isEqual && (value === 'true' || value === 'false')) {
    return { ...EMPTY_ROW, left, operator: value === 'true' ? 'isTrue' : 'isFalse' }
  }
  const found = Object.entries(SIGNS).find(([, each]) => each === sign.replace('===', '==').replace('!==', '!='))
  // The keys of SIGNS are operators; Object.entries widens them.
  const operator = (found?.[0] ?? 'equals') as Operator
  return { left, operator, ...readValue(value, false) }
}

function readValue(source: string, isText: boolean): Pick<ConditionRow, 'right' | 'isRightData'> {
  if (/^['"]/.test(source)) {
    // In one pass: what a backslash means depends on those before it.
    const text = source.slice(1, -1).replace(/\\(x7b|x7d|.)/g, (_, escaped: string) => ESCAPED[escaped] ?? escaped)
    // A text that looks like a number keeps its quotes, so that writing it again gives the same text.
    const looksTyped = !isText && (TYPED.test(text.trim()) || /^".*"$/.test(text.trim()))
    return { right: looksTyped ? `"${text}"` : text, isRightData: false }
  }
  const isLiteral = /^(-?\d|true$|false$|null$)/.test(source)
  return { right: source, isRightData: !isLiteral || isText }
}

function splitOutsideQuotes(source: string, separator: '&&' | '||'): readonly string[] {
  const parts: string[] = []
  let quoteMark: string | undefined
  let start = 0
  for (let at = 0; at < source.length; at++) {
    const character = source[at] ?? ''
    if (quoteMark !== undefined) {
      if (character === '\\') at += 1
      else if (character === quoteMark) quoteMark = undefined
    } else if (character === "'" || character === '"' || character === '`') quoteMark = character
    else if (source.startsWith(separator, at)) {
      parts.push(source.slice(start, at))
      start = at + separator.length
      at += 1
    }
  }
  return [...parts, source.slice(start)]
}
