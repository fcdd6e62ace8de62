import { copyFields } from '../copy-fields.js'
import { LimitError, ValueError } from '../failure.js'
import { toJsonText } from '../json-text.js'
import type { Budget } from '../limits.js'
import { outOfRange } from '../value-refusals.js'
import {
  asList,
  asNumber,
  asRecord,
  assertKey,
  asText,
  forbiddenField,
  isForbiddenKey,
  isRecord,
  orNull,
} from '../values.js'
import type { Library } from './function.js'

/** Objects, JSON, and values of any kind. */
export const DATA_LIBRARY: Library = {
  default: {
    signature: 'default(value, otherwise)',
    description: 'The value, or the other one when it is nothing, null or empty text.',
    example: "default('', 'none') → 'none'",
    arity: [2, 2],
    call: ([value, otherwise]) => (value === undefined || value === null || value === '' ? otherwise : value),
  },
  boolean: {
    signature: 'boolean(value)',
    description: 'Whether a value is true: not for false, 0, nothing, or the texts "", "false", "no" and "0".',
    example: "boolean('no') → false",
    arity: [1, 1],
    call: ([value]) =>
      typeof value === 'string' ? !['', 'false', 'no', '0'].includes(value.trim().toLowerCase()) : Boolean(value),
  },
  keys: {
    signature: 'keys(object)',
    description: 'The names of the fields.',
    example: "keys({ a: 1 }) → ['a']",
    arity: [1, 1],
    call: ([object], budget) => fieldsOf(object, 'keys', budget).map(([key]) => key),
  },
  values: {
    signature: 'values(object)',
    description: 'The values of the fields.',
    example: 'values({ a: 1 }) → [1]',
    arity: [1, 1],
    call: ([object], budget) => fieldsOf(object, 'values', budget).map(([, value]) => value),
  },
  entries: {
    signature: 'entries(object)',
    description: 'The fields as a list of `{ key, value }`.',
    example: "entries({ a: 1 }) → [{ key: 'a', value: 1 }]",
    arity: [1, 1],
    call: ([object], budget) => fieldsOf(object, 'entries', budget).map(([key, value]) => ({ key, value })),
  },
  fromEntries: {
    signature: 'fromEntries(list)',
    description: 'An object of a list of `{ key, value }`.',
    example: "fromEntries([{ key: 'a', value: 1 }]) → { a: 1 }",
    arity: [1, 1],
    call: ([list], budget) => {
      const items = asList(list, 'fromEntries')
      budget.allowItems(items.length)
      const object: Record<string, unknown> = {}
      for (const item of items) {
        const { key, value } = asRecord(item, 'fromEntries')
        object[assertKey(asText(key, 'fromEntries'))] = orNull(value)
      }
      return object
    },
  },
  merge: {
    signature: 'merge(object, …objects)',
    description: 'One object with the fields of all; later ones win.',
    example: 'merge({ a: 1 }, { b: 2 }) → { a: 1, b: 2 }',
    arity: [1, 10],
    call: (objects, budget) => {
      const merged: Record<string, unknown> = {}
      for (const object of objects) copyFields(merged, asRecord(object, 'merge'), budget)
      return merged
    },
  },
  pick: {
    signature: 'pick(object, names)',
    description: 'The object with these fields only.',
    example: "pick({ a: 1, b: 2 }, ['a']) → { a: 1 }",
    arity: [2, 2],
    call: ([object, names], budget) => {
      const source = asRecord(object, 'pick')
      const picked: Record<string, unknown> = {}
      for (const name of namesOf(names, 'pick', budget)) {
        if (Object.hasOwn(source, name)) picked[assertKey(name)] = orNull(source[name])
      }
      return picked
    },
  },
  omit: {
    signature: 'omit(object, names)',
    description: 'The object without these fields.',
    example: "omit({ a: 1, b: 2 }, ['a']) → { b: 2 }",
    arity: [2, 2],
    call: ([object, names], budget) => {
      const left = new Set(namesOf(names, 'omit', budget))
      const rest: Record<string, unknown> = {}
      for (const [key, value] of fieldsOf(object, 'omit', budget)) if (!left.has(key)) rest[assertKey(key)] = value
      return rest
    },
  },
  json: {
    signature: 'json(text)',
    description: 'The value that a JSON text describes.',
    example: 'json(\'{"a":1}\') → { a: 1 }',
    arity: [1, 1],
    call: ([text], budget) => parseJson(asText(text, 'json'), budget),
  },
  tryJson: {
    signature: 'tryJson(text, otherwise?)',
    description:
      'The value that a JSON text describes; the second argument (null when absent) when it is not valid JSON.',
    example: "tryJson('{', 'none') → 'none'",
    arity: [1, 2],
    call: ([text, otherwise], budget) => {
      if (typeof text !== 'string') return orNull(otherwise)
      try {
        return parseJson(text, budget)
      } catch (error) {
        // A bound that was passed ends the evaluation, whatever the text is.
        if (error instanceof ValueError && !(error instanceof LimitError)) return orNull(otherwise)
        throw error
      }
    },
  },
  toJson: {
    signature: 'toJson(value, indent?)',
    description: 'Any value as JSON text, on lines of their own when an indent of 1 to 8 spaces is given.',
    example: 'toJson({ a: [1] }) → \'{"a":[1]}\'',
    arity: [1, 2],
    call: ([value, indent], budget) => {
      const compact = toJsonText(value, budget)
      if (indent === undefined) return compact
      const width = asNumber(indent, 'toJson')
      if (!(Number.isInteger(width) && width >= 1 && width <= 8)) {
        throw outOfRange({ what: 'toJson', least: 1, most: 8, message: 'An indent is 1 to 8 spaces' })
      }
      // Each value stands on a line of its own, and is at least two characters long with what follows it.
      budget.allowText(Math.ceil(compact.length / 2) * width * depthOf(value) + compact.length * 2)
      return JSON.stringify(value ?? null, null, width)
    },
  },
}

