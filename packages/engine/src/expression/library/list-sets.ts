import { toJsonText, toText } from '../json-text.js'
import type { Budget } from '../limits.js'
import { notAllowed } from '../value-refusals.js'
import { asList, assertKey, asText, orNull, readField } from '../values.js'
import type { Library } from './function.js'
import { KeptFormatters, unknownLocale } from './intl-formats.js'
import { keyReader } from './lists.js'

/** Functions that compare and combine lists, and look through lists of objects. */
export const LIST_SET_LIBRARY: Library = {
  pluck: {
    signature: 'pluck(list, field)',
    description: 'The values of one field of all items.',
    example: "pluck([{ n: 1 }, { n: 2 }], 'n') → [1, 2]",
    arity: [2, 2],
    call: ([list, field], budget) => {
      const name = assertKey(asText(field, 'pluck'))
      return itemsOf(list, 'pluck', budget).map((item) => orNull(readField(item, name)))
    },
  },
  where: {
    signature: 'where(list, field, value)',
    description: 'The items whose field has a value.',
    example: "where([{ n: 1, s: 'a' }, { n: 2, s: 'b' }], 's', 'b') → [{ n: 2, s: 'b' }]",
    arity: [3, 3],
    call: ([list, field, value], budget) => {
      const name = assertKey(asText(field, 'where'))
      const wanted = identityOf(value, budget)
      return itemsOf(list, 'where', budget).filter((item) => identityOf(readField(item, name), budget) === wanted)
    },
  },
  keyBy: {
    signature: 'keyBy(list, field or function)',
    description: 'An object with each item under the value of a field, or what a function gives; the last one wins.',
    example: "keyBy([{ id: 'a', n: 1 }], 'id') → { a: { id: 'a', n: 1 } }",
    arity: [2, 2],
    functionAt: 1,
    call: ([list, by], budget) => {
      const keyOf = keyReader(by, 'keyBy')
      const result: Record<string, unknown> = {}
      for (const item of itemsOf(list, 'keyBy', budget)) result[assertKey(toText(keyOf(item), budget))] = item
      return result
    },
  },
  countBy: {
    signature: 'countBy(list, field or function)',
    description: 'How many items there are for each value of a field, or of what a function gives.',
    example: "countBy([{ c: 'x' }, { c: 'y' }, { c: 'x' }], 'c') → { x: 2, y: 1 }",
    arity: [2, 2],
    functionAt: 1,
    call: ([list, by], budget) => {
      const keyOf = keyReader(by, 'countBy')
      const result: Record<string, number> = {}
      for (const item of itemsOf(list, 'countBy', budget)) {
        const key = assertKey(toText(keyOf(item), budget))
        result[key] = (Object.hasOwn(result, key) ? (result[key] ?? 0) : 0) + 1
      }
      return result
    },
  },
  flatten: {
    signature: 'flatten(list)',
    description: 'The list with the items of the lists in it in their place, one level.',
    example: 'flatten([[1, 2], 3, [4]]) → [1, 2, 3, 4]',
    arity: [1, 1],
    call: ([list], budget) => {
      const result: unknown[] = []
      for (const item of itemsOf(list, 'flatten', budget)) {
        if (!Array.isArray(item)) result.push(item)
        else for (const inner of itemsOf(item, 'flatten', budget)) result.push(inner)
        budget.assertSize(result.length)
      }
      return result
    },
  },
  zip: {
    signature: 'zip(list, list, …)',
    description:
      'A list of lists: the first items of all, the second items of all, and so on, null where one is short.',
    example: "zip([1, 2], ['a', 'b']) → [[1, 'a'], [2, 'b']]",
    arity: [2, 10],
    call: (lists, budget) => {
      const columns = lists.map((list) => asList(list, 'zip'))
      const length = columns.reduce((longest, column) => Math.max(longest, column.length), 0)
      budget.allowItems(length * columns.length)
      return Array.from({ length }, (_, row) => columns.map((column) => orNull(column[row])))
    },
  },
  zipObject: {
    signature: 'zipObject(names, values)',
    description: 'An object of a list of names and a list of their values, null where one is missing.',
    example: "zipObject(['a', 'b'], [1, 2]) → { a: 1, b: 2 }",
    arity: [2, 2],
    call: ([names, values], budget) => {
      const given = asList(values, 'zipObject')
      const result: Record<string, unknown> = {}
      for (const [index, name] of itemsOf(names, 'zipObject', budget).entries()) {
        result[assertKey(asText(name, 'zipObject'))] = orNull(given[index])
      }
      return result
    },
  },
  union: {
    signature: 'union(list, other)',
    description: 'The values that are in either list, each once; lists and objects are equal when their JSON is.',
    example: 'union([1, 2], [2, 3]) → [1, 2, 3]',
    arity: [2, 2],
    call: ([list, other], budget) => {
      const all = [...itemsOf(list, 'union', budget), ...itemsOf(other, 'union', budget)]
      budget.assertSize(all.length)
      return distinct(all, budget)
    },
  },
  intersection: {
    signature: 'intersection(list, other)',
    description: 'The values that are in both lists, each once.',
    example: 'intersection([1, 2, 3], [2, 3, 4]) → [2, 3]',
    arity: [2, 2],
    call: ([list, other], budget) => {
      const inOther = identities(other, 'intersection', budget)
      const both = itemsOf(list, 'intersection', budget).filter((item) => inOther.has(identityOf(item, budget)))
      return distinct(both, budget)
    },
  },
  difference: {
    signature: 'difference(list, other)',
    description: 'The items of the first list that are not in the second.',
    example: 'difference([1, 2, 3], [2]) → [1, 3]',
    arity: [2, 2],
    call: ([list, other], budget) => {
      const inOther = identities(other, 'difference', budget)
      return itemsOf(list, 'difference', budget).filter((item) => !inOther.has(identityOf(item, budget)))
    },
  },
  joinList: {
    signature: 'joinList(list, word?, locale?)',
    description: 'The items as people list them, with the word for "and" (when absent) or "or" before the last.',
    example: "joinList(['a', 'b', 'c'], 'or') → 'a, b, or c'",
    arity: [1, 3],
    call: ([list, word, locale], budget) => joinList(list, { word: word ?? 'and', locale: locale ?? 'en', budget }),
  },
}

