import { ValueError } from './failure.js'
import type { Budget } from './limits.js'
import { isRecord, kindOf, Lambda, toText } from './values.js'

type Binary = (left: unknown, right: unknown, budget: Budget) => unknown

/** Binary operators by their sign. `==` compares like `===`: surprises of coercion help nobody. */
export const BINARY_OPERATORS: Readonly<Record<string, Binary>> = {
  '+': add,
  '-': (left, right) => number(left, '-') - number(right, '-'),
  '*': (left, right) => number(left, '*') * number(right, '*'),
  '/': (left, right) => finite(number(left, '/') / number(right, '/'), 'The division by zero has no result'),
  '%': (left, right) =>
    finite(number(left, '%') % number(right, '%'), 'The remainder of a division by zero has no result'),
  '**': (left, right) => finite(number(left, '**') ** number(right, '**'), 'The power has no result'),
  '==': same,
  '===': same,
  '!=': (left, right) => !same(left, right),
  '!==': (left, right) => !same(left, right),
  '<': (left, right) => compare(left, right, '<') < 0,
  '<=': (left, right) => compare(left, right, '<=') <= 0,
  '>': (left, right) => compare(left, right, '>') > 0,
  '>=': (left, right) => compare(left, right, '>=') >= 0,
  in: (left, right) => isRecord(right) && Object.hasOwn(right, toText(left)),
}

/** Unary operators by their sign. */
export const UNARY_OPERATORS: Readonly<Record<string, (value: unknown) => unknown>> = {
  '!': (value) => !value,
  '-': (value) => -number(value, '-'),
  '+': (value) => number(value, '+'),
}

function add(left: unknown, right: unknown, budget: Budget): unknown {
  if (typeof left === 'number' && typeof right === 'number') return left + right
  if (typeof left !== 'string' && typeof right !== 'string') {
    throw new ValueError(`+ joins texts or adds numbers, but got ${kindOf(left)} and ${kindOf(right)}`)
  }
  const [head, tail] = [toText(left), toText(right)]
  budget.allow(head.length + tail.length)
  return head + tail
}

function same(left: unknown, right: unknown): boolean {
  // Null and nothing count as equal: a field that is missing and one that is null mean the same to people.
  return left === right || ((left === null || left === undefined) && (right === null || right === undefined))
}

function compare(left: unknown, right: unknown, sign: string): number {
  if (typeof left === 'number' && typeof right === 'number') return left - right
  if (typeof left === 'string' && typeof right === 'string') return left < right ? -1 : left > right ? 1 : 0
  throw new ValueError(`${sign} compares two numbers or two texts, but got ${kindOf(left)} and ${kindOf(right)}`)
}

function number(value: unknown, sign: string): number {
  if (typeof value === 'number') return value
  throw new ValueError(`${sign} needs numbers, but got ${value instanceof Lambda ? 'a function' : kindOf(value)}`)
}

function finite(value: number, message: string): number {
  if (!Number.isFinite(value)) throw new ValueError(message)
  return value
}
