/**
 * Values as text and their size. A small program can build a value whose JSON is astronomically large, by putting one
 * list twice into the next, so whatever walks a value measures it first.
 */
import { LimitError, ValueError } from './failure.js'
import { type Budget, tooLarge } from './limits.js'
import { finite, kindNameOf, kindOf, Lambda } from './values.js'

/** The text of a value inside other text: nothing for null and undefined, JSON for lists and objects. */
export function toText(value: unknown, budget: Budget): string {
  if (typeof value === 'string') return value
  if (value === null || value === undefined) return ''
  return typeof value === 'object' ? toJsonText(value, budget) : String(value)
}

/** @throws LimitError when the value is too deep or its text too long */
export function toJsonText(value: unknown, budget: Budget): string {
  budget.allowText(measure(value, budget.limits.size, budget.limits.depth))
  return JSON.stringify(value ?? null)
}

/** Counts a value among what the template gives. @throws LimitError when it is too deep, or all is too large */
export function spendValue(value: unknown, budget: Budget): void {
  const { outputBytes, depth } = budget.limits
  budget.spendOutput(measure(value, outputBytes, depth))
}

/**
 * Estimated bytes of a value as JSON text; stops as soon as there are more than `most`.
 *
 * @throws LimitError when the value is larger than `most` or nested more than `depth` deep
 * @throws ValueError for what JSON does not know
 */
export function measure(value: unknown, most: number, depth: number): number {
  const bytes = measureInto(value, most, depth)
  if (bytes > most) {
    throw tooLarge(most, `As JSON text it would have more than ${most} bytes.`)
  }
  return bytes
}

function measureInto(value: unknown, most: number, depth: number): number {
  if (typeof value === 'string') return value.length + 2
  if (typeof value !== 'object' || value === null) return scalarBytes(value)
  if (value instanceof Lambda) throw notData(value, 'A function is not a value')
  if (depth <= 0) {
    throw new LimitError({
      code: 'evaluation.too_deep',
      message: 'The expression makes too deeply nested a value',
      hint: 'Lists and objects can stand within each other, but not without end.',
    })
  }
  let bytes = 2
  if (Array.isArray(value)) {
    for (let i = 0; i < value.length && bytes <= most; i++) bytes += 1 + measureInto(value[i], most - bytes, depth - 1)
    return bytes
  }
  for (const key in value) {
    if (bytes > most) return bytes
    if (!Object.hasOwn(value, key)) continue
    // Only own fields get here, and reading them is what JSON.stringify will do too.
    bytes += key.length + 4 + measureInto((value as Record<string, unknown>)[key], most - bytes, depth - 1)
  }
  return bytes
}

function scalarBytes(value: unknown): number {
  if (typeof value === 'number') {
    finite(value, 'The number is too large')
    return 8
  }
  if (typeof value === 'boolean' || value === null || value === undefined) return 5
  throw notData(value, `An expression cannot give ${kindOf(value)}`)
}

function notData(value: unknown, message: string): ValueError {
  return new ValueError({ code: 'evaluation.not_data', message, details: { given: kindNameOf(value) } })
}
