import { ValueError } from '../failure.js'
import {
  asLambda,
  asList,
  asNumber,
  asRecord,
  assertKey,
  asText,
  isForbiddenKey,
  readProperty,
  toText,
} from '../values.js'
import type { Library } from './function.js'

/** Functions over lists and objects. */
export const LIST_LIBRARY: Library = {
  length: {
    signature: 'length(value)',
    description: 'How many items, characters or fields there are; 0 for nothing.',
    example: 'length([1, 2]) → 2',
    arity: [1, 1],
    call: ([value]) => {
      if (value === null || value === undefined) return 0
      if (typeof value === 'string' || Array.isArray(value)) return value.length
      return Object.keys(asRecord(value, 'length')).length
    },
  },
  keys: {
    signature: 'keys(object)',
    description: 'The names of the fields.',
    example: "keys({ a: 1 }) → ['a']",
    arity: [1, 1],
    call: ([object]) => Object.keys(asRecord(object, 'keys')),
  },
  values: {
    signature: 'values(object)',
    description: 'The values of the fields.',
    example: 'values({ a: 1 }) → [1]',
    arity: [1, 1],
    call: ([object]) => Object.values(asRecord(object, 'values')),
  },
  entries: {
    signature: 'entries(object)',
    description: 'The fields as a list of `{ key, value }`.',
    example: "entries({ a: 1 }) → [{ key: 'a', value: 1 }]",
    arity: [1, 1],
    call: ([object]) => Object.entries(asRecord(object, 'entries')).map(([key, value]) => ({ key, value })),
  },
  merge: {
    signature: 'merge(first, second)',
    description: 'One object with the fields of both; the second wins.',
    example: 'merge({ a: 1 }, { b: 2 }) → { a: 1, b: 2 }',
    arity: [2, 2],
    call: ([first, second]) => ({ ...plain(first, 'merge'), ...plain(second, 'merge') }),
  },
  pick: {
    signature: 'pick(object, names)',
    description: 'The object with these fields only.',
    example: "pick({ a: 1, b: 2 }, ['a']) → { a: 1 }",
    arity: [2, 2],
    call: ([object, names]) => {
      const source = asRecord(object, 'pick')
      const wanted = asList(names, 'pick').map((name) => assertKey(asText(name, 'pick')))
      return Object.fromEntries(
        wanted.filter((name) => Object.hasOwn(source, name)).map((name) => [name, source[name]]),
      )
    },
  },
  range: {
    signature: 'range(from, to)',
    description: 'Whole numbers from the first up to, not including, the second.',
    example: 'range(0, 3) → [0, 1, 2]',
    arity: [2, 2],
    call: ([from, to], budget) => {
      const [start, end] = [asNumber(from, 'range'), asNumber(to, 'range')]
      const count = Math.max(0, Math.ceil(end - start))
      budget.allow(count)
      return Array.from({ length: count }, (_, index) => start + index)
    },
  },
  unique: {
    signature: 'unique(list)',
    description: 'The list without repeated values.',
    example: 'unique([1, 1, 2]) → [1, 2]',
    arity: [1, 1],
    call: ([list], budget) => {
      const items = asList(list, 'unique')
      budget.burn(items.length)
      return [...new Map(items.map((item) => [typeof item === 'object' ? JSON.stringify(item) : item, item])).values()]
    },
  },
  sortBy: {
    signature: 'sortBy(list, field or function)',
    description: 'The list in ascending order of a field, or of what a function gives.',
    example: "sortBy([{ n: 2 }, { n: 1 }], 'n') → [{ n: 1 }, { n: 2 }]",
    arity: [2, 2],
    call: ([list, by], budget) => {
      const items = asList(list, 'sortBy')
      budget.burn(items.length * 8)
      const keyOf = keyReader(by, 'sortBy')
      return items
        .map((item, index) => ({ item, index, key: keyOf(item) }))
        .sort((a, b) => compareValues(a.key, b.key) || a.index - b.index)
        .map(({ item }) => item)
    },
  },
  groupBy: {
    signature: 'groupBy(list, field or function)',
    description: 'An object with one list for each value of a field.',
    example: "groupBy([{ c: 'x' }], 'c') → { x: [{ c: 'x' }] }",
    arity: [2, 2],
    call: ([list, by], budget) => {
      const items = asList(list, 'groupBy')
      budget.burn(items.length)
      const keyOf = keyReader(by, 'groupBy')
      const groups = new Map<string, unknown[]>()
      for (const item of items) {
        const key = assertKey(toText(keyOf(item)))
        const group = groups.get(key)
        if (group === undefined) groups.set(key, [item])
        else group.push(item)
      }
      return Object.fromEntries(groups)
    },
  },
}

function keyReader(by: unknown, what: string): (item: unknown) => unknown {
  if (typeof by === 'string') return (item) => readProperty(item, by)
  const lambda = asLambda(by, what)
  return (item) => lambda.call(item)
}

/** Ascending: numbers by size, everything else by its text. */
export function compareValues(a: unknown, b: unknown): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b
  const [left, right] = [toText(a), toText(b)]
  return left < right ? -1 : left > right ? 1 : 0
}

function plain(value: unknown, what: string): Record<string, unknown> {
  const record = asRecord(value, what)
  if (Object.keys(record).some(isForbiddenKey))
    throw new ValueError(`${what} got an object with a name that is not allowed`)
  return record
}
