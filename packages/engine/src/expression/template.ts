import { StepError } from '../contracts/errors.js'
import type { JsonValue } from '../contracts/json.js'
import { ExpressionSyntaxError } from './failure.js'
import { EXPRESSION_LIMITS } from './limits.js'
import { compileNode } from './nodes.js'
import { parseSource } from './parse.js'
import type { CompiledTemplate, ExpressionScope, Reference, TemplateIssue } from './types.js'
import { isForbiddenKey, toText } from './values.js'

export type TemplateResult =
  | { readonly ok: true; readonly template: CompiledTemplate }
  | { readonly ok: false; readonly issues: readonly TemplateIssue[] }

type Part = (scope: ExpressionScope) => unknown

/** What is collected while a document is walked. */
interface Collected {
  readonly references: Reference[]
  readonly issues: TemplateIssue[]
}

/**
 * Compiles every `{{ … }}` in a JSON document. A string that is one expression keeps the value's type; an expression
 * among other text becomes text.
 */
export function compileTemplate(document: JsonValue): TemplateResult {
  const collected: Collected = { references: [], issues: [] }
  const part = compileValue(document, '', collected)
  if (collected.issues.length > 0) return { ok: false, issues: collected.issues }
  const { references } = collected
  if (part === undefined) return { ok: true, template: { isStatic: true, references, evaluate: () => document } }
  // Parts are built from plain data and checked expressions only, so their results are JSON once undefined is null.
  const evaluate = (scope: ExpressionScope): JsonValue => (part(scope) ?? null) as JsonValue
  return { ok: true, template: { isStatic: false, references, evaluate } }
}

/** Compiles a condition or list: an expression with or without `{{ }}` around it. */
export function compileExpression(source: string): TemplateResult {
  return compileTemplate(source.includes('{{') ? source : `{{${source}}}`)
}

/** The part that computes a value, or undefined when the value holds no expression. */
function compileValue(value: JsonValue, pointer: string, collected: Collected): Part | undefined {
  if (typeof value === 'string') return compileText(value, pointer, collected)
  if (typeof value !== 'object' || value === null) return undefined
  return Array.isArray(value)
    ? compileList(value, pointer, collected)
    : compileFields(Object.entries(value), pointer, collected)
}

function compileList(list: readonly JsonValue[], pointer: string, collected: Collected): Part | undefined {
  const parts = list.map((item, index) => compileValue(item, `${pointer}/${index}`, collected))
  if (parts.every((part) => part === undefined)) return undefined
  return (scope) => parts.map((part, index) => (part === undefined ? list[index] : (part(scope) ?? null)))
}

function compileFields(
  entries: readonly (readonly [string, JsonValue])[],
  pointer: string,
  collected: Collected,
): Part | undefined {
  const fields = entries.map(([key, value]) => {
    const place = `${pointer}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`
    if (isForbiddenKey(key)) {
      collected.issues.push({ pointer: place, offset: 0, message: `The name "${key}" is not allowed` })
    }
    return { key, value, part: compileValue(value, place, collected) }
  })
  if (fields.every(({ part }) => part === undefined)) return undefined
  return (scope) => {
    const object: Record<string, unknown> = {}
    for (const { key, value, part } of fields) object[key] = part === undefined ? value : (part(scope) ?? null)
    return object
  }
}

function compileText(text: string, pointer: string, collected: Collected): Part | undefined {
  if (!text.includes('{{')) return undefined
  const parts = splitText(text, pointer, collected)
  const [only] = parts
  if (parts.length === 1 && only !== undefined && typeof only !== 'string') return only
  return (scope) => {
    let result = ''
    for (const part of parts) result += typeof part === 'string' ? part : toText(part(scope))
    if (result.length > EXPRESSION_LIMITS.size) {
      throw new StepError('limit', 'The text grew too long', {
        detail: `A text may have at most ${EXPRESSION_LIMITS.size} characters.`,
      })
    }
    return result
  }
}

/** Literal text and expressions in their order. */
function splitText(text: string, pointer: string, collected: Collected): (string | Part)[] {
  const parts: (string | Part)[] = []
  let position = 0
  while (position < text.length) {
    const open = text.indexOf('{{', position)
    if (open < 0) break
    if (open > position) parts.push(text.slice(position, open))
    const close = closingBraces(text, open + 2)
    if (close < 0) {
      collected.issues.push({ pointer, offset: open, message: 'This {{ has no }} after it' })
      return parts
    }
    const part = compileSource(text.slice(open + 2, close), { pointer, offset: open + 2 }, collected)
    if (part !== undefined) parts.push(part)
    position = close + 2
  }
  if (position < text.length) parts.push(text.slice(position))
  return parts
}

function compileSource(
  source: string,
  place: { pointer: string; offset: number },
  collected: Collected,
): Part | undefined {
  try {
    const { evaluate, references } = compileNode(parseSource(source), source)
    collected.references.push(...references)
    return evaluate
  } catch (error) {
    if (!(error instanceof ExpressionSyntaxError)) throw error
    collected.issues.push({ pointer: place.pointer, offset: place.offset + error.offset, message: error.message })
    return undefined
  }
}

/** Where the `}}` of an expression is: outside strings, and outside the braces of objects and templates. */
function closingBraces(text: string, start: number): number {
  let depth = 0
  for (let i = start; i < text.length; i++) {
    const character = text[i] ?? ''
    if (QUOTES.has(character)) {
      const end = closingQuote(text, i)
      if (end < 0) return text.indexOf('}}', start)
      i = end
    } else if (character === '{') depth += 1
    else if (character === '}' && depth > 0) depth -= 1
    else if (character === '}' && text[i + 1] === '}') return i
  }
  return -1
}

const QUOTES: ReadonlySet<string> = new Set(['"', "'", '`'])

function closingQuote(text: string, open: number): number {
  for (let i = open + 1; i < text.length; i++) {
    if (text[i] === '\\') i += 1
    else if (text[i] === text[open]) return i
  }
  return -1
}
