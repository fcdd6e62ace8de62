import { ValueError } from './failure.js'
import type { Library } from './library/index.js'
import { compareValues } from './library/lists.js'
import { joinTexts, pad, replaceAll } from './library/text.js'
import type { Budget } from './limits.js'
import { asLambda, asList, asNumber, asText, kindOf, toText } from './values.js'

/** A method as `value.name(…)`: the value itself comes first in `call`'s arguments. */
type Method = (args: readonly unknown[], budget: Budget) => unknown

const textOf: Method = (args) => toText(args[0])

const TEXT_METHODS: Readonly<Record<string, Method>> = {
  toUpperCase: ([text]) => asText(text, 'toUpperCase').toUpperCase(),
  toLowerCase: ([text]) => asText(text, 'toLowerCase').toLowerCase(),
  trim: ([text]) => asText(text, 'trim').trim(),
  trimStart: ([text]) => asText(text, 'trimStart').trimStart(),
  trimEnd: ([text]) => asText(text, 'trimEnd').trimEnd(),
  includes: ([text, part]) => asText(text, 'includes').includes(asText(part, 'includes')),
  startsWith: ([text, part]) => asText(text, 'startsWith').startsWith(asText(part, 'startsWith')),
  endsWith: ([text, part]) => asText(text, 'endsWith').endsWith(asText(part, 'endsWith')),
  indexOf: ([text, part]) => asText(text, 'indexOf').indexOf(asText(part, 'indexOf')),
  slice: ([text, from, to]) => asText(text, 'slice').slice(optionalNumber(from), optionalNumber(to)),
  at: ([text, index]) => asText(text, 'at').at(asNumber(index, 'at')),
  concat: (args, budget) => joinTexts(args, '', budget),
  repeat: ([text, count], budget) => {
    const [unit, times] = [asText(text, 'repeat'), asNumber(count, 'repeat')]
    if (!(times >= 0)) throw new ValueError('repeat needs a number of at least 0')
    budget.allow(unit.length * times)
    return unit.repeat(times)
  },
  split: ([text, separator], budget) => {
    const parts = asText(text, 'split').split(asText(separator, 'split'))
    budget.allow(parts.length)
    return parts
  },
  replace: ([text, search, replacement], budget) => {
    const [source, part, by] = [asText(text, 'replace'), asText(search, 'replace'), asText(replacement, 'replace')]
    budget.allow(source.length + by.length)
    // A function as replacement keeps `$&` and its like from being read as patterns.
    return source.replace(part, () => by)
  },
  replaceAll: (args, budget) => replaceAll(args, budget),
  padStart: (args, budget) => pad(args, 'start', budget),
  padEnd: (args, budget) => pad(args, 'end', budget),
  toString: textOf,
}

const LIST_METHODS: Readonly<Record<string, Method>> = {
  map: ([list, fn], budget) => each(list, fn, 'map', budget),
  filter: ([list, fn], budget) => asList(list, 'filter').filter(predicate(fn, 'filter', budget)),
  find: ([list, fn], budget) => asList(list, 'find').find(predicate(fn, 'find', budget)),
  findIndex: ([list, fn], budget) => asList(list, 'findIndex').findIndex(predicate(fn, 'findIndex', budget)),
  some: ([list, fn], budget) => asList(list, 'some').some(predicate(fn, 'some', budget)),
  every: ([list, fn], budget) => asList(list, 'every').every(predicate(fn, 'every', budget)),
  flatMap: ([list, fn], budget) => flatten(each(list, fn, 'flatMap', budget), budget),
  flat: ([list], budget) => flatten(asList(list, 'flat'), budget),
  reduce: ([list, fn, ...initial], budget) => reduce(asList(list, 'reduce'), fn, { initial, budget }),
  join: ([list, separator], budget) => joinTexts(asList(list, 'join'), separator ?? ',', budget),
  includes: ([list, item], budget) => {
    budget.burn(asList(list, 'includes').length)
    return asList(list, 'includes').includes(item)
  },
  indexOf: ([list, item], budget) => {
    budget.burn(asList(list, 'indexOf').length)
    return asList(list, 'indexOf').indexOf(item)
  },
  slice: ([list, from, to], budget) => {
    budget.burn(asList(list, 'slice').length)
    return asList(list, 'slice').slice(optionalNumber(from), optionalNumber(to))
  },
  at: ([list, index]) => asList(list, 'at').at(asNumber(index, 'at')),
  concat: ([list, ...others], budget) => flatten([list, ...others], budget),
  reverse: ([list], budget) => {
    budget.burn(asList(list, 'reverse').length)
    return [...asList(list, 'reverse')].reverse()
  },
  sort: ([list, compare], budget) => sort(asList(list, 'sort'), compare, budget),
  toString: textOf,
}

