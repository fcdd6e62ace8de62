import { ExpressionSyntaxError } from './failure.js'
import { parseAt } from './parse.js'
import { referenceOf, staticPath } from './paths.js'
import type { Reference } from './types.js'

/**
 * The path that a string is as a whole, such as `{{ trigger.body.lines }}`; undefined when it is anything else.
 *
 * @param isBare whether the string may also be an expression without braces
 */
export function pathOf(text: string, isBare = false): Reference | undefined {
  const trimmed = text.trim()
  const isBraced = trimmed.startsWith('{{') && trimmed.endsWith('}}')
  if (!isBraced && !isBare) return undefined
  const source = (isBraced ? trimmed.slice(2, -2) : trimmed).trim()
  try {
    const { node, end } = parseAt(source, 0)
    const path = end === source.length ? staticPath(node, () => false) : undefined
    return path === undefined ? undefined : referenceOf(path)
  } catch (error) {
    if (error instanceof ExpressionSyntaxError) return undefined
    throw error
  }
}
