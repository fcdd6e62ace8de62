import { toText } from '../json-text.js'
import type { Budget } from '../limits.js'

/** A method as `value.name(…)`: the value itself is the first of `args`. @throws ValueError, LimitError */
export type Method = (args: readonly unknown[], budget: Budget) => unknown

export type MethodTable = Readonly<Record<string, Method>>

/** The method that every value has. */
export const textOf: Method = ([value], budget) => toText(value, budget)
