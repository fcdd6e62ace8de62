import { describe, expect, it } from 'vitest'
import { StepError } from '../contracts/errors.js'
import type { JsonValue } from '../contracts/json.js'
import { compileExpression, compileTemplate } from './template.js'
import type { ExpressionScope } from './types.js'

const scope: ExpressionScope = {
  trigger: {
    body: {
      order: {
        id: 'A-1',
        total: 99.5,
        lines: [
          { sku: 'x', n: 2 },
          { sku: 'y', n: 1 },
        ],
      },
    },
    empty: null,
  },
  steps: { order: { output: { id: 'A-1', tags: ['a', 'b'], nothing: null }, status: 'succeeded' } },
  item: { name: 'first' },
  index: 0,
  vars: {},
  run: { id: 'run_1' },
  customer: { id: 'cus_1' },
  tenant: { id: 'ten_1' },
}

function evaluate(document: JsonValue): JsonValue {
  const compiled = compileTemplate(document)
  if (!compiled.ok) throw new Error(compiled.issues.map((issue) => `${issue.offset}: ${issue.message}`).join('; '))
  return compiled.template.evaluate(scope)
}

describe('values', () => {
  it.each<[string, JsonValue]>([
    ['{{ trigger.body.order.total }}', 99.5],
    ['{{ steps.order.output.tags }}', ['a', 'b']],
    ['Order {{ steps.order.output.id }} of {{ trigger.body.order.total }}', 'Order A-1 of 99.5'],
    ['{{ steps.order.output.tags }}!', '["a","b"]!'],
    ['{{ trigger.body.order.total > 50 && steps.order.status === "succeeded" }}', true],
    ['{{ trigger.missing }}', null],
    ['{{ trigger.missing?.deep.deeper }}', null],
    ['{{ trigger.empty ?? "none" }}', 'none'],
    ['{{ trigger.missing == null }}', true],
    ['{{ index + 1 }}', 1],
    ['{{ { a: 1, ...{ b: [2, ...steps.order.output.tags] } } }}', { a: 1, b: [2, 'a', 'b'] }],
    ['{{ trigger.body.order.lines.map(l => l.sku).join("+") }}', 'x+y'],
    ['{{ trigger.body.order.lines.filter((l, i) => l.n > 1 || i === 5).length }}', 1],
    ['{{ sum(trigger.body.order.lines.map(l => l.n * 2)) }}', 6],
    ['{{ trigger.body.order.lines.reduce((total, l) => total + l.n, 0) }}', 3],
    ['{{ [[1, 2], [3]].map(a => a.map(b => b * 10)) }}', [[10, 20], [30]]],
    ['{{ `#${upper(item.name)}` }}', '#FIRST'],
    ['{{ "a}}b" + \'{{\' }}', 'a}}b{{'],
    ['{{ item["name"].slice(0, 2).padEnd(4, ".") }}', 'fi..'],
    ['{{ true ? "yes" : "no" }}', 'yes'],
    ['{{ round(2.345, 2) + number("1") }}', 3.35],
    ['{{ matches(steps.order.output.id, "^[A-Z]-[0-9]+$") }}', true],
    ['{{ addDuration("2026-01-01T00:00:00Z", "2h") }}', '2026-01-01T02:00:00.000Z'],
    ['{{ formatDate("2026-01-31T23:30:00Z", "date", "Europe/Berlin", "en-GB") }}', '1 Feb 2026'],
    ['{{ groupBy(trigger.body.order.lines, "sku").x[0].n }}', 2],
    ['{{ sortBy(trigger.body.order.lines, l => l.n)[0].sku }}', 'y'],
    ['{{ "$&".replace("$", "$$") }}', '$$&'],
    ['{{ undefined }}', null],
    ['plain text with } and {', 'plain text with } and {'],
  ])('%s gives %j', (source, expected) => {
    expect(evaluate(source)).toEqual(expected)
  })

  it('are filled in wherever they stand in a document, and all else stays as it is', () => {
    expect(evaluate({ a: ['{{ index }}', 'x'], b: { c: '{{ item.name }}' }, d: 1 })).toEqual({
      a: [0, 'x'],
      b: { c: 'first' },
      d: 1,
    })
  })

  it('come back as the document itself when it holds no expression', () => {
    const document = { a: [1, 'x'] }
    const compiled = compileTemplate(document)
    expect(compiled.ok && compiled.template.isStatic && compiled.template.evaluate(scope)).toBe(document)
  })

  it('may be written without braces in conditions', () => {
    const compiled = compileExpression('index === 0')
    expect(compiled.ok && compiled.template.evaluate(scope)).toBe(true)
  })
})

