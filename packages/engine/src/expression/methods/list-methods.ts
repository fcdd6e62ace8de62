import { ValueError } from '../failure.js'
import { sortValues } from '../library/order.js'
import { joinTexts } from '../library/text.js'
import type { Budget } from '../limits.js'
import { outOfRange } from '../value-refusals.js'
import { asLambda, asList, asNumber, asOptionalNumber, orNull } from '../values.js'
import { type MethodTable, textOf } from './method.js'

/** Methods of lists: those of JavaScript that leave the list as it is. */
export const LIST_METHODS: MethodTable = {
  map: ([list, fn], budget) => mapList(list, fn, { what: 'map', budget }),
  filter: ([list, fn], budget) =>
    asList(list, 'filter')
      .filter(predicate(fn, 'filter', budget))
      .map(orNull),
  find: ([list, fn], budget) => asList(list, 'find').find(predicate(fn, 'find', budget)),
  findLast: ([list, fn], budget) => asList(list, 'findLast').findLast(predicate(fn, 'findLast', budget)),
  findIndex: ([list, fn], budget) => asList(list, 'findIndex').findIndex(predicate(fn, 'findIndex', budget)),
  some: ([list, fn], budget) => asList(list, 'some').some(predicate(fn, 'some', budget)),
  every: ([list, fn], budget) => asList(list, 'every').every(predicate(fn, 'every', budget)),
  flatMap: ([list, fn], budget) => flatten(mapList(list, fn, { what: 'flatMap', budget }), 1, budget),
  flat: ([list, depth], budget) => flatten(asList(list, 'flat'), asOptionalNumber(depth, 'flat') ?? 1, budget),
  reduce: (args, budget) => reduce(args, budget),
  join: ([list, separator], budget) => joinTexts(asList(list, 'join'), separator ?? ',', budget),
  includes: ([list, item], budget) => paid(list, budget).includes(item),
  indexOf: ([list, item], budget) => paid(list, budget).indexOf(item),
  slice: ([list, from, to], budget) =>
    paid(list, budget).slice(asOptionalNumber(from, 'slice'), asOptionalNumber(to, 'slice')),
  at: ([list, index]) => asList(list, 'at').at(asNumber(index, 'at')),
  concat: (args, budget) => flatten(args, 1, budget),
  reverse: ([list], budget) => paid(list, budget).toReversed(),
  sort: ([list, compare], budget) => sort(list, compare, budget),
  toString: textOf,
}

/** The list, paid for: the method visits or copies all of it. */
function paid(list: unknown, budget: Budget): readonly unknown[] {
  const items = asList(list, 'This method')
  budget.allowItems(items.length)
  return items
}

function mapList(list: unknown, fn: unknown, { what, budget }: { what: string; budget: Budget }): unknown[] {
  const lambda = asLambda(fn, what)
  const items = asList(list, what)
  budget.allowItems(items.length)
  return items.map((item, index) => lambda.call(item, index))
}

function predicate(fn: unknown, what: string, budget: Budget): (item: unknown, index: number) => boolean {
  const lambda = asLambda(fn, what)
  return (item, index) => {
    budget.burn(1)
    return Boolean(lambda.call(item, index))
  }
}

const MOST_LEVELS = 20

function flatten(lists: readonly unknown[], levels: number, budget: Budget): unknown[] {
  if (!(levels >= 0 && levels <= MOST_LEVELS)) {
    const message = `flat opens 0 to ${MOST_LEVELS} levels of lists`
    throw outOfRange({ what: 'flat', least: 0, most: MOST_LEVELS, message })
  }
  const result: unknown[] = []
  flattenInto(result, lists, { levels, budget })
  return result
}

function flattenInto(
  result: unknown[],
  lists: readonly unknown[],
  { levels, budget }: { levels: number; budget: Budget },
): void {
  budget.allowItems(lists.length)
  for (const item of lists) {
    if (levels >= 1 && Array.isArray(item)) flattenInto(result, item, { levels: levels - 1, budget })
    else result.push(orNull(item))
  }
}

function reduce([list, fn, ...initial]: readonly unknown[], budget: Budget): unknown {
  const items = asList(list, 'reduce')
  const lambda = asLambda(fn, 'reduce')
  budget.burn(items.length)
  if (initial.length > 0) return items.reduce((total, item, index) => lambda.call(total, item, index), initial[0])
  if (items.length === 0) {
    const message = 'reduce of an empty list has no result'
    const hint = 'Give a first value: reduce((a, b) => a + b, 0).'
    throw new ValueError({ code: 'evaluation.no_first_value', message, hint, details: { name: 'reduce' } })
  }
  return items.reduce((total, item, index) => lambda.call(total, item, index))
}

function sort(list: unknown, compare: unknown, budget: Budget): unknown[] {
  const items = asList(list, 'sort')
  if (compare === undefined) return sortValues(items, (item) => item, budget)
  budget.allowItems(items.length)
  const lambda = asLambda(compare, 'sort')
  return items.map(orNull).sort((a, b) => {
    budget.burn(1)
    return asNumber(lambda.call(a, b), 'The function given to sort')
  })
}
