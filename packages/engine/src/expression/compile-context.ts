import type { ArrowFunctionExpression, Expression, Node, SpreadElement, Super } from 'acorn'
import type { Evaluate } from './evaluation.js'
import { ExpressionSyntaxError, failureAt, type SourceText } from './failure.js'
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

export function refuse(node: Node, message: string): ExpressionSyntaxError {
  return new ExpressionSyntaxError(message, node.start)
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
