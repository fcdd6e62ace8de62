import { StepError } from '../contracts/errors.js'

/** Why an expression cannot be read: what is wrong, and where in its source. */
export class ExpressionSyntaxError extends Error {
  constructor(
    message: string,
    /** Zero-based character in the source. */
    readonly offset: number,
  ) {
    super(message)
    this.name = 'ExpressionSyntaxError'
  }
}

/** A value an expression cannot work with; thrown without a place, which the evaluated node adds. */
export class ValueError extends Error {}

/** Turns a failure of a node into the error that people see, with the place in the source. */
export function failureAt(error: unknown, source: string, offset: number): StepError {
  if (error instanceof StepError) return error
  const reason = error instanceof ValueError ? error.message : 'It could not be evaluated'
  return new StepError('expression', reason, {
    detail: `In the expression \`${excerpt(source)}\` at character ${offset - leadingSpace(source) + 1}.`,
    ...(error instanceof ValueError ? {} : { cause: error }),
    data: { expression: excerpt(source), offset },
  })
}

function excerpt(source: string): string {
  const text = source.trim()
  return text.length <= 200 ? text : `${text.slice(0, 200)}…`
}

function leadingSpace(source: string): number {
  return source.length - source.trimStart().length
}
