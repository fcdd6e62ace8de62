import { type Expression, parseExpressionAt } from 'acorn'
import { ExpressionSyntaxError } from './failure.js'
import { MAX_SOURCE_DEPTH, MAX_SOURCE_LENGTH } from './limits.js'

/**
 * Reads one JavaScript expression that fills the whole source.
 *
 * @throws ExpressionSyntaxError with the place where reading failed
 */
export function parseSource(source: string): Expression {
  if (source.length > MAX_SOURCE_LENGTH) {
    throw new ExpressionSyntaxError(`An expression may have at most ${MAX_SOURCE_LENGTH} characters`, 0)
  }
  assertDepth(source)
  const start = source.length - source.trimStart().length
  if (start === source.length) throw new ExpressionSyntaxError('The expression is empty', 0)
  const node = parse(source, start)
  const rest = source.slice(node.end)
  if (rest.trim() !== '') {
    const offset = node.end + rest.length - rest.trimStart().length
    throw new ExpressionSyntaxError(`Unexpected "${rest.trim().slice(0, 20)}"`, offset)
  }
  return node
}

function parse(source: string, start: number): Expression {
  try {
    return parseExpressionAt(source, start, { ecmaVersion: 2022, sourceType: 'module' })
  } catch (error) {
    // acorn throws a SyntaxError with the offset in `pos`, and the line and column after its message.
    const { message, pos } = error as SyntaxError & { pos?: number }
    const atEnd = pos !== undefined && pos >= source.trimEnd().length
    const text = atEnd ? 'The expression ends too early' : message.replace(/ \(\d+:\d+\)$/, '')
    throw new ExpressionSyntaxError(text, pos ?? start)
  }
}

/** acorn recurses once a bracket or so: refuse what could exhaust the stack before it starts. */
function assertDepth(source: string): void {
  let depth = 0
  for (let i = 0; i < source.length; i++) {
    const character = source[i]
    if (character === '(' || character === '[' || character === '{' || character === '`') depth += 1
    else if (character === ')' || character === ']' || character === '}') depth -= 1
    if (depth > MAX_SOURCE_DEPTH) throw new ExpressionSyntaxError('The expression is nested too deeply', i)
  }
}
