import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { StepError } from '../contracts/errors.js'
import type { JsonValue } from '../contracts/json.js'
import { compileTemplate } from './template.js'
import type { ExpressionScope } from './types.js'

/** Parsed as it would arrive: with own `__proto__` and `constructor` fields. */
const hostile = JSON.parse('{"__proto__":{"admin":true},"constructor":{"x":1},"list":[1],"text":"t"}') as JsonValue

const scope: ExpressionScope = {
  trigger: hostile,
  steps: {},
  vars: {},
  run: {},
  customer: {},
  tenant: {},
}

/** Evaluates; resolves to the value, or to the word for how it was refused. */
function attempt(expression: string): unknown {
  const compiled = compileTemplate(`{{ ${expression} }}`)
  if (!compiled.ok) return 'refused'
  try {
    return compiled.template.evaluate(scope)
  } catch (error) {
    if (error instanceof StepError) return 'refused'
    throw error
  }
}

describe('escapes published for other expression languages', () => {
  it.each([
    // node:vm and n8n: the constructor chain (CVE-2025-68613 and its bypass by template literals, CVE-2026-25049)
    `this.constructor.constructor('return process')()`,
    `constructor.constructor('return process')()`,
    `trigger.constructor.constructor('return process')()`,
    `trigger['constructor']['constructor']('return process')()`,
    `trigger[\`constr\${'uctor'}\`]`,
    `trigger['const' + 'ructor']`,
    `[]['filter']['constructor']('return 1')()`,
    `''['sub']['constructor']('return 1')()`,
    `(x => x).constructor('return 1')()`,
    `[1].map(x => x.constructor)[0]`,
    `(() => {}).constructor`,
    `\`\${trigger.text}\`.constructor`,
    `String.raw\`a\``,
    `trigger.text.at.call(1)`,
    `trigger.list.map.constructor('return 1')()`,
    // prototypes
    `trigger.__proto__`,
    `trigger['__proto__']`,
    `trigger.__proto__.admin`,
    `trigger[['__proto__']]`,
    `{ ['__proto__']: { admin: true } }`,
    `{ __proto__: { admin: true } }`,
    `{ ...trigger }`,
    `merge({}, trigger)`,
    `json('{"__proto__":{"a":1}}')`,
    `groupBy([{ k: '__proto__' }], 'k')`,
    `pick(trigger, ['__proto__'])`,
    `Object.getOwnPropertyDescriptor(trigger, 'list')`,
    `Reflect.get(trigger, 'list')`,
    `trigger.hasOwnProperty('x')`,
    `trigger.__defineGetter__('x', x => x)`,
    `trigger.valueOf()`,
    // the host
    `process.env`,
    `globalThis`,
    `global`,
    `require('fs')`,
    `import('fs')`,
    `import.meta.url`,
    `eval('1')`,
    `Function('return 1')()`,
    `new Proxy({}, {})`,
    `arguments.callee`,
    `(function () { return this })()`,
    `(async () => 1)()`,
    `async () => 1`,
    `Error.prepareStackTrace`,
    `setTimeout(x => x)`,
    `new.target`,
    // expr-eval, jexl, mathjs: assignments and functions as data
    `trigger.list = 1`,
    `trigger.list.push(2)`,
    `delete trigger.list`,
    `x => x`,
    `[x => x]`,
    `{ f: x => x }`,
    `trigger.list.map(x => y => y)`,
    `trigger.list.reduce((a, b) => x => x, 0)`,
    `[1, 2].sort((a, b) => 'x')`,
    `typeof trigger`,
    `void 0`,
    `(1, 2)`,
    `trigger?.constructor`,
    `trigger?.['constructor']?.('x')`,
    `super.x`,
    `yield`,
    `class {}`,
    `\u0061rguments`,
  ])('%s gives nothing of the host', (expression) => {
    expect(attempt(expression)).toSatisfy((value) => value === 'refused' || value === null)
  })

  it('leaves the prototypes of the host untouched', () => {
    expect(({} as Record<string, unknown>)['admin']).toBeUndefined()
    expect(Object.getPrototypeOf({})).toBe(Object.prototype)
  })
})

describe('any expression of the grammar', () => {
  const atom = fc.constantFrom(
    'trigger',
    'steps',
    'trigger.list',
    'trigger.text',
    '1',
    '"a"',
    'null',
    'true',
    '[]',
    '{}',
    'x',
  )
  const name = fc.constantFrom(
    'constructor',
    '__proto__',
    'length',
    'map',
    'filter',
    'join',
    'toString',
    'list',
    'prototype',
    'call',
  )
  const { expression } = fc.letrec<{ expression: string }>((tie) => ({
    expression: fc.oneof(
      { maxDepth: 5, depthSize: 'small' },
      atom,
      fc.tuple(tie('expression'), name).map(([object, key]) => `(${object}).${key}`),
      fc.tuple(tie('expression'), tie('expression')).map(([object, key]) => `(${object})[${key}]`),
      fc
        .tuple(tie('expression'), name, tie('expression'))
        .map(([object, key, value]) => `(${object}).${key}(x => ${value})`),
      fc
        .tuple(tie('expression'), name, tie('expression'))
        .map(([object, key, value]) => `(${object})?.${key}(${value})`),
      fc
        .tuple(tie('expression'), fc.constantFrom('+', '===', '??', '&&', '<', 'in'), tie('expression'))
        .map(([a, o, b]) => `(${a}) ${o} (${b})`),
      fc.tuple(name, tie('expression')).map(([key, value]) => `{ "${key}x": ${value}, [${value}]: 1 }`),
      fc.tuple(tie('expression'), tie('expression')).map(([a, b]) => `[${a}, ...[${b}]]`),
      fc.tuple(tie('expression')).map(([a]) => `\`t\${${a}}\``),
    ),
  }))

  it('gives plain JSON or a step error, never anything else', () => {
    fc.assert(
      fc.property(expression, (source) => {
        const value = attempt(source)
        expect(JSON.parse(JSON.stringify(value))).toEqual(value)
      }),
      { numRuns: 2000 },
    )
  })
})
