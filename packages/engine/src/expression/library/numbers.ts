import type { Budget } from '../limits.js'
import { outOfRange, unreadable } from '../value-refusals.js'
import { asList, asNumber, finite, wrongKind } from '../values.js'
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
    call: ([value]) => Math.floor(asNumber(value, 'floor')) + 0,
  },
  ceil: {
    signature: 'ceil(value)',
    description: 'The next whole number above.',
    example: 'ceil(2.1) → 3',
    arity: [1, 1],
    call: ([value]) => Math.ceil(asNumber(value, 'ceil')) + 0,
  },
  abs: {
    signature: 'abs(value)',
    description: 'The number without its sign.',
    example: 'abs(-2) → 2',
    arity: [1, 1],
    call: ([value]) => Math.abs(asNumber(value, 'abs')),
  },
  min: {
    signature: 'min(list) or min(a, b, …)',
    description: 'The smallest of the numbers, or null for an empty list.',
    example: 'min([3, 1, 2]) → 1',
    arity: [1, 20],
    call: (args, budget) => extreme(args, { what: 'min', budget, sign: 1 }),
  },
  max: {
    signature: 'max(list) or max(a, b, …)',
    description: 'The largest of the numbers, or null for an empty list.',
    example: 'max(3, 1, 2) → 3',
    arity: [1, 20],
    call: (args, budget) => extreme(args, { what: 'max', budget, sign: -1 }),
  },
  sum: {
    signature: 'sum(list)',
    description: 'All numbers of a list added up.',
    example: 'sum([1, 2, 3]) → 6',
    arity: [1, 1],
    call: ([list], budget) => {
      const numbers = asList(list, 'sum')
      budget.burn(numbers.length)
      return finite(
        numbers.reduce<number>((total, value) => total + asNumber(value, 'sum'), 0),
        'The sum is too large',
      )
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
  if (!(Number.isInteger(digits) && digits >= 0 && digits <= 15)) {
    throw outOfRange({ what: 'round', least: 0, most: 15, message: 'round keeps 0 to 15 digits' })
  }
  // Through decimal text, because 1.005 * 100 is 100.49999999999999.
  const rounded = Number(`${Math.round(Number(`${Math.abs(value)}e${digits}`))}e-${digits}`)
  return Number.isNaN(rounded) ? value : Math.sign(value) * rounded + 0
}

interface Extreme {
  readonly what: string
  readonly budget: Budget
  /** 1 for the smallest, -1 for the largest. */
  readonly sign: 1 | -1
}

function extreme(args: readonly unknown[], { what, budget, sign }: Extreme): number | null {
  const numbers = args.length > 1 ? args : asList(args[0], what)
  budget.burn(numbers.length)
  let best: number | null = null
  for (const value of numbers) {
    const number = asNumber(value, what)
    if (best === null || number * sign < best * sign) best = number
  }
  return best
}

function toNumber(value: unknown): number {
  if (typeof value === 'number') return value
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : Number.NaN
  if (!Number.isFinite(number)) {
    throw typeof value === 'string'
      ? unreadable({ what: 'number', text: value, example: '12.5', message: `"${value.slice(0, 50)}" is not a number` })
      : wrongKind({ wanted: 'text', value, what: 'number' })
  }
  return number + 0
}
