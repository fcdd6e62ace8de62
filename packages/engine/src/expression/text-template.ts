/** Strings with `{{ … }}` in them: where each expression begins and ends, and what the string gives. */
import type { Expression } from 'acorn'
import type { IssueReason } from '../contracts/issue.js'
import type { Evaluation } from './evaluation.js'
import { ExpressionSyntaxError, failureAt, type SourceText } from './failure.js'
import { toText } from './json-text.js'
import { type CompiledExpression, compileNode } from './nodes.js'
import { parseAt, relocated, skipSpace } from './parse.js'
import type { ReferenceUse, TemplateIssue } from './types.js'

/** What a string with expressions computes. */
export type TextPart = CompiledExpression

/** Where compiling puts what it finds. */
interface Findings {
  readonly uses: ReferenceUse[]
  readonly issues: TemplateIssue[]
}

const OPEN = '{{'
const CLOSE = '}}'
/** More of them help nobody, and each costs time to find. */
const MOST_ISSUES = 100

/** The string's part, or undefined when it holds no expression (or only broken ones, which are then issues). */
export function compileText(text: string, pointer: string, findings: Findings): TextPart | undefined {
  if (!text.includes(OPEN) || findings.issues.length >= MOST_ISSUES) return undefined
  const parts = splitText(text, pointer, findings)
  const [only] = parts
  if (parts.length === 1 && only !== undefined && typeof only !== 'string') return only
  const texts = parts.map(asText)
  const source: SourceText = { text, base: 0, pointer }
  return { kind: 'computed', evaluate: (evaluation) => joinParts(texts, source, evaluation) }
}

function joinParts(parts: readonly CompiledText[], source: SourceText, evaluation: Evaluation): string {
  try {
    let result = ''
    for (const part of parts) result += typeof part === 'string' ? part : part(evaluation)
    evaluation.allowText(result.length)
    return result
  } catch (error) {
    throw failureAt(error, source, { start: 0, end: source.text.length })
  }
}

/** One expression, bare or in `{{ }}`. */
export function compileBare(source: string, findings: Findings): TextPart | undefined {
  if (isBare(source)) return compileSource(source, { pointer: '', start: 0, closes: false }, findings)?.expression
  const known = findings.issues.length
  const parts = splitText(source, '', findings).filter((part) => typeof part !== 'string' || part.trim() !== '')
  const [only] = parts
  if (parts.length === 1 && only !== undefined && typeof only !== 'string') return only
  if (findings.issues.length === known) {
    const message = 'Write one expression, such as {{ a && b }}: several, or other text around one, always give a text'
    findings.issues.push({ code: 'expression.several', pointer: '', offset: skipSpace(source, 0), message })
  }
  return undefined
}

/** Whether the text is meant as an expression as it stands: it has no braces, or only in a text or comment of its own. */
function isBare(source: string): boolean {
  const open = source.indexOf(OPEN)
  if (open < 0) return true
  try {
    return parseAt(source, 0).end > open
  } catch (error) {
    // Reading stops at the second brace where the first begins an object.
    return error instanceof ExpressionSyntaxError && error.offset > open + 1
  }
}

/** Literal text and expressions in their order. */
function splitText(text: string, pointer: string, findings: Findings): (string | CompiledExpression)[] {
  const parts: (string | CompiledExpression)[] = []
  let position = 0
  for (;;) {
    const open = text.indexOf(OPEN, position)
    if (open < 0 || findings.issues.length >= MOST_ISSUES) break
    if (open > position) parts.push(text.slice(position, open))
    const compiled = compileSource(text, { pointer, start: open + OPEN.length, closes: true }, findings)
    if (compiled?.expression !== undefined) parts.push(compiled.expression)
    position = compiled?.end ?? afterBroken(text, open)
  }
  if (position < text.length) parts.push(text.slice(position))
  return parts
}

/** Where reading goes on after an expression that cannot be read, so that later ones are checked too. */
function afterBroken(text: string, open: number): number {
  const close = text.indexOf(CLOSE, open)
  return close < 0 ? text.length : close + CLOSE.length
}

interface Place {
  readonly pointer: string
  /** Where the expression begins, space before it included. */
  readonly start: number
  /** Whether `}}` must follow; otherwise the end of the text. */
  readonly closes: boolean
}

interface CompiledSource {
  readonly expression: CompiledExpression
  readonly end: number
}

function compileSource(text: string, place: Place, findings: Findings): CompiledSource | undefined {
  try {
    const start = skipSpace(text, place.start)
    const { node, end } = readExpression(text, start, place)
    const source: SourceText = { text: text.slice(start, start + node.end), base: start, pointer: place.pointer }
    const { expression, uses } = compileAt(node, source)
    for (const { reference, start: from } of uses) {
      findings.uses.push({ reference, pointer: place.pointer, offset: start + from })
    }
    return { expression, end }
  } catch (error) {
    if (!(error instanceof ExpressionSyntaxError)) throw error
    findings.issues.push({ ...error.reason, pointer: place.pointer, offset: error.offset })
    return undefined
  }
}

/** Compiles, with the places of issues in the whole string. @throws ExpressionSyntaxError */
function compileAt(node: Expression, source: SourceText): ReturnType<typeof compileNode> {
  try {
    return compileNode(node, source)
  } catch (error) {
    throw error instanceof ExpressionSyntaxError ? relocated(error, source.base) : error
  }
}

const NOT_CLOSED: IssueReason = { code: 'expression.not_closed', message: 'This {{ has no }} after it' }
const EMPTY: IssueReason = { code: 'expression.empty', message: 'The expression is empty' }
const ENDS_EARLY: IssueReason = { code: 'expression.ends_early', message: 'The expression ends too early' }

function unexpected(text: string): IssueReason {
  return { code: 'expression.unexpected', message: `Unexpected "${text}"`, details: { text } }
}

/** @throws ExpressionSyntaxError */
function readExpression(text: string, start: number, { closes, start: before }: Place): ReturnType<typeof parseAt> {
  const limit = closes ? text.indexOf(CLOSE, before) : text.length
  if (limit < 0) throw new ExpressionSyntaxError(NOT_CLOSED, before - OPEN.length)
  if (start >= limit) throw new ExpressionSyntaxError(EMPTY, before)
  const { node, end } = parseHere(text, start, limit)
  if (!closes && end === text.length) return { node, end }
  if (closes && text.startsWith(CLOSE, end)) return { node, end: end + CLOSE.length }
  if (end >= text.length) throw new ExpressionSyntaxError(NOT_CLOSED, before - OPEN.length)
  const rest = text.slice(end, closes ? Math.max(limit, end + 1) : text.length).trim()
  throw new ExpressionSyntaxError(unexpected(rest.slice(0, 20)), end)
}

/** Parses; a failure at or after `limit`, where the expression should have ended, means that it ends too early. */
function parseHere(text: string, start: number, limit: number): ReturnType<typeof parseAt> {
  try {
    return parseAt(text, start)
  } catch (error) {
    if (error instanceof ExpressionSyntaxError && error.offset >= limit && error.message === 'Unexpected token') {
      throw new ExpressionSyntaxError(ENDS_EARLY, error.offset)
    }
    throw error
  }
}

type CompiledText = string | ((evaluation: Evaluation) => string)

function asText(part: string | CompiledExpression): CompiledText {
  if (typeof part === 'string') return part
  if (part.kind === 'computed') return (evaluation) => toText(part.evaluate(evaluation), evaluation)
  if (part.kind === 'path') return (evaluation) => toText(part.read(evaluation.scope), evaluation)
  return (evaluation) => toText(part.value, evaluation)
}