function itemsOf(list: unknown, what: string, budget: Budget): unknown[] {
  const items = asList(list, what)
  budget.allowItems(items.length)
  return items.map(orNull)
}

/** A value that is equal for equal values only: scalars stand for themselves, all else for its JSON. */
function identityOf(value: unknown, budget: Budget): unknown {
  // A text may look like the JSON of an object, so each gets a mark of its own.
  if (typeof value === 'string') {
    budget.burnText(value.length)
    return `text ${value}`
  }
  return typeof value === 'object' && value !== null ? `json ${toJsonText(value, budget)}` : orNull(value)
}

function identities(list: unknown, what: string, budget: Budget): ReadonlySet<unknown> {
  return new Set(itemsOf(list, what, budget).map((item) => identityOf(item, budget)))
}

function distinct(items: readonly unknown[], budget: Budget): unknown[] {
  const seen = new Set<unknown>()
  return items.filter((item) => seen.size < seen.add(identityOf(item, budget)).size)
}

const formatters = new KeptFormatters<Intl.ListFormatOptions, Intl.ListFormat>(
  (locale, options) => new Intl.ListFormat(locale, options),
  (locale, _, cause) => unknownLocale(locale, cause),
)

interface Joining {
  readonly word: unknown
  readonly locale: unknown
  readonly budget: Budget
}

function joinList(list: unknown, { word, locale, budget }: Joining): string {
  if (word !== 'and' && word !== 'or') {
    const message = 'joinList joins with "and" or "or"'
    throw notAllowed({ what: 'joinList', given: word, allowed: ['and', 'or'], message })
  }
  const texts = itemsOf(list, 'joinList', budget).map((item) => toText(item, budget))
  budget.allowText(texts.reduce((size, text) => size + text.length + 10, 0))
  const type = word === 'and' ? ('conjunction' as const) : ('disjunction' as const)
  return formatters.get(asText(locale, 'joinList'), { type }, budget).format(texts)
}
