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

  it('are as many as a long text of many lines asks for', () => {
    const compiled = compileTemplate('{{ index + 1 }}\n'.repeat(20_000))
    expect(compiled.ok && compiled.template.evaluate(scope)).toBe('1\n'.repeat(20_000))
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

  it.each([
    ['trigger.a?.b?.[0].c', [['trigger', 'a', 'b', '0', 'c']]],
    ['trigger.a["b c"][2]', [['trigger', 'a', 'b c', '2']]],
    [
      'trigger.a?.b.map(x => x.c + vars.d)',
      [
        ['trigger', 'a', 'b'],
        ['vars', 'd'],
      ],
    ],
    [
      'trigger.a[vars.key].b',
      [
        ['trigger', 'a'],
        ['vars', 'key'],
      ],
    ],
    ['(trigger.a?.b).c', [['trigger', 'a', 'b']]],
    ['steps', [['steps']]],
    ['{ a: run.id, ...item }', [['run', 'id'], ['item']]],
  ])('of %s are its longest known paths', (source, expected) => {
    const compiled = compileExpression(source)
    expect(compiled.ok && compiled.template.references).toEqual(expected)
  })

  it('say where they are, also when something else cannot be read', () => {
    const compiled = compileTemplate({ a: ['x {{ run.id }} {{ 1 + trigger.a?.b }}'], b: '{{ 1 + }} {{ item }}' })
    expect(compiled).toMatchObject({
      ok: false,
      uses: [
        { reference: ['run', 'id'], pointer: '/a/0', offset: 5 },
        { reference: ['trigger', 'a', 'b'], pointer: '/a/0', offset: 22 },
        { reference: ['item'], pointer: '/b', offset: 13 },
      ],
    })
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
    ['{{ step.order.output }}', 3, 'did you mean "steps"?'],
    ['{{ lenght(item) }}', 3, 'did you mean "length"?'],
    ['{{ item.name.toUppercase() }}', 13, 'did you mean "toUpperCase"?'],
    ['{{ item.constructor }}', 8, 'The name "constructor" is not allowed'],
    ['{{ { a: 1, __proto__: 2 } }}', 11, 'The name "__proto__" is not allowed'],
    ['{{ upper(x => x) }}', 9, 'upper takes no function here'],
    ['{{ [1].map(async x => x) }}', 11, 'single expression'],
    ['{{ [1].map(({ a }) => a) }}', 12, 'plain names'],
    ['{{ max(...item) }}', 7, 'cannot be spread'],
    ['{{ [1,,2] }}', 3, 'holes'],
    ['{{ typeof item }}', 3, '"typeof" cannot be used'],
    ['{{ item.name', 0, 'no }}'],
    ['{{ item.name }', 0, 'no }}'],
    ["{{ 'it's' }}", 7, 'Unexpected'],
    ['{{ "open }}', 3, 'Unterminated string'],
  ])('%s fails at character %i: %s', (source, offset, message) => {
    const compiled = compileTemplate(source)
    expect(compiled).toMatchObject({
      ok: false,
      issues: [{ pointer: '', offset, message: expect.stringContaining(message) }],
    })
  })

  it.each([
    ['brackets within each other', `${'['.repeat(300)}1${']'.repeat(300)}`, 'nested too deeply'],
    ['brackets that exhaust the stack', '['.repeat(200_000), 'nested too deeply'],
    ['operators that exhaust the stack', '!'.repeat(200_000), 'nested too deeply'],
    ['a very long text', `"${'a'.repeat(20_000)}"`, 'at most 16384 characters'],
  ])('includes %s', (_, source, message) => {
    const issue = { pointer: '', message: expect.stringContaining(message) }
    expect(compileTemplate(`{{ ${source} }}`)).toMatchObject({ ok: false, issues: [issue] })
  })

  it('is reported a hundred times at most, however much of it there is', () => {
    const compiled = compileTemplate({ a: '{{ ( }}\n'.repeat(20_000), b: '{{/*}}\n'.repeat(20_000) })
    expect(compiled.ok ? 0 : compiled.issues.length).toBe(100)
  })

  it('is reported all at once, each with its place', () => {
    const compiled = compileTemplate({ a: '{{ 1 + }}', 'b/c': ['{{ foo }}'] })
    expect(compiled.ok ? [] : compiled.issues.map(({ pointer }) => pointer)).toEqual(['/a', '/b~1c/0'])
    const text = compileTemplate('{{ 1 + }} and {{ foo }} and {{ item.name }} and {{ bar')
    expect(text.ok ? [] : text.issues.map(({ offset }) => offset)).toEqual([7, 17, 48])
  })
})

describe('one expression where a condition stands', () => {
  it.each<[string, JsonValue]>([
    ['index === 0', true],
    ['{{ index === 0 }}', true],
    [' {{ index === 0 }} ', true],
    ['item.name.includes("{{")', false],
    ['`${{ a: item.name }.a}`', 'first'],
    ['default(trigger.missing, true)', true],
  ])('%s gives %j', (source, expected) => {
    const compiled = compileExpression(source)
    expect(compiled.ok && compiled.template.evaluate(scope)).toEqual(expected)
  })

  it.each([
    ['{{ index }} && {{ index }}', 0, 'Write one expression'],
    ['  {{ index }} x', 2, 'Write one expression'],
    ['{{ index', 0, 'no }}'],
    ['index ==', 8, 'too early'],
    ['', 0, 'empty'],
    ['  ', 0, 'empty'],
    ['index item', 6, 'Unexpected "item"'],
    ['  foo', 2, '"foo" is not known'],
    ['item.name.includes("{{") &&', 27, 'too early'],
    ['item.name.includes("{{ x }}") && foo', 33, '"foo" is not known'],
    ['index && {{ index }}', 0, 'Write one expression'],
    ['  {{ foo }}', 5, '"foo" is not known'],
  ])('%s is refused', (source, offset, message) => {
    expect(compileExpression(source)).toMatchObject({
      ok: false,
      issues: [{ pointer: '', offset, message: expect.stringContaining(message) }],
    })
  })
})

