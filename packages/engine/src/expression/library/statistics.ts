import { ValueError } from '../failure.js'
import type { Budget } from '../limits.js'
import { asList, asNumber, finite } from '../values.js'
import type { Library } from './function.js'

/** Functions over lists of numbers. */
export const STATISTICS_LIBRARY: Library = {
  average: {
    signature: 'average(list)',
    description: 'The mean of the numbers, or null for an empty list.',
    example: 'average([1, 2, 6]) → 3',
    arity: [1, 1],
    call: ([list], budget) => {
      const numbers = numbersOf(list, 'average', budget)
      if (numbers.length === 0) return null
      return finite(numbers.reduce((total, value) => total + value, 0) / numbers.length, 'The sum is too large')
    },
  },
  median: {
    signature: 'median(list)',
    description: 'The number in the middle of the list when it is sorted, or null for an empty list.',
    example: 'median([9, 1, 2]) → 2',
    arity: [1, 1],
    call: ([list], budget) => {
      const sorted = numbersOf(list, 'median', budget).sort((a, b) => a - b)
      budget.burn(sorted.length * 4)
      const [low, high] = [sorted[Math.floor((sorted.length - 1) / 2)], sorted[Math.floor(sorted.length / 2)]]
      // Halved first, so that two large numbers have a middle too.
      return low === undefined || high === undefined ? null : low === high ? low : low / 2 + high / 2
    },
  },
  clamp: {
    signature: 'clamp(value, least, most)',
    description: 'The number, but not below the least or above the most.',
    example: 'clamp(120, 0, 100) → 100',
    arity: [3, 3],
    call: ([value, least, most]) => {
      const [low, high] = [asNumber(least, 'clamp'), asNumber(most, 'clamp')]
      if (low > high) {
        const message = 'clamp needs the least number before the most'
        throw new ValueError({ code: 'evaluation.wrong_order', message, details: { name: 'clamp' } })
      }
      return Math.min(high, Math.max(low, asNumber(value, 'clamp')))
    },
  },
}

function numbersOf(list: unknown, what: string, budget: Budget): number[] {
  const items = asList(list, what)
  budget.allowItems(items.length)
  return items.map((item) => asNumber(item, what))
}
