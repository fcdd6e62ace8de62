import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { StepError } from '../contracts/errors.js'
import type { JsonObject, JsonValue } from '../contracts/json.js'
import { HELPERS } from './library/index.js'
import { METHOD_NAMES } from './methods/index.js'
import { compileExpression, compileTemplate } from './template.js'
import type { ExpressionScope } from './types.js'

/** Small bounds, so that many programs end at one. */
const limits = { fuel: 20_000, size: 5_000, depth: 20, outputBytes: 20_000 }

const hostile = JSON.parse('{"__proto__":{"admin":true},"constructor":{"x":1},"list":[1,null,{"a":"b"}],"text":"t"}')

function scopeOf(vars: JsonObject): ExpressionScope {
  return { trigger: hostile, steps: {}, item: [3, 1, 2], index: 2, vars, run: {}, customer: {}, tenant: {} }
}

const NAMES = [
  ...METHOD_NAMES,
  'constructor',
  '__proto__',
  'prototype',
  'length',
  'list',
  'text',
  'a',
  'call',
  'then',
  'toJSON',
  'valueOf',
]

const atom = fc.oneof(
  fc.constantFrom('trigger', 'trigger.list', 'trigger.text', 'item', 'index', 'vars', 'vars.a', 'steps', 'x', 'y'),
  fc.constantFrom('null', 'undefined', 'true', '[]', '{}', '0', '-1', '1.5', '1e300', '40', "''", "'a,b'", "'(a+)+$'"),
)

/** Programs over the whole grammar, most of them wrong in some way. */
const { program } = fc.letrec<{ program: string }>((tie) => {
  const inner = tie('program')
  const name = fc.constantFrom(...NAMES)
  const helper = fc.constantFrom(...HELPERS.map((entry) => entry.name))
  const operator = fc.constantFrom('+', '-', '*', '/', '%', '**', '===', '!=', '<', '>=', '&&', '||', '??', 'in')
  const dot = fc.constantFrom('.', '?.')
  const lambda = fc.tuple(fc.constantFrom('x', '(x, y)', '()'), inner).map(([p, body]) => `${p} => (${body})`)
  const given = fc.oneof(inner, inner, lambda)
  const args = fc.array(given, { maxLength: 3 }).map((list) => list.join(', '))
  return {
    program: fc.oneof(
      { maxDepth: 6, depthSize: 'medium' },
      atom,
      fc.tuple(inner, dot, name).map(([object, mark, key]) => `(${object})${mark}${key}`),
      fc.tuple(inner, fc.constantFrom('', '?.'), inner).map(([object, mark, key]) => `(${object})${mark}[${key}]`),
      fc.tuple(inner, dot, name, args).map(([object, mark, key, list]) => `(${object})${mark}${key}(${list})`),
      fc.tuple(helper, args).map(([key, list]) => `${key}(${list})`),
      fc.tuple(inner, operator, inner).map(([a, o, b]) => `(${a}) ${o} (${b})`),
      fc.tuple(fc.constantFrom('!', '-', '+', 'typeof '), inner).map(([o, a]) => `${o}(${a})`),
      fc.tuple(inner, inner, inner).map(([a, b, c]) => `((${a}) ? (${b}) : (${c}))`),
      fc.tuple(name, inner, inner, inner).map(([key, a, b, c]) => `{ "${key}": ${a}, [${b}]: 1, ...(${c}) }`),
      fc.tuple(inner, inner).map(([a, b]) => `[${a}, ...(${b})]`),
      fc.tuple(inner, inner).map(([a, b]) => `\`t\${${a}}\${${b}}\``),
      // Values that double with each round: the bounds have to stop them.
      fc.tuple(inner).map(([a]) => `range(0, 30).reduce((x, y) => [x, x, ${a}], 0)`),
      fc.tuple(inner).map(([a]) => `range(0, 30).reduce((x, y) => \`\${x}\${x}\${${a}}\`, 'a')`),
    ),
  }
})

/** Whether a value is JSON and nothing else: own data properties of plain objects and lists. */
function isPlain(value: unknown): boolean {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return true
  if (typeof value === 'number') return Number.isFinite(value)
  if (typeof value !== 'object') return false
  const prototype: unknown = Object.getPrototypeOf(value)
  if (prototype !== Object.prototype && prototype !== Array.prototype) return false
  const { length: _length, ...fields } = Object.getOwnPropertyDescriptors(value) as Record<string, PropertyDescriptor>
  const shown = Array.isArray(value) ? fields : Object.getOwnPropertyDescriptors(value)
  return Object.values(shown).every((field) => 'value' in field && isPlain(field.value))
}

