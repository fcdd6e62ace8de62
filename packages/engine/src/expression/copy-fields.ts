import type { Budget } from './limits.js'
import { assertKey, orNull } from './values.js'

/** Copies own fields from one object into another. @throws ValueError for a forbidden name, LimitError */
export function copyFields(target: Record<string, unknown>, source: Record<string, unknown>, budget: Budget): void {
  for (const key in source) {
    if (!Object.hasOwn(source, key)) continue
    budget.burn(1)
    target[assertKey(key)] = orNull(source[key])
  }
}
