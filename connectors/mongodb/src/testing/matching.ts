import { BSON, type Document, ObjectId } from 'mongodb'
import { valueAt } from '../follow.js'

/** As much of MongoDB's conditions as the tests use: comparisons, `$in`, `$type` of dates, `$and` and `$or`. */
export function matches(document: Document, filter: Document): boolean {
  return Object.entries(filter).every(([name, condition]) => {
    if (name === '$and') return listOf(condition).every((part) => matches(document, part))
    if (name === '$or') return listOf(condition).some((part) => matches(document, part))
    return meets(valueAt(document, name), condition)
  })
}

/** Puts two documents in the order that a sort asks for. */
export function compareBy(sort: Document): (a: Document, b: Document) => number {
  return (a, b) => {
    for (const [name, direction] of Object.entries(sort)) {
      const order = compare(valueAt(a, name), valueAt(b, name)) ?? 0
      if (order !== 0) return order * Number(direction)
    }
    return 0
  }
}

function listOf(parts: unknown): Document[] {
  return Array.isArray(parts) ? parts : []
}

const OPERATORS: Readonly<Record<string, (value: unknown, operand: unknown) => boolean>> = {
  $eq: (value, operand) => compare(value, operand) === 0,
  $lt: (value, operand) => (compare(value, operand) ?? 1) < 0,
  $lte: (value, operand) => (compare(value, operand) ?? 1) <= 0,
  $gt: (value, operand) => (compare(value, operand) ?? -1) > 0,
  $gte: (value, operand) => (compare(value, operand) ?? -1) >= 0,
  $in: (value, operand) => Array.isArray(operand) && operand.some((item) => compare(value, item) === 0),
  $type: (value, operand) => operand === 'date' && value instanceof Date,
}

function meets(value: unknown, condition: unknown): boolean {
  const isOperators = typeof condition === 'object' && condition !== null && Object.keys(condition)[0]?.startsWith('$')
  if (!isOperators) return compare(value, condition) === 0
  return Object.entries(condition ?? {}).every(([name, operand]) => OPERATORS[name]?.(value, operand) ?? false)
}

/** Undefined for values of different types, which MongoDB's comparisons never find. */
function compare(a: unknown, b: unknown): number | undefined {
  const [left, right] = [keyOf(a), keyOf(b)]
  if (left === undefined || right === undefined || typeof left !== typeof right) return undefined
  return left < right ? -1 : left > right ? 1 : 0
}

function keyOf(value: unknown): string | number | bigint | undefined {
  if (value instanceof ObjectId) return `id:${value.toHexString()}`
  if (value instanceof Date) return BigInt(value.getTime())
  if (typeof value === 'number') return value
  return value === undefined ? undefined : `text:${BSON.EJSON.stringify({ value })}`
}
