import { StepError } from '../contracts/errors.js'
import type { EvaluationReason } from '../contracts/evaluation.js'
import type { IssueReason } from '../contracts/issue.js'

/** Why an expression cannot be read: what is wrong, and where. */
export class ExpressionSyntaxError extends Error {
  constructor(
    readonly reason: IssueReason,
    /** Zero-based character in the text that holds the expression. */
    readonly offset: number,
  ) {
    super(reason.message)
    this.name = 'ExpressionSyntaxError'
  }
}

/** A value an expression cannot work with; thrown without a place, which the evaluated node adds. */
export class ValueError extends Error {
  constructor(
    readonly reason: EvaluationReason,
    options?: ErrorOptions,
  ) {
    super(reason.message, options)
  }
}

/** A bound that an evaluation passed; thrown without a place, which the evaluated node adds. */
export class LimitError extends ValueError {}

/** Where an expression stands, for messages. */
export interface SourceText {
  /** The expression itself. */
  readonly text: string
  /** Zero-based: its first character in the string that holds it. */
  readonly base: number
  /** JSON Pointer of that string in its document. */
  readonly pointer: string
}

/** A syntax node's place in the expression. */
export interface Span {
  readonly start: number
  readonly end: number
}

/** Turns a failure of a node into the error that people see, with the place in the source. */
export function failureAt(error: unknown, source: SourceText, span: Span): StepError {
  if (error instanceof StepError) return error
  const { message, hint, code, details } = reasonOf(error)
  const expression = excerpt(source.text, 200)
  const part = excerpt(source.text.slice(span.start, span.end), 60)
  const character = span.start + 1
  const place = `In the expression \`${expression}\` at character ${character}${part === expression ? '' : `: \`${part}\``}.`
  return new StepError(isLimit(error) ? 'limit' : 'expression', message, {
    detail: hint === undefined ? place : `${place} ${hint}`,
    ...(error instanceof ValueError ? {} : { cause: error }),
    data: {
      expression,
      offset: source.base + span.start,
      pointer: source.pointer,
      code,
      ...(details === undefined ? {} : { details: { ...details } }),
    },
  })
}

function reasonOf(error: unknown): EvaluationReason {
  if (error instanceof ValueError) return error.reason
  if (isLimit(error))
    return { code: 'evaluation.too_large', message: 'The expression needs too much memory', details: {} }
  return { code: 'evaluation.failed', message: 'The expression could not be evaluated' }
}

/** The engine's stack is exhausted, or a text is longer than it can hold: both mean too much of something. */
function isLimit(error: unknown): boolean {
  return error instanceof LimitError || error instanceof RangeError
}

/** The beginning of a text, short enough for a message. */
export function excerpt(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most)}…`
}
