import { type Expression, type Node, Parser, type TokenType, tokTypes } from 'acorn'
import { TOO_DEEP } from './compile-context.js'
import { ExpressionSyntaxError } from './failure.js'
import { MAX_SOURCE_LENGTH } from './limits.js'

export interface ParsedExpression {
  /** Its places count from the expression's first character. */
  readonly node: Expression
  /** Zero-based, in the whole text: the first character after the expression and the space behind it. */
  readonly end: number
}

/**
 * Reads the JavaScript expression that begins at `start`; what follows it is the caller's concern.
 *
 * @throws ExpressionSyntaxError with the place in `text` where reading failed
 */
export function parseAt(text: string, start: number): ParsedExpression {
  // acorn counts the lines before its start: for many expressions in one long text that would be quadratic.
  const source = text.slice(start, start + MAX_SOURCE_LENGTH)
  const isCut = start + source.length < text.length
  try {
    const node = parse(source)
    if (isCut && node.end === source.length) throw tooLong(0)
    return { node, end: skipSpace(text, start + node.end) }
  } catch (error) {
    if (!(error instanceof ExpressionSyntaxError)) throw error
    throw isCut && endsAtCut(error, source) ? tooLong(start) : relocated(error, start)
  }
}

/** Whether reading failed only because the source was cut off; an open text or comment is reported where it begins. */
function endsAtCut({ message, offset }: ExpressionSyntaxError, source: string): boolean {
  return offset >= source.length || (message.startsWith('Unterminated') && !source.includes('}}'))
}

/** The same failure, when its place counted from `base`. */
export function relocated(error: ExpressionSyntaxError, base: number): ExpressionSyntaxError {
  return new ExpressionSyntaxError(error.reason, error.offset + base)
}

function tooLong(start: number): ExpressionSyntaxError {
  const message = `An expression may have at most ${MAX_SOURCE_LENGTH} characters`
  return new ExpressionSyntaxError(
    { code: 'expression.too_long', message, details: { limit: MAX_SOURCE_LENGTH } },
    start,
  )
}

/** The first character at or after `position` that is not space. */
export function skipSpace(text: string, position: number): number {
  const rest = text.slice(position)
  return position + rest.length - rest.trimStart().length
}

/** The parts of acorn's parser that its plugin interface offers and its types leave out. */
interface ParserInternals {
  type: TokenType
  parseExprAtom(...args: unknown[]): Node
  checkUnreserved(name: { readonly name: string }): void
}

type ParserClass = new (...args: unknown[]) => ParserInternals

/** JavaScript's keyword `default` begins no expression, so it can be the name of our function. */
const ExpressionParser = Parser.extend((base) => {
  // The cast names the internals above; the result is a subclass of `base`, as `extend` asks for.
  const Base = base as unknown as ParserClass
  class WithDefault extends Base {
    override parseExprAtom(...args: unknown[]): Node {
      if (this.type === tokTypes._default) this.type = tokTypes.name
      return super.parseExprAtom(...args)
    }

    override checkUnreserved(name: { readonly name: string }): void {
      if (name.name !== 'default') super.checkUnreserved(name)
    }
  }
  return WithDefault as unknown as typeof Parser
})

function parse(source: string): Expression {
  try {
    return ExpressionParser.parseExpressionAt(source, 0, { ecmaVersion: 2022, sourceType: 'module' })
  } catch (error) {
    // acorn throws a SyntaxError with the offset in `pos`, and the line and column after its message.
    const { message, pos = 0 } = error as SyntaxError & { pos?: number }
    // acorn recurses; what exhausts the stack is far deeper than the compiler would allow.
    if (error instanceof RangeError || message.startsWith('Not enough stack space')) {
      throw new ExpressionSyntaxError(TOO_DEEP, 0)
    }
    const reason = message.replace(/ \(\d+:\d+\)$/, '')
    throw new ExpressionSyntaxError({ code: 'expression.syntax', message: reason, details: { reason } }, pos)
  }
}