function attempt(source: string, vars: JsonObject): JsonValue | StepError | 'issues' {
  const compiled = compileTemplate(`{{ ${source} }}`, { limits })
  if (!compiled.ok) return 'issues'
  try {
    return compiled.template.evaluate(scopeOf(vars))
  } catch (error) {
    // Anything else is a hole, and fails the property.
    if (error instanceof StepError) return error
    throw error
  }
}

/** JSON objects as they arrive: some of their keys are hostile. */
const data = fc.dictionary(
  fc.constantFrom('a', 'b', 'toString', 'constructor', 'length', 'toJSON'),
  fc.jsonValue({ maxDepth: 2 }),
  { noNullPrototype: true },
)

describe('any program of the grammar', () => {
  it('gives plain JSON or a step error of a known kind, and says where', () => {
    fc.assert(
      fc.property(program, data, (source, vars) => {
        // The cast is sound: fc.jsonValue makes JSON only.
        const result = attempt(source, vars as JsonObject)
        if (result instanceof StepError) {
          expect(['expression', 'limit']).toContain(result.kind)
          expect(result.detail).toMatch(/at character \d+/)
          expect(result.cause, source).toBeUndefined()
        } else expect(isPlain(result), source).toBe(true)
      }),
      { numRuns: 5_000 },
    )
    expect(({} as Record<string, unknown>)['admin']).toBeUndefined()
  })

  it('gives the same result each time, and leaves its data as it was', () => {
    fc.assert(
      fc.property(program, data, (source, vars) => {
        const before = JSON.stringify([vars, hostile])
        const [first, second] = [attempt(source, vars as JsonObject), attempt(source, vars as JsonObject)]
        if (first instanceof StepError) expect(second).toMatchObject({ message: first.message, detail: first.detail })
        else expect(second).toEqual(first)
        expect(JSON.stringify([vars, hostile])).toBe(before)
      }),
      { numRuns: 1_000 },
    )
  })
})

/** What people hand to functions, right and wrong. */
const argument = fc.oneof(
  fc.jsonValue({ maxDepth: 2 }),
  fc.constantFrom<JsonValue>(
    '',
    ' ',
    'a,b\n1,"2"',
    'ann@example.com',
    'https://a.de/?q=1',
    '<p>x</p>',
    '{"a":1}',
    '(a)(b)?',
  ),
  fc.constantFrom<JsonValue>('2026-03-29T01:30:00Z', 'yyyy-MM-dd', 'Europe/Berlin', 'de', 'month', 'days', '1h', 'EUR'),
  fc.constantFrom<JsonValue>('sha256', 'hex', 'desc', 'a.b[0]', '\ud800', '\u0000', 'ß', 'x'.repeat(3_000)),
  fc.constantFrom<JsonValue>(0, -1, 1.5, 3, 1e21, -1e308, 253402300799999, -62135596800001, Number.MAX_SAFE_INTEGER),
  fc.constantFrom<JsonValue>([], [[]], [1, 2], ['a', null], [{ a: 1 }, { b: 2 }], { a: 'b' }, { key: 'a', value: 1 }),
)

describe('any function with any arguments', () => {
  it('gives plain JSON or says what is wrong with them, and never stumbles', () => {
    const helper = fc.constantFrom(...HELPERS.map(({ name }) => name))
    fc.assert(
      fc.property(helper, fc.array(argument, { maxLength: 4 }), (name, values) => {
        const args = values.map((_, index) => `vars.a[${index}]`)
        // The cast is sound: fc.jsonValue makes JSON only.
        const result = attempt(`${name}(${args.join(', ')})`, { a: values } as JsonObject)
        if (result instanceof StepError) expect(result.cause, `${name} ${JSON.stringify(values)}`).toBeUndefined()
        else expect(isPlain(result), name).toBe(true)
      }),
      { numRuns: 10_000 },
    )
  })
})

describe('any text at all', () => {
  const scraps = fc.array(
    fc.oneof(
      fc.constantFrom('{{', '}}', '{', '}', '`', '${', '"', "'", '\\', '/', '//', '/*', ' ', 'index', '=>', '.'),
      fc.string(),
    ),
    { maxLength: 12 },
  )

  it('compiles or is refused with a place inside it', () => {
    fc.assert(
      fc.property(scraps, (parts) => {
        const text = parts.join('')
        for (const compiled of [compileTemplate(text, { limits }), compileExpression(text, { limits })]) {
          if (compiled.ok) continue
          expect(compiled.issues.length).toBeGreaterThan(0)
          for (const { offset } of compiled.issues) {
            expect(offset).toBeGreaterThanOrEqual(0)
            expect(offset).toBeLessThanOrEqual(text.length)
          }
        }
      }),
      { numRuns: 3_000 },
    )
  })
})
