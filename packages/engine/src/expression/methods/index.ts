import { ValueError } from '../failure.js'
import type { Budget } from '../limits.js'
import { outOfRange } from '../value-refusals.js'
import { asNumber, asOptionalNumber, kindNameOf, kindOf } from '../values.js'
import { LIST_METHODS } from './list-methods.js'
import { type MethodTable, textOf } from './method.js'
import { TEXT_METHODS } from './text-methods.js'

const NUMBER_METHODS: MethodTable = {
  toFixed: ([value, digits]) => {
    const places = asOptionalNumber(digits, 'toFixed') ?? 0
    if (!(places >= 0 && places <= 20)) {
      throw outOfRange({ what: 'toFixed', least: 0, most: 20, message: 'toFixed keeps 0 to 20 digits' })
    }
    return asNumber(value, 'toFixed').toFixed(places)
  },
  toString: textOf,
}

const OTHER_METHODS: MethodTable = {
  toString: textOf,
}

const FUNCTION_METHODS: ReadonlySet<string> = new Set([
  'map',
  'filter',
  'find',
  'findLast',
  'findIndex',
  'some',
  'every',
  'flatMap',
  'reduce',
  'sort',
])

/** Every name that a method call may use, on whatever kind of value. */
export const METHOD_NAMES: ReadonlySet<string> = new Set(
  [TEXT_METHODS, LIST_METHODS, NUMBER_METHODS, OTHER_METHODS].flatMap((table) => Object.keys(table)),
)

/** Whether the first argument of a method is a function. */
export function takesFunction(name: string): boolean {
  return FUNCTION_METHODS.has(name)
}

/**
 * Calls a method of our own table; methods of the host are never reached.
 *
 * @param args the value that has the method, then its arguments
 * @throws ValueError when values of this kind have no such method
 */
export function callMethod(name: string, args: readonly unknown[], budget: Budget): unknown {
  const [target] = args
  const table = methodsOf(target)
  const method = Object.hasOwn(table, name) ? table[name] : undefined
  if (method === undefined) throw noMethod(name, target, table)
  return method(args, budget)
}

function methodsOf(value: unknown): MethodTable {
  if (typeof value === 'string') return TEXT_METHODS
  if (Array.isArray(value)) return LIST_METHODS
  return typeof value === 'number' ? NUMBER_METHODS : OTHER_METHODS
}

function noMethod(name: string, target: unknown, table: MethodTable): ValueError {
  const known = Object.keys(table).join(', ')
  const hint =
    table === OTHER_METHODS ? 'Use functions such as keys(…), values(…) and entries(…).' : `It has: ${known}.`
  const message = `There is no method "${name}" on ${kindOf(target)}`
  return new ValueError({ code: 'evaluation.no_method', message, hint, details: { name, given: kindNameOf(target) } })
}
