import type { ArrowFunctionExpression, Expression, Node, SpreadElement, Super } from 'acorn'
import type { IssueReason } from '../contracts/issue.js'
import type { Evaluate } from './evaluation.js'
import { ExpressionSyntaxError, failureAt, type SourceText } from './failure.js'
import { MAX_SOURCE_DEPTH } from './limits.js'
import type { Reference } from './types.js'

/** What the compilers of single nodes share while one expression is compiled. */
export interface CompileContext {
  readonly source: SourceText
  /** @throws ExpressionSyntaxError when the node is not part of the language */
  compile(node: Node): Evaluate
  /** A function as an argument: gives a `Lambda`. @throws ExpressionSyntaxError */
  compileArrow(node: ArrowFunctionExpression): Evaluate
  /** Slot of a parameter in sight, the innermost of that name; -1 when there is none. */
  parameterSlot(name: string): number
  /** Notes that the node reads a place. */
  refer(node: Node, reference: Reference): void
}

/** The error of a node that is not part of the language. */
export function refuse(node: Node, reason: IssueReason): ExpressionSyntaxError {
  return new ExpressionSyntaxError(reason, node.start)
}

/** Why a piece of JavaScript is refused that expressions do not have. @param sign how it is written, for example `new` */
export function unsupported(message: string, sign: string): IssueReason {
  return { code: 'expression.unsupported', message, details: { sign } }
}

/** Why a name is refused that would reach what is not data. */
export function forbiddenName(name: string): IssueReason {
  return { code: 'name.forbidden', message: `The name "${name}" is not allowed`, details: { name } }
}

/** Why an expression is refused whose parts stand within each other too deep. */
export const TOO_DEEP: IssueReason = {
  code: 'expression.too_deep',
  message: 'The expression is nested too deeply',
  details: { limit: MAX_SOURCE_DEPTH },
}

/** Gives a node's failures their place; for nodes that can fail by themselves. */
export function placed({ source }: CompileContext, node: Node, evaluate: Evaluate): Evaluate {
  const { start, end } = node
  return (evaluation) => {
    try {
      return evaluate(evaluation)
    } catch (error) {
      throw failureAt(error, source, { start, end })
    }
  }
}

/** Marks a chain with `?.` that met nothing; turned into undefined where the chain ends. */
export const SHORT = Symbol('short-circuit')

/** What can stand where a call or list has an argument. */
export type ArgumentNode = Expression | SpreadElement | Super
