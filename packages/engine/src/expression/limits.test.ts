import { describe, expect, it } from 'vitest'
import { StepError } from '../contracts/errors.js'
import type { JsonValue } from '../contracts/json.js'
import type { ExpressionLimits } from './limits.js'
import { compileTemplate } from './template.js'
import type { ExpressionScope } from './types.js'

const MEGABYTE = 1_000_000

const scope: ExpressionScope = {
  trigger: {
    big: 'a'.repeat(MEGABYTE),
    wide: Object.fromEntries(Array.from({ length: 20_000 }, (_, i) => [`k${i}`, i])),
    list: Array.from({ length: 50_000 }, (_, i) => i),
    json: `[${'1,'.repeat(400_000)}1]`,
    texts: ['x', 'y'],
  },
  steps: {},
  vars: {},
  run: {},
  customer: {},
  tenant: {},
}

function outcome(document: JsonValue, limits: Partial<ExpressionLimits> = {}): JsonValue | StepError {
  const compiled = compileTemplate(document, { limits })
  if (!compiled.ok) throw new Error(compiled.issues.map(({ message }) => message).join('; '))
  try {
    return compiled.template.evaluate(scope)
  } catch (error) {
    if (error instanceof StepError) return error
    throw error
  }
}

// Each of these would hold the process for seconds to ages, or take its memory, without its bound.
describe('a program that would take too much ends in a limit error', () => {
  it.each([
    // Values that double each round: few steps, an astronomical result.
    'range(0, 60).reduce((a, i) => [a, a], 0)',
    'range(0, 60).reduce((a, i) => ({ l: a, r: a }), 0)',
    '"" + range(0, 60).reduce((a, i) => [a, a], 0)',
    'toJson(range(0, 60).reduce((a, i) => [a, a], 0))',
    'unique([range(0, 60).reduce((a, i) => [a, a], 0)])',
    '[range(0, 60).reduce((a, i) => [a, a], 0), 1].sort()',
    'groupBy([1], x => range(0, 60).reduce((a, i) => [a, a], 0))',
    '{ [range(0, 60).reduce((a, i) => [a, a], 0)]: 1 }',
    'range(0, 60).reduce((a, i) => a + a, "ab")',
    'range(0, 60).reduce((a, i) => `${a}${a}`, "ab")',
    'range(0, 60).reduce((a, i) => a.concat(a), [1])',
    'range(0, 60).reduce((a, i) => [...a, ...a], [1])',
    // Depth that would exhaust the stack of whoever walks the value.
    'range(0, 100000).reduce((a, i) => [a], 0)',
    '"" + range(0, 5000).reduce((a, i) => ({ a }), 0)',
    // Sizes asked for at once.
    '"x".repeat(1e9)',
    '"x".padEnd(1e12)',
    '"x".padStart(1e12, "ab")',
    'range(0, 1e9)',
    'range(-1e300, 1e300)',
    'trigger.big.split("")',
    'trigger.big.replaceAll("a", trigger.big)',
    'replace(trigger.big, "a", "aaaaaaaaaaaaaaaa")',
    'range(0, 1000).map(i => trigger.big).join("")',
    // Native work behind a single call.
    'range(0, 20000).map(i => trigger.big.toUpperCase()).length',
    'range(0, 20000).map(i => trigger.big.slice(1) + i).length',
    'range(0, 20000).map(i => `${trigger.big}${i}`).length',
    'range(0, 20000).map(i => keys(trigger.wide)).length',
    'range(0, 20000).map(i => ({ ...trigger.wide })).length',
    'range(0, 20000).map(i => merge(trigger.wide)).length',
    'range(0, 20000).map(i => [].concat(trigger.list)).length',
    'range(0, 20000).map(i => trigger.list.slice(1)).length',
    'range(0, 20000).map(i => trigger.list.includes(-1)).length',
    'range(0, 20000).map(i => trigger.wide).sort().length',
    'range(0, 20000).map(i => trigger.big).sort().length',
    'range(0, 20000).filter(i => trigger.big + "x" === trigger.big + "y").length',
    'range(0, 20000).filter(i => trigger.big + "x" < trigger.big + "y").length',
    'range(0, 20000).map(i => hash(trigger.big)).length',
    'range(0, 20000).map(i => base64(trigger.big)).length',
    'range(0, 20000).map(i => json(trigger.json)).length',
    'range(0, 99999).map(i => formatDate(i * 1000, "yyyy-MM-dd HH:mm")).length',
    'range(0, 99999).map(i => matches("a", "x{900}" + i)).length',
    'range(0, 99999).map(i => matches(trigger.big, "b")).length',
    'trigger.big.match("(.*)(.*)(.*)(.*)(.*)(.*)(.*)(.*)(.*)(.*)").length',
    // Text searches that are quadratic in the engine's own implementation.
    'range(0, 99).map(i => trigger.big.includes("a".repeat(100000) + "b" + "a".repeat(100000))).length',
    'range(0, 999).map(i => trigger.big.indexOf("a".repeat(9000) + "b")).length',
    // Plain loops.
    'range(0, 99999).map(a => range(0, 99999).map(b => a * b))',
    'trigger.list.map(a => trigger.list.filter(b => a === b))',
    'trigger.list.sort((a, b) => trigger.list.length - trigger.list.indexOf(a))',
  ])('%s', (expression) => {
    const error = outcome(`{{ ${expression} }}`)
    expect(error).toBeInstanceOf(StepError)
    expect(error).toMatchObject({ kind: 'limit', retryable: false, detail: expect.stringContaining('at character') })
  })

  it('in all expressions of a document together', () => {
    const document = Array.from({ length: 40 }, () => 'text {{ trigger.big }}')
    expect(outcome(document.slice(0, 4))).toHaveLength(4)
    expect(outcome(document)).toMatchObject({ kind: 'limit' })
  })

  it('when step after step puts the same value twice into the next', () => {
    const compiled = compileTemplate({ a: '{{ vars.last }}', b: ['{{ vars.last }}'] })
    const double = (last: JsonValue): JsonValue =>
      compiled.ok ? compiled.template.evaluate({ ...scope, vars: { last } }) : null
    let last: JsonValue = ['x']
    expect(() => {
      for (let i = 0; i < 60; i++) last = double(last)
    }).toThrow(StepError)
    expect(JSON.stringify(last).length).toBeLessThan(10_000_000)
  })

  it('at the bounds that are given', () => {
    expect(outcome('{{ trigger.texts.map(x => x) }}', { fuel: 100 })).toEqual(['x', 'y'])
    expect(outcome('{{ trigger.texts.map(x => x) }}', { fuel: 3 })).toMatchObject({ kind: 'limit' })
    expect(outcome('{{ "abc" + "def" }}', { size: 6 })).toBe('abcdef')
    expect(outcome('{{ "abc" + "defg" }}', { size: 6 })).toMatchObject({ kind: 'limit' })
    expect(outcome('{{ [[[1]]] }}', { depth: 3 })).toEqual([[[1]]])
    expect(outcome('{{ [[[[1]]]] }}', { depth: 3 })).toMatchObject({ kind: 'limit' })
    expect(outcome(['{{ ["ab"] }}', '{{ ["ab"] }}'], { outputBytes: 20 })).toEqual([['ab'], ['ab']])
    expect(outcome(['{{ ["ab"] }}', '{{ ["abcdefgh"] }}'], { outputBytes: 14 })).toMatchObject({ kind: 'limit' })
    expect(outcome('{{ range(0, 99999).map(i => i + 1).length }}', { ms: 0, fuel: 1e9 })).toMatchObject({
      kind: 'limit',
      message: 'The expression took too long',
    })
  })
})