describe('references', () => {
  it('name each place that is read', () => {
    const compiled = compileTemplate({
      a: '{{ steps.order.output.id }}',
      b: '{{ length(trigger.body.order.lines) + index }}',
    })
    expect(compiled.ok && compiled.template.references).toEqual([
      ['steps', 'order', 'output', 'id'],
      ['trigger', 'body', 'order', 'lines'],
      ['index'],
    ])
  })

  it('do not name the parameters of functions', () => {
    const compiled = compileTemplate('{{ trigger.list.map(item => item.name) }}')
    expect(compiled.ok && compiled.template.references).toEqual([['trigger', 'list']])
  })
})

describe('what cannot be read', () => {
  it.each<[string, number, string]>([
    ['{{ }}', 2, 'empty'],
    ['Hi {{ a', 3, 'no }}'],
    ['{{ 1 + }}', 7, 'too early'],
    ['{{ foo.bar }}', 3, '"foo" is not known'],
    ['{{ nope(1) }}', 3, 'no function "nope"'],
    ['{{ upper() }}', 3, 'upper(text)'],
    ['{{ item.nope() }}', 8, 'no method "nope"'],
    ['{{ a = 1 }}', 3, 'assignment'],
    ['{{ x => x }}', 3, 'function outside a call'],
    ['{{ 1; 2 }}', 4, 'Unexpected'],
    ['{{ new Date() }}', 3, 'cannot be used'],
    ['{{ /a/ }}', 3, 'matches(text, pattern)'],
  ])('%s fails at character %i: %s', (source, offset, message) => {
    const compiled = compileTemplate(source)
    expect(compiled).toMatchObject({
      ok: false,
      issues: [{ pointer: '', offset, message: expect.stringContaining(message) }],
    })
  })

  it('is reported all at once, each with its place', () => {
    const compiled = compileTemplate({ a: '{{ 1 + }}', 'b/c': ['{{ foo }}'] })
    expect(compiled.ok ? [] : compiled.issues.map(({ pointer }) => pointer)).toEqual(['/a', '/b~1c/0'])
  })
})

describe('what fails while running', () => {
  it.each<[string, string, string]>([
    ['{{ trigger.missing.deep }}', 'expression', 'trigger.missing is empty'],
    ['{{ trigger.body.nope.deep.deeper }}', 'expression', 'trigger.body.nope is empty'],
    ['{{ trigger.empty.length + 1 }}', 'expression', 'trigger.empty is empty'],
    ['{{ 1 < "a" }}', 'expression', '< compares'],
    ['{{ 1 / 0 }}', 'expression', 'division by zero'],
    ['{{ item.name.map(x => x) }}', 'expression', 'no method "map" on a text'],
    ['{{ number("abc") }}', 'expression', '"abc" is not a number'],
    ['{{ "x".repeat(9999999) }}', 'limit', 'too large'],
    ['{{ "x".padEnd(1e12) }}', 'limit', 'too large'],
    ['{{ range(0, 1e9) }}', 'limit', 'too large'],
    ['{{ range(0, 99999).map(a => range(0, 99999).map(b => a * b)) }}', 'limit', 'too many steps'],
    ['{{ matches("a", "(") }}', 'expression', 'not valid'],
  ])('%s is a %s error: %s', (source, kind, message) => {
    const error = failureOf(source)
    expect(error.kind).toBe(kind)
    expect(error.message).toContain(message)
  })

  it('says where in the expression', () => {
    expect(failureOf('{{ upper("a") + lower([1]) }}').detail).toContain('at character 14')
  })

  it('does not let a pattern run away', () => {
    expect(evaluate(`{{ matches("${'a'.repeat(30)}!", "^(a+)+$") }}`)).toBe(false)
  })
})

function failureOf(source: string): StepError {
  try {
    evaluate(source)
  } catch (error) {
    if (error instanceof StepError) return error
    throw error
  }
  throw new Error(`${source} did not fail`)
}