describe('what fails while running', () => {
  // The offset is that of the part that failed, in the whole string.
  it.each<[source: string, offset: number, title: string, detail: string]>([
    ['{{ trigger.missing.deep }}', 3, 'trigger.missing is empty', 'It does not exist; there is: body, empty.'],
    ['{{ trigger.body.nope.deep.x }}', 3, 'trigger.body.nope is empty', 'there is: order'],
    ['{{ trigger.empty.length + 1 }}', 3, 'trigger.empty is empty', 'It is null. Check the name, or write ?.'],
    ['a {{ trigger.empty["x"] }}', 5, 'trigger.empty is empty', '?.'],
    ['{{ 1 + trigger.empty.map(x => x) }}', 7, 'trigger.empty is empty', '`trigger.empty`'],
    ['{{ (trigger.missing?.a).b }}', 4, 'is empty', '?.'],
    ['{{ [1, 2].map(n => n.a.b) }}', 19, 'n.a is empty', 'does not exist'],
    ['{{ 1 < "a" }}', 3, '< compares two numbers or two texts, but got a number and a text', 'number(…)'],
    ['{{ 2 * (1 - "1") }}', 8, '- needs numbers, but got a text', 'Use number(…)'],
    ['{{ null + 1 }}', 3, '+ joins texts or adds numbers, but got null and a number', 'null + 1'],
    ['{{ 1 / 0 }}', 3, 'A division by zero has no result', 'divisor'],
    ['{{ 1e308 * 10 }}', 3, 'The number is too large', '1e308'],
    ['{{ item.name.map(x => x) }}', 13, 'There is no method "map" on a text', 'It has: toUpperCase'],
    ['{{ trigger.body.slice(1) }}', 16, 'There is no method "slice" on an object', 'keys(…)'],
    ['{{ upper("a") + lower([1]) }}', 16, 'lower needs a text, but got a list', 'at character 14: `lower([1])`'],
    ['{{ number("abc") }}', 3, '"abc" is not a number', 'number("abc")'],
    ['{{ [2, 1].sort((a, b) => "x") }}', 10, 'The function given to sort needs a number', 'sort'],
    ['{{ sortBy([1], 5) }}', 3, 'sortBy needs a function such as `x => x.name`, but got a number', 'sortBy'],
    ['{{ [].reduce((a, b) => a) }}', 6, 'reduce of an empty list has no result', 'Give a first value'],
    ['{{ [...item] }}', 3, 'Only a list can be spread into a list, but this is an object', '[...item]'],
    ['{{ trigger[item] }}', 11, 'A field is named by a text or a number, not by an object', '`item`'],
    ['{{ trigger["const" + "ructor"] }}', 11, 'The name "constructor" is not allowed', 'another name'],
    ['{{ matches("a", "(") }}', 3, 'The pattern is not valid', 'RE2 says: missing closing )'],
    ['{{ json("{") }}', 3, 'The text is not valid JSON', 'The parser says'],
    ['{{ json(\'{"__proto__": 1}\') }}', 3, 'The JSON text has a field "__proto__"', 'json('],
    ['{{ toIso("tomorrow") }}', 3, '"tomorrow" is not a date', 'Write a date as'],
    ['{{ toIso(1e99) }}', 3, 'is not a date', 'Write a date as'],
    ['{{ addDuration(0, "soon") }}', 3, '"soon" is not a duration', '"30s"'],
    ['{{ formatDate(0, "date", "Mars") }}', 3, 'There is no time zone "Mars"', 'Europe/Berlin'],
    ['{{ formatDate(0, "qqq") }}', 3, 'formatDate does not know "qqq"', 'yyyy'],
    ['{{ urlDecode("%") }}', 3, 'urlDecode needs', 'urlDecode("%")'],
    ['{{ hash("a", "crc") }}', 3, 'hash does not know "crc"', 'sha256'],
  ])('%s fails at %i: %s', (source, offset, title, detail) => {
    const error = failureOf(source)
    expect(error.kind).toBe('expression')
    expect(error.message).toContain(title)
    expect(error.message.length).toBeLessThan(100)
    expect(error.detail).toContain(detail)
    expect(error.detail).toMatch(/^In the expression `.+` at character \d+/)
    expect(error.data).toMatchObject({ offset, pointer: '' })
  })

  it('names the place in the document, and quotes the one expression of a text that failed', () => {
    const error = failureOf({ a: ['Dear {{ item.name }}, {{ trigger.empty.x }}'] })
    expect(error.data).toMatchObject({ expression: 'trigger.empty.x', offset: 25, pointer: '/a/0' })
  })

  it('never quotes a long expression in full', () => {
    expect(failureOf(`{{ number("${'x'.repeat(5_000)}") }}`).detail?.length).toBeLessThan(500)
  })
})

function failureOf(document: JsonValue): StepError {
  try {
    evaluate(document)
  } catch (error) {
    if (error instanceof StepError) return error
    throw error
  }
  throw new Error(`${JSON.stringify(document)} did not fail`)
}