describe('ordinary work on large data', () => {
  it.each<[string, JsonValue]>([
    ['trigger.big.toUpperCase().length', MEGABYTE],
    ['trigger.list.filter(i => i % 2 === 0).map(i => i + 1).length', 25_000],
    ['sum(trigger.list)', 1_249_975_000],
    ['keys(trigger.wide).length', 20_000],
    ['trigger.list.sort((a, b) => b - a)[0]', 49_999],
    ['matches(trigger.big, "^a+$")', true],
    ['trigger.big.includes("a".repeat(1000) + "b")', false],
    ['trigger.big.includes("a".repeat(100000) + "b" + "a".repeat(100000))', false],
    ['json(trigger.json).length', 400_001],
    ['trigger.big.split("a".repeat(250000)).length', 5],
  ])('%s fits', (expression, expected) => {
    expect(outcome(`{{ ${expression} }}`)).toEqual(expected)
  })
})

// RE2 is linear: each of these takes a backtracking engine longer than anyone waits.
describe('patterns that run away elsewhere', () => {
  const text = `${'a'.repeat(5_000)}!`
  it.each<[string, boolean]>([
    ['^(a+)+$', false],
    ['^(a|a)*$', false],
    ['^(a|aa)+$', false],
    ['(a*)*b', false],
    ['(.*a){12}$', false],
    ['^([a-zA-Z0-9])(([\\\\-.]|[_]+)?([a-zA-Z0-9]+))*(@)', false],
    ['^(([a-z])+.)+[A-Z]([a-z])+$', false],
    ['(x+x+)+y|!', true],
  ])('%s ends', (pattern, expected) => {
    expect(outcome(`{{ matches("${text}", "${pattern}") }}`)).toBe(expected)
  })

  it.each(['(a)\\\\1', '(?=a)', '(?<!a)b', '((a{100}){100}){100}', '(.?){900}(.?){900}(.?){900}(.?){900}(.?){900}'])(
    '%s, which RE2 cannot do or bound, is refused',
    (pattern) => {
      expect(outcome(`{{ matches("aa", "${pattern}") }}`)).toMatchObject({ kind: 'expression' })
    },
  )
})
