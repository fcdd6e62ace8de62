import type { Budget } from '../limits.js'

/** One function or method that expressions may call. Pure, synchronous, plain data in and out. */
export interface LibraryFunction {
  /** How it is written, for example `round(value, digits?)`. */
  readonly signature: string
  readonly description: string
  readonly example: string
  /** Fewest and most arguments. */
  readonly arity: readonly [least: number, most: number]
  /** @throws ValueError when the arguments do not fit */
  call(args: readonly unknown[], budget: Budget): unknown
}

export type Library = Readonly<Record<string, LibraryFunction>>
