import { ValueError } from '../failure.js'
import { asList, asNumber, kindOf } from '../values.js'
import type { Library } from './function.js'

/** Functions over numbers. */
export const NUMBER_LIBRARY: Library = {
  round: {
    signature: 'round(value, digits?)',
    description: 'The nearest number with that many digits after the point (none when absent).',
    example: 'round(2.345, 2) → 2.35',
    arity: [1, 2],
    call: ([value, digits]) => roundTo(asNumber(value, 'round'), digits === undefined ? 0 : asNumber(digits, 'round')),
  },
  floor: {
    signature: 'floor(value)',
    description: 'The next whole number below.',
    example: 'floor(2.7) → 2',
    arity: [1, 1],
    call: ([value]) => Math.floor(asNumber(value, 'floor')),
  },
  ceil: {
    signature: 'ceil(value)',
    description: 'The next whole number above.',
    example: 'ceil(2.1) → 3',
    arity: [1, 1],
    call: ([value]) => Math.ceil(asNumber(value, 'ceil')),
  },
  abs: {
    signature: 'abs(value)',
    description: 'The number without its sign.',
    example: 'abs(-2) → 2',
    arity: [1, 1],
    call: ([value]) => Math.abs(asNumber(value, 'abs')),
  },
  min: {
    signature: 'min(list)',
    description: 'The smallest number of a list, or null for an empty one.',
    example: 'min([3, 1, 2]) → 1',
    arity: [1, 1],
    call: ([list], budget) => extreme(asList(list, 'min'), (a, b) => a < b, budget),
  },
  max: {
    signature: 'max(list)',
    description: 'The largest number of a list, or null for an empty one.',
    example: 'max([3, 1, 2]) → 3',
    arity: [1, 1],
    call: ([list], budget) => extreme(asList(list, 'max'), (a, b) => a > b, budget),
  },
  sum: {
    signature: 'sum(list)',
    description: 'All numbers of a list added up.',
    example: 'sum([1, 2, 3]) → 6',
    arity: [1, 1],
    call: ([list], budget) => {
      const numbers = asList(list, 'sum')
      budget.burn(numbers.length)
      return numbers.reduce<number>((total, value) => total + asNumber(value, 'sum'), 0)
    },
  },
  number: {
    signature: 'number(value)',
    description: 'A text such as "12.5" as a number.',
    example: "number('12.5') → 12.5",
    arity: [1, 1],
    call: ([value]) => toNumber(value),
  },
}

function roundTo(value: number, digits: number): number {
  if (digits < 0 || digits > 15) throw new ValueError('round keeps 0 to 15 digits')
  // Through decimal text, because 1.005 * 100 is 100.49999999999999.
  const rounded = Number(`${Math.round(Number(`${Math.abs(value)}e${digits}`))}e-${digits}`)
  return Number.isNaN(rounded) ? value : Math.sign(value) * rounded
}

function extreme(
  list: readonly unknown[],
  better: (a: number, b: number) => boolean,
  budget: { burn(n: number): void },
): number | null {
  budget.burn(list.length)
  let best: number | null = null
  for (const value of list) {
    const number = asNumber(value, 'min and max')
    if (best === null || better(number, best)) best = number
  }
  return best
}

function toNumber(value: unknown): number {
  if (typeof value === 'number') return value
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : Number.NaN
  if (!Number.isFinite(number)) {
    throw new ValueError(
      typeof value === 'string'
        ? `"${value.slice(0, 50)}" is not a number`
        : `number needs a text, but got ${kindOf(value)}`,
    )
  }
  return number
}