/** Lists and objects within each other. */
function depthOf(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0
  let deepest = 0
  for (const child of Object.values(value)) deepest = Math.max(deepest, depthOf(child))
  return deepest + 1
}

function fieldsOf(object: unknown, what: string, budget: Budget): [string, unknown][] {
  const fields = Object.entries(asRecord(object, what))
  budget.allowItems(fields.length * 2)
  return fields.map(([key, value]) => [key, orNull(value)])
}

function namesOf(names: unknown, what: string, budget: Budget): string[] {
  const list = asList(names, what)
  budget.allowItems(list.length)
  return list.map((name) => asText(name, what))
}

function parseJson(source: string, budget: Budget): unknown {
  budget.allowText(source.length)
  // Parsing costs far more than copying, and what it makes must be paid for too.
  budget.burn(Math.ceil(source.length / 4))
  assertShallow(source, budget.limits.depth)
  let value: unknown
  try {
    value = JSON.parse(source)
  } catch (error) {
    const reason = error instanceof Error ? error.message : undefined
    throw new ValueError(
      {
        code: 'evaluation.not_json',
        message: 'The text is not valid JSON',
        hint: reason === undefined ? undefined : `The parser says: ${reason}.`,
        details: reason === undefined ? {} : { reason },
      },
      { cause: error },
    )
  }
  assertCleanKeys(value)
  return value
}

/** Refuses deep nesting before parsing, whose time grows with the square of the depth. */
function assertShallow(source: string, most: number): void {
  let depth = 0
  let inText = false
  for (let i = 0; i < source.length; i++) {
    const character = source[i]
    if (character === '"') inText = !inText
    else if (inText) i += character === '\\' ? 1 : 0
    else depth += NESTING[character ?? ''] ?? 0
    if (depth > most) {
      const message = `The JSON text is nested more than ${most} deep`
      throw new ValueError({ code: 'evaluation.too_deep', message })
    }
  }
}

const NESTING: Readonly<Record<string, number>> = { '[': 1, '{': 1, ']': -1, '}': -1 }

function assertCleanKeys(value: unknown): void {
  if (Array.isArray(value)) value.forEach(assertCleanKeys)
  else if (isRecord(value)) {
    for (const [key, child] of Object.entries(value)) {
      if (isForbiddenKey(key)) {
        throw forbiddenField(key, { message: `The JSON text has a field "${key}", which is not allowed` })
      }
      assertCleanKeys(child)
    }
  }
}
