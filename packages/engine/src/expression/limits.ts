import { LimitError } from './failure.js'

/** Bounds of one evaluation of a template; passing one ends it with a `limit` error. */
export interface ExpressionLimits {
  /** Work: syntax nodes of functions called, list elements and fields visited, and characters at a discount. */
  readonly fuel: number
  /** Characters of any text, and elements of any list, that an expression makes on its way. */
  readonly size: number
  /** Lists and objects within each other, in any value that an expression gives or turns into text. */
  readonly depth: number
  /** Estimated bytes, as JSON text, of all that the expressions of one template give. */
  readonly outputBytes: number
  /** Milliseconds. A net below fuel, which always tells first on an idle machine. */
  readonly ms: number
}

/** Roomy for people, small for a machine: the whole fuel burns in about a tenth of a second. */
export const EXPRESSION_LIMITS: ExpressionLimits = {
  fuel: 1_000_000,
  size: 1_048_576,
  depth: 100,
  outputBytes: 4_194_304,
  ms: 2_000,
}

/** Syntax nodes within each other that an expression's source may have. */
export const MAX_SOURCE_DEPTH = 256

/** Characters that an expression's source may have. */
export const MAX_SOURCE_LENGTH = 16_384

/** Fuel between two looks at the clock, since a look costs more than most nodes. */
const FUEL_PER_CLOCK_CHECK = 8_192

/** Characters that cost as much as one element: engines copy and compare text many at a time. */
const CHARACTERS_PER_FUEL = 16

/** What is left to one evaluation. Whatever costs time or memory asks here first. */
export class Budget {
  private fuel: number
  private nextCheck: number
  private outputBytes: number
  /** Milliseconds on the monotonic clock; 0 before the first check, so that short evaluations read no clock. */
  private startedAt = 0

  constructor(readonly limits: ExpressionLimits) {
    this.fuel = limits.fuel
    this.nextCheck = limits.fuel - FUEL_PER_CLOCK_CHECK
    this.outputBytes = limits.outputBytes
  }

  /** @throws LimitError when the fuel or the time is used up */
  burn(amount: number): void {
    this.fuel -= amount
    if (this.fuel < this.nextCheck || this.fuel < 0) this.check()
  }

  /** Pays for reading a text of that length. @throws LimitError */
  burnText(length: number): void {
    this.burn(1 + Math.floor(length / CHARACTERS_PER_FUEL))
  }

  /** Asks before a text of that length is made. @throws LimitError */
  allowText(length: number): void {
    this.assertSize(length)
    this.burnText(length)
  }

  /** Asks before a list or object with that many elements is made. @throws LimitError */
  allowItems(count: number): void {
    this.assertSize(count)
    this.burn(1 + count)
  }

  /** Counts what an expression gives. @throws LimitError */
  spendOutput(bytes: number): void {
    this.outputBytes -= bytes
    const most = this.limits.outputBytes
    if (this.outputBytes < 0) throw tooLarge(most, `All results together may have ${most} bytes of JSON.`)
  }

  /** Asks whether a text or list may be that large, when what it costs is paid already. @throws LimitError */
  assertSize(size: number): void {
    const most = this.limits.size
    if (size <= most) return
    throw tooLarge(most, `A text or list may have at most ${most} characters or elements; this one would have ${size}.`)
  }

  private check(): void {
    if (this.fuel < 0) {
      throw new LimitError({
        code: 'evaluation.too_many_steps',
        message: 'The expression took too many steps',
        hint: 'It visits too many values. Shorten the list first, or do the work in several steps.',
      })
    }
    // Not the engine's clock port: this bounds the process's own work, and no result depends on it.
    const now = performance.now()
    if (this.startedAt === 0) this.startedAt = now
    else if (now - this.startedAt >= this.limits.ms) {
      const { ms } = this.limits
      throw new LimitError({
        code: 'evaluation.too_slow',
        message: 'The expression took too long',
        hint: `An evaluation may take ${ms} ms. Shorten its input, or do the work in several steps.`,
        details: { limit: ms },
      })
    }
    this.nextCheck = this.fuel - FUEL_PER_CLOCK_CHECK
  }
}

/** The error of a value that is larger than `limit` of whatever the hint counts. */
export function tooLarge(limit: number, hint: string): LimitError {
  const message = 'The expression makes too large a value'
  return new LimitError({ code: 'evaluation.too_large', message, hint, details: { limit } })
}
