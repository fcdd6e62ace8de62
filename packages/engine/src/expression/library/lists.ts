import { toJsonText, toText } from '../json-text.js'
import type { Budget } from '../limits.js'
import { belowMinimum, notAllowed } from '../value-refusals.js'
import { asLambda, asList, asNumber, asRecord, assertKey, orNull, readField } from '../values.js'
import type { Library } from './function.js'
import { sortValues } from './order.js'

/** Functions over lists. */
export const LIST_LIBRARY: Library = {
  length: {
    signature: 'length(value)',
    description: 'How many items, characters or fields there are; 0 for nothing.',
    example: 'length([1, 2]) → 2',
    arity: [1, 1],
    call: ([value], budget) => {
      if (value === null || value === undefined) return 0
      if (typeof value === 'string' || Array.isArray(value)) return value.length
      const { length } = Object.keys(asRecord(value, 'length'))
      budget.burn(length)
      return length
    },
  },
  first: {
    signature: 'first(list)',
    description: 'The first item, or null when there is none.',
    example: "first(['a', 'b']) → 'a'",
    arity: [1, 1],
    call: ([list]) => orNull(asList(list, 'first')[0]),
  },
  last: {
    signature: 'last(list)',
    description: 'The last item, or null when there is none.',
    example: "last(['a', 'b']) → 'b'",
    arity: [1, 1],
    call: ([list]) => orNull(asList(list, 'last').at(-1)),
  },
  range: {
    signature: 'range(from, to)',
    description: 'Whole steps from the first number up to, not including, the second.',
    example: 'range(0, 3) → [0, 1, 2]',
    arity: [2, 2],
    call: ([from, to], budget) => {
      const [start, end] = [asNumber(from, 'range'), asNumber(to, 'range')]
      const length = Math.max(0, Math.ceil(end - start))
      budget.allowItems(length)
      return Array.from({ length }, (_, index) => start + index)
    },
  },
  unique: {
    signature: 'unique(list)',
    description: 'The list without repeated values; lists and objects are equal when their JSON is.',
    example: 'unique([1, 1, 2]) → [1, 2]',
    arity: [1, 1],
    call: ([list], budget) => {
      const items = asList(list, 'unique')
      budget.allowItems(items.length)
      const [scalars, objects] = [new Set<unknown>(), new Set<unknown>()]
      return items.map(orNull).filter((item) => {
        if (typeof item === 'string') budget.burnText(item.length)
        const isObject = typeof item === 'object' && item !== null
        const [seen, key] = isObject ? [objects, toJsonText(item, budget)] : [scalars, item]
        return seen.size < seen.add(key).size
      })
    },
  },
  compact: {
    signature: 'compact(list)',
    description: 'The list without nothing, null and empty texts.',
    example: "compact(['a', '', null]) → ['a']",
    arity: [1, 1],
    call: ([list], budget) => {
      const items = asList(list, 'compact')
      budget.allowItems(items.length)
      return items.filter((item) => item !== undefined && item !== null && item !== '')
    },
  },
  chunk: {
    signature: 'chunk(list, size)',
    description: 'The list cut into lists of that many items.',
    example: 'chunk([1, 2, 3], 2) → [[1, 2], [3]]',
    arity: [2, 2],
    call: ([list, size], budget) => {
      const [items, width] = [asList(list, 'chunk'), asNumber(size, 'chunk')]
      if (!Number.isInteger(width) || width < 1) {
        throw belowMinimum({ what: 'chunk', limit: 1, message: 'chunk needs a whole number of at least 1' })
      }
      budget.allowItems(items.length * 2)
      return Array.from({ length: Math.ceil(items.length / width) }, (_, i) =>
        items.slice(i * width, (i + 1) * width).map(orNull),
      )
    },
  },
  sortBy: {
    signature: 'sortBy(list, field or function, order?)',
    description: 'The list in the order of a field, or of what a function gives: asc (when absent) or desc.',
    example: "sortBy([{ n: 1 }, { n: 2 }], 'n', 'desc') → [{ n: 2 }, { n: 1 }]",
    arity: [2, 3],
    functionAt: 1,
    call: ([list, by, order = 'asc'], budget) => {
      if (order !== 'asc' && order !== 'desc') {
        const message = 'sortBy sorts in the order asc or desc'
        throw notAllowed({ what: 'sortBy', given: order, allowed: ['asc', 'desc'], message })
      }
      const items = asList(list, 'sortBy')
      // Turned around twice, so that equal items keep their order.
      const source = order === 'asc' ? items : items.toReversed()
      const sorted = sortValues(source, keyReader(by, 'sortBy'), budget)
      return order === 'asc' ? sorted : sorted.reverse()
    },
  },
  groupBy: {
    signature: 'groupBy(list, field or function)',
    description: 'An object with one list for each value of a field, or of what a function gives.',
    example: "groupBy([{ c: 'x' }], 'c') → { x: [{ c: 'x' }] }",
    arity: [2, 2],
    functionAt: 1,
    call: ([list, by], budget) => groupBy(asList(list, 'groupBy'), keyReader(by, 'groupBy'), budget),
  },
}

function groupBy(
  items: readonly unknown[],
  keyOf: (item: unknown) => unknown,
  budget: Budget,
): Record<string, unknown[]> {
  budget.allowItems(items.length)
  const groups: Record<string, unknown[]> = {}
  for (const item of items) {
    const key = assertKey(toText(keyOf(item), budget))
    const group = Object.hasOwn(groups, key) ? groups[key] : undefined
    if (group === undefined) groups[key] = [orNull(item)]
    else group.push(orNull(item))
  }
  return groups
}

/** What reads a key from an item: a field by its name, or a function. */
export function keyReader(by: unknown, what: string): (item: unknown) => unknown {
  if (typeof by === 'string') {
    const name = assertKey(by)
    return (item) => readField(item, name)
  }
  const lambda = asLambda(by, what)
  return (item) => lambda.call(item)
}
