import { ValueError } from './failure.js'
import { toText } from './json-text.js'
import type { Budget } from './limits.js'
import { asRecord, finite, kindNameOf, kindOf, wrongKind } from './values.js'

type Binary = (left: unknown, right: unknown, budget: Budget) => unknown

/** Binary operators by their sign. `==` compares like `===`: surprises of coercion help nobody. */
export const BINARY_OPERATORS: Readonly<Record<string, Binary>> = {
  '+': add,
  '-': (left, right) => inRange(number(left, '-') - number(right, '-')),
  '*': (left, right) => inRange(number(left, '*') * number(right, '*')),
  '/': (left, right) => finite(number(left, '/') / nonZero(number(right, '/')), OUT_OF_RANGE),
  '%': (left, right) => finite(number(left, '%') % nonZero(number(right, '%')), OUT_OF_RANGE),
  '**': (left, right) => finite(number(left, '**') ** number(right, '**'), 'The power has no result'),
  '==': same,
  '===': same,
  '!=': (left, right, budget) => !same(left, right, budget),
  '!==': (left, right, budget) => !same(left, right, budget),
  '<': (left, right, budget) => compare(left, right, { sign: '<', budget }) < 0,
  '<=': (left, right, budget) => compare(left, right, { sign: '<=', budget }) <= 0,
  '>': (left, right, budget) => compare(left, right, { sign: '>', budget }) > 0,
  '>=': (left, right, budget) => compare(left, right, { sign: '>=', budget }) >= 0,
  in: (left, right, budget) => Object.hasOwn(asRecord(right, 'in'), toText(left, budget)),
}

/** Unary operators by their sign. */
export const UNARY_OPERATORS: Readonly<Record<string, (value: unknown) => unknown>> = {
  '!': (value) => !value,
  // 0 - 0 is 0 where -0 would be a number that JSON does not know.
  '-': (value) => 0 - number(value, '-'),
  '+': (value) => number(value, '+'),
}

const OUT_OF_RANGE = 'The number is too large'

function inRange(value: number): number {
  return finite(value, OUT_OF_RANGE)
}

function add(left: unknown, right: unknown, budget: Budget): unknown {
  if (typeof left === 'number' && typeof right === 'number') return inRange(left + right)
  if (typeof left !== 'string' && typeof right !== 'string') {
    throw new ValueError({
      code: 'evaluation.cannot_add',
      message: `+ joins texts or adds numbers, but got ${kindOf(left)} and ${kindOf(right)}`,
      details: { left: kindNameOf(left), right: kindNameOf(right) },
    })
  }
  const [head, tail] = [toText(left, budget), toText(right, budget)]
  budget.allowText(head.length + tail.length)
  return head + tail
}

function same(left: unknown, right: unknown, budget: Budget): boolean {
  if (typeof left === 'string' && typeof right === 'string') {
    if (left.length !== right.length) return false
    budget.burnText(left.length)
    return left === right
  }
  // Null and nothing count as equal: a field that is missing and one that is null mean the same to people.
  return left === right || ((left === null || left === undefined) && (right === null || right === undefined))
}

function compare(left: unknown, right: unknown, { sign, budget }: { sign: string; budget: Budget }): number {
  if (typeof left === 'number' && typeof right === 'number') return left - right
  if (typeof left === 'string' && typeof right === 'string') {
    budget.burnText(Math.min(left.length, right.length))
    return left < right ? -1 : left > right ? 1 : 0
  }
  throw new ValueError({
    code: 'evaluation.cannot_compare',
    message: `${sign} compares two numbers or two texts, but got ${kindOf(left)} and ${kindOf(right)}`,
    hint: 'Use number(…) or string(…) to make them alike.',
    details: { sign, left: kindNameOf(left), right: kindNameOf(right) },
  })
}

function number(value: unknown, sign: string): number {
  if (typeof value === 'number') return value
  const hint = typeof value === 'string' ? 'Use number(…) to read a number from a text.' : undefined
  const message = `${sign} needs numbers, but got ${kindOf(value)}`
  throw wrongKind({ wanted: 'number', value, what: sign, message, hint })
}

function nonZero(value: number): number {
  if (value !== 0) return value
  throw new ValueError({
    code: 'evaluation.division_by_zero',
    message: 'A division by zero has no result',
    hint: 'Check first that the divisor is not 0.',
  })
}
