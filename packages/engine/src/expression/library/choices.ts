import { ValueError } from '../failure.js'
import { toText } from '../json-text.js'
import type { Budget } from '../limits.js'
import { tooMany, unreadable } from '../value-refusals.js'
import {
  asLambda,
  asRecord,
  assertKey,
  asText,
  isForbiddenKey,
  isRecord,
  orNull,
  readElement,
  readField,
} from '../values.js'
import type { Library } from './function.js'

/** Choosing among values, and looking into them. */
export const CHOICE_LIBRARY: Library = {
  coalesce: {
    signature: 'coalesce(value, …values)',
    description: 'The first of the values that is not nothing, null or empty text; null when there is none.',
    example: "coalesce('', null, 'x', 'y') → 'x'",
    arity: [1, 20],
    call: (values) => orNull(values.find((value) => !isNothing(value))),
  },
  choose: {
    signature: 'choose(value, cases, otherwise?)',
    description: 'What stands in an object under a value; the third argument (null when absent) when nothing does.',
    example: "choose('paid', { open: 'Open', paid: 'Paid' }, 'Unknown') → 'Paid'",
    arity: [2, 3],
    call: ([value, cases, otherwise], budget) => {
      const table = asRecord(cases, 'choose')
      const key = toText(value, budget)
      return orNull(Object.hasOwn(table, key) && !isForbiddenKey(key) ? table[key] : otherwise)
    },
  },
  get: {
    signature: 'get(value, path, otherwise?)',
    description:
      'What stands at a path such as "lines[0].sku"; the third argument (null when absent) when nothing does.',
    example: "get({ lines: [{ sku: 'x' }] }, 'lines[0].sku') → 'x'",
    arity: [2, 3],
    call: ([value, path, otherwise], budget) => {
      let current = value
      for (const key of pathOf(asText(path, 'get'), budget)) {
        current = typeof key === 'number' ? readElement(current, key) : readField(current, assertKey(key))
      }
      return orNull(current ?? otherwise)
    },
  },
  isEmpty: {
    signature: 'isEmpty(value)',
    description: 'Whether a value is nothing, null, a text of spaces only, or a list or object with nothing in it.',
    example: "isEmpty('  ') → true",
    arity: [1, 1],
    call: ([value], budget) => {
      if (typeof value === 'string') {
        budget.burnText(value.length)
        return value.trim() === ''
      }
      if (Array.isArray(value)) return value.length === 0
      return isRecord(value) ? Object.keys(value).length === 0 : value === null || value === undefined
    },
  },
  equals: {
    signature: 'equals(value, other)',
    description: 'Whether two values are the same through and through; the order of fields does not count.',
    example: 'equals({ a: [1], b: 2 }, { b: 2, a: [1] }) → true',
    arity: [2, 2],
    call: ([value, other], budget) => isSame(value, other, { budget, depth: budget.limits.depth }),
  },
  typeOf: {
    signature: 'typeOf(value)',
    description: 'What kind a value is: string, number, boolean, array, object or null.',
    example: "typeOf([1]) → 'array'",
    arity: [1, 1],
    call: ([value]) => (Array.isArray(value) ? 'array' : value === null || value === undefined ? 'null' : typeof value),
  },
  mapValues: {
    signature: 'mapValues(object, function)',
    description: 'The object with each value replaced by what a function gives for it and its name.',
    example: 'mapValues({ a: 1, b: 2 }, (value, name) => value * 10) → { a: 10, b: 20 }',
    arity: [2, 2],
    functionAt: 1,
    call: ([object, fn], budget) => {
      const lambda = asLambda(fn, 'mapValues')
      return changed(object, budget, (key, value) => [key, lambda.call(value, key)])
    },
  },
  renameFields: {
    signature: 'renameFields(object, names)',
    description: 'The object with new names for some of its fields.',
    example: "renameFields({ a: 1, b: 2 }, { a: 'x' }) → { x: 1, b: 2 }",
    arity: [2, 2],
    call: ([object, names], budget) => {
      const renamed = asRecord(names, 'renameFields')
      return changed(object, budget, (key, value) => [
        Object.hasOwn(renamed, key) ? asText(renamed[key], 'renameFields') : key,
        value,
      ])
    },
  },
  omitEmpty: {
    signature: 'omitEmpty(object)',
    description: 'The object without fields that are null or empty text.',
    example: "omitEmpty({ a: 1, b: '', c: null }) → { a: 1 }",
    arity: [1, 1],
    call: ([object], budget) => changed(object, budget, (key, value) => (isNothing(value) ? undefined : [key, value])),
  },
}

function isNothing(value: unknown): boolean {
  return value === undefined || value === null || value === ''
}

const MOST_HOPS = 100

function pathOf(path: string, budget: Budget): (string | number)[] {
  budget.allowText(path.length)
  const parts = path.split(/[.[]/).filter((part, index) => part !== '' || index > 0)
  if (parts.length > MOST_HOPS) throw tooMany(MOST_HOPS, `A path may have at most ${MOST_HOPS} parts`)
  return parts.map((part) => {
    const position = /^(\d{1,9})\]$/.exec(part)
    if (position !== null) return Number(position[1])
    if (part === '' || part.includes(']')) {
      throw unreadable({ what: 'get', text: path, example: 'order.lines[0].sku', noun: 'a path' })
    }
    return part
  })
}

type Change = (key: string, value: unknown) => readonly [key: string, value: unknown] | undefined

function changed(object: unknown, budget: Budget, change: Change): Record<string, unknown> {
  const fields = Object.entries(asRecord(object, 'This function'))
  budget.allowItems(fields.length)
  const result: Record<string, unknown> = {}
  for (const [key, value] of fields) {
    const pair = change(key, orNull(value))
    if (pair !== undefined) result[assertKey(pair[0])] = orNull(pair[1])
  }
  return result
}

interface Comparing {
  readonly budget: Budget
  readonly depth: number
}

function isSame(a: unknown, b: unknown, { budget, depth }: Comparing): boolean {
  budget.burn(1)
  if (typeof a === 'string' && typeof b === 'string') {
    if (a.length !== b.length) return false
    budget.burnText(a.length)
    return a === b
  }
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return orNull(a) === orNull(b)
  if (depth <= 0) {
    const message = 'equals cannot compare values nested so deeply'
    throw new ValueError({ code: 'evaluation.too_deep', message })
  }
  const inner = { budget, depth: depth - 1 }
  if (Array.isArray(a) || Array.isArray(b)) {
    if (!Array.isArray(a) || !Array.isArray(b) || a.length !== b.length) return false
    return a.every((item, index) => isSame(item, b[index], inner))
  }
  const [left, right] = [asRecord(a, 'equals'), asRecord(b, 'equals')]
  const keys = Object.keys(left)
  return (
    keys.length === Object.keys(right).length &&
    keys.every((key) => Object.hasOwn(right, key) && isSame(left[key], right[key], inner))
  )
}