const NUMBER_METHODS: Readonly<Record<string, Method>> = {
  toFixed: ([value, digits]) => {
    const places = digits === undefined ? 0 : asNumber(digits, 'toFixed')
    if (!(places >= 0 && places <= 20)) throw new ValueError('toFixed keeps 0 to 20 digits')
    return asNumber(value, 'toFixed').toFixed(places)
  },
  toString: textOf,
}

const OTHER_METHODS: Readonly<Record<string, Method>> = {
  toString: textOf,
}

/**
 * Calls a method from our own table; host methods are never reached.
 *
 * @throws ValueError when values of this kind have no such method
 */
export function callMethod(target: unknown, name: string, args: readonly unknown[], budget: Budget): unknown {
  const table = methodsOf(target)
  if (!Object.hasOwn(table, name)) {
    const known = Object.keys(table).slice(0, 8).join(', ')
    throw new ValueError(`There is no method "${name}" on ${kindOf(target)}; some that exist: ${known}`)
  }
  return table[name]?.([target, ...args], budget)
}

/** Names that a method call may use on any kind of value, for the compiler's check. */
export const METHOD_NAMES: ReadonlySet<string> = new Set(
  [TEXT_METHODS, LIST_METHODS, NUMBER_METHODS, OTHER_METHODS].flatMap((table) => Object.keys(table)),
)

/**
 * Calls a function of the library.
 *
 * @throws ValueError when the number or kinds of arguments do not fit
 */
export function callFunction(library: Library, name: string, args: readonly unknown[], budget: Budget): unknown {
  const found = Object.hasOwn(library, name) ? library[name] : undefined
  if (found === undefined) throw new ValueError(`There is no function "${name}"`)
  return found.call(args, budget)
}

function methodsOf(value: unknown): Readonly<Record<string, Method>> {
  if (typeof value === 'string') return TEXT_METHODS
  if (Array.isArray(value)) return LIST_METHODS
  return typeof value === 'number' ? NUMBER_METHODS : OTHER_METHODS
}

function each(list: unknown, fn: unknown, what: string, budget: Budget): unknown[] {
  const lambda = asLambda(fn, what)
  const items = asList(list, what)
  budget.allow(items.length)
  return items.map((item, index) => lambda.call(item, index))
}

function predicate(fn: unknown, what: string, budget: Budget): (item: unknown, index: number) => boolean {
  const lambda = asLambda(fn, what)
  return (item, index) => {
    budget.burn(1)
    return Boolean(lambda.call(item, index))
  }
}

function flatten(lists: readonly unknown[], budget: Budget): unknown[] {
  budget.allow(lists.reduce<number>((size, item) => size + (Array.isArray(item) ? item.length : 1), 0))
  return lists.flat()
}

interface ReduceOptions {
  readonly initial: readonly unknown[]
  readonly budget: Budget
}

function reduce(list: readonly unknown[], fn: unknown, { initial, budget }: ReduceOptions): unknown {
  const lambda = asLambda(fn, 'reduce')
  budget.burn(list.length)
  if (initial.length === 0 && list.length === 0) throw new ValueError('reduce of an empty list needs a first value')
  const rest = initial.length === 0 ? list.slice(1) : list
  const first = initial.length === 0 ? list[0] : initial[0]
  return rest.reduce((total, item, index) => lambda.call(total, item, index), first)
}

function sort(list: readonly unknown[], compare: unknown, budget: Budget): unknown[] {
  budget.burn(list.length * 8)
  if (compare === undefined) return [...list].sort(compareValues)
  const lambda = asLambda(compare, 'sort')
  return [...list].sort((a, b) => {
    budget.burn(1)
    return asNumber(lambda.call(a, b), 'the function given to sort')
  })
}

function optionalNumber(value: unknown): number | undefined {
  return value === undefined ? undefined : asNumber(value, 'slice')
}
