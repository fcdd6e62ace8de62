import type { Budget } from '../limits.js'

/** One function that expressions may call. Pure, synchronous, plain data in and out. */
export interface LibraryFunction {
  /** How it is written, for example `round(value, digits?)`. */
  readonly signature: string
  /** One line: what it gives. */
  readonly description: string
  /** A call and its result, joined by ` → `. */
  readonly example: string
  /** Fewest and most arguments. */
  readonly arity: readonly [least: number, most: number]
  /** Position of the argument that may be a function. @default none */
  readonly functionAt?: number
  /** @throws ValueError when the arguments do not fit, LimitError when the result would be too large */
  call(args: readonly unknown[], budget: Budget): unknown
}

/** Functions by their names in expressions. */
export type Library = Readonly<Record<string, LibraryFunction>>
