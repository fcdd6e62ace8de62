import { StepError } from '../contracts/errors.js'

/** Bounds of one evaluation; each ends it with a `limit` error. */
export interface ExpressionLimits {
  /** Syntax nodes evaluated and list elements visited. */
  readonly fuel: number
  /** Characters of any text, and elements of any list, that an expression makes. */
  readonly size: number
}

/** Roomy for people, small for a machine: the whole fuel burns in tens of milliseconds. */
export const EXPRESSION_LIMITS: ExpressionLimits = { fuel: 1_000_000, size: 1_048_576 }

/** Nesting that an expression's source may have. */
export const MAX_SOURCE_DEPTH = 64

/** Characters that an expression's source may have. */
export const MAX_SOURCE_LENGTH = 16_384

/** What is left to an evaluation, passed through it. */
export class Budget {
  private fuel: number
  readonly size: number

  constructor(limits: ExpressionLimits) {
    this.fuel = limits.fuel
    this.size = limits.size
  }

  /** @throws StepError `limit` when the fuel is used up */
  burn(amount: number): void {
    this.fuel -= amount
    if (this.fuel < 0) {
      throw new StepError('limit', 'The expression took too many steps', {
        detail: 'It visits too many values. Shorten the list first, or do the work in several steps.',
      })
    }
  }

  /** Asks before something of that many characters or elements is made. @throws StepError `limit` */
  allow(size: number): void {
    if (size > this.size) {
      throw new StepError('limit', 'The expression makes too large a value', {
        detail: `A text or list may have at most ${this.size} characters or elements; this one would have ${size}.`,
      })
    }
    this.burn(1 + (size >> 4))
  }
}
