import { Budget, type ExpressionLimits } from './limits.js'
import type { ExpressionScope } from './types.js'

/** What an expression can name. */
export const ROOTS = ['trigger', 'steps', 'item', 'index', 'vars', 'run', 'customer', 'tenant'] as const
export type Root = (typeof ROOTS)[number]

export function isRoot(name: string): name is Root {
  return (ROOTS as readonly string[]).includes(name)
}

/** One evaluation of a template: what it sees and may spend, and the parameters of the functions being called. */
export class Evaluation extends Budget {
  /** Slots are given out when compiling: a function cannot name itself, so none is in use twice at a time. */
  readonly parameters: unknown[] = []

  constructor(
    readonly scope: ExpressionScope,
    limits: ExpressionLimits,
  ) {
    super(limits)
  }
}

/** A compiled node. */
export type Evaluate = (evaluation: Evaluation) => unknown
