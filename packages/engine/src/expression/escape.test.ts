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
    // node:vm: the constructor chain from whatever is at hand
    `this.constructor.constructor('return process')()`,
    `constructor.constructor('return process')()`,
    `trigger.constructor.constructor('return process')()`,
    `trigger['constructor']['constructor']('return process')()`,
    `trigger.list.constructor.constructor('return process')()`,
    `(x => x).constructor('return 1')()`,
    `(() => {}).constructor`,
    `(0).constructor.constructor('return 1')()`,
    `''.constructor.constructor('return 1')()`,
    `true.constructor.constructor('return 1')()`,
    `/a/.constructor.constructor('return 1')()`,
    `upper.constructor('return 1')()`,
    `[].map.constructor('return 1')()`,
    `trigger.list.map.constructor('return 1')()`,
    `[]['filter']['constructor']('return 1')()`,
    `''['sub']['constructor']('return 1')()`,
    `[1].map(x => x.constructor)[0]`,
    `this`,
    `globalThis.constructor`,
    // n8n CVE-2025-68613 and its bypass by template literals; CVE-2026-25049; CVE-2026-1470 (with and constructor)
    `(function () { return this.process.mainModule.require('child_process').execSync('id') })()`,
    'trigger[`constructor`][`constructor`](`return process`)()',
    'trigger[`constr${"uctor"}`]',
    'trigger[`${"constructor"}`]',
    'trigger?.[`constructor`]?.[`constructor`]',
    `trigger['const' + 'ructor']`,
    `trigger[['constructor']]`,
    `trigger[[['constructor']]]`,
    `trigger['constructor', 'constructor']`,
    `trigger[{ toString: () => 'constructor' }]`,
    `trigger[{ toString: 1 }]`,
    `(() => { with (function () {}) { return constructor('return 1')() } })()`,
    `((constructor) => constructor('return 1'))()`,
    `trigger.list.map(({ constructor }) => constructor)`,
    `trigger.list.map(({ ['constructor']: c }) => c)`,
    `trigger.list.map(([x] = []) => x)`,
    `trigger.list.map((x, c = x.constructor) => c)`,
    `trigger.list.map((...all) => all)`,
    `(() => { try { null.x } catch ({ constructor }) { return constructor } })()`,
    `(() => { const { constructor: f } = () => {}; return f('return 1')() })()`,
    `class extends Function {}`,
    `new (class extends Object.getPrototypeOf(x => x).constructor {})('return 1')()`,
    `(({}).constructor = 1)`,
    `$json`,
    `$evaluateExpression('{{ 1 }}')`,
    // AngularJS and angular-expressions: shadowed host functions, charAt, toString tricks
    `toString().constructor.prototype.charAt = [].join`,
    `constructor.getPrototypeOf(toString).constructor('return process')()`,
    `__proto__.constructor.getPrototypeOf(toString).constructor('return process')()`,
    `'a'.constructor.prototype.charAt`,
    `'a'['constructor'].fromCharCode(97)`,
    `trigger.text.sub.call.call(1)`,
    `toString()`,
    `valueOf()`,
    `hasOwnProperty('x')`,
    `hasOwnProperty.constructor('return 1')()`,
    // tagged templates
    'String.raw`a`',
    'upper`a`',
    'trigger.text.at`0`',
    '(x => x)`a`',
    'constructor`return process```',
    '[].map.constructor`return 1```',
    // reading functions as data, and calling what is not a name
    `trigger.text.at.call(1)`,
    `trigger.list['map'](x => x)`,
    `trigger.list[trigger.text](1)`,
    `upper['call'](null, 'a')`,
    `upper.call(null, 'a')`,
    `upper.bind(null)`,
    `(upper)('a').constructor`,
    `(1, upper)('a')`,
    `[upper][0]('a')`,
    `(x => x)(1)`,
    `trigger.text?.('x')`,
    `trigger.list.map(upper)`,
    `trigger.list.map(trigger.text)`,
    `trigger.list.map('constructor')`,
    // prototypes
    `trigger.__proto__`,
    `trigger['__proto__']`,
    `trigger["\\x5f_proto__"]`,
    `trigger.\\u005f_proto__`,
    `trigger.\\u{63}onstructor`,
    `trigger.__proto__.admin`,
    `trigger?.__proto__?.admin`,
    `trigger[['__proto__']]`,
    `trigger['__pro' + 'to__'].admin`,
    `[].__proto__`,
    `''.__proto__.__proto__`,
    `steps.__proto__`,
    `steps['constructor']`,
    `{ ['__proto__']: { admin: true } }`,
    `{ '__proto__': { admin: true } }`,
    `{ __proto__: { admin: true } }`,
    `{ constructor: 1 }`,
    `{ prototype: 1 }`,
    `{ __proto__ }`,
    `{ ...trigger }`,
    `merge({}, trigger)`,
    `merge({ a: 1 }, json('{"constructor":{"prototype":{"a":1}}}'))`,
    `json('{"__proto__":{"a":1}}')`,
    `json('{"a":[{"__proto__":{"a":1}}]}')`,
    `json('{"\\\\u005f_proto__":1}')`,
    `groupBy([{ k: '__proto__' }], 'k')`,
    `groupBy([{ k: 1 }], x => '__proto__')`,
    `groupBy([{ k: 1 }], 'constructor').undefined`,
    `sortBy([{ k: 1 }], '__proto__')`,
    `pick(trigger, ['__proto__'])`,
    `omit(trigger, ['list'])`,
    `fromEntries([{ key: '__proto__', value: { admin: true } }])`,
    `fromEntries(entries(trigger))`,
    `trigger.hasOwnProperty('x')`,
    `trigger.__defineGetter__('x', x => x)`,
    `trigger.__defineSetter__('x', x => x)`,
    `trigger.__lookupGetter__('__proto__')`,
    `trigger.isPrototypeOf({})`,
    `trigger.valueOf()`,
    `trigger.toLocaleString()`,
    `trigger.propertyIsEnumerable('x')`,
    `Object.getOwnPropertyDescriptor(trigger, 'list')`,
    `Object.getOwnPropertyDescriptor(() => {}, 'constructor').value('return 1')()`,
    `Object.getOwnPropertyDescriptors(trigger)`,
    `Object.getPrototypeOf(trigger)`,
    `Object.setPrototypeOf({}, null)`,
    `Object.defineProperty({}, 'x', { get: () => 1 })`,
    `Object.assign({}, trigger)`,
    `Object.fromEntries([['__proto__', 1]])`,
    `Reflect.get(trigger, 'constructor')`,
    `Reflect.construct(upper, [])`,
    // getters, setters and methods in literals
    `{ get x() { return this } }`,
    `{ set x(v) { v } }`,
    `{ x() { return this } }`,
    `{ async x() {} }`,
    `{ *x() {} }`,
    `{ valueOf: () => 1 } + 1`,
    `{ toString: () => 'constructor' } + ''`,
    `{ [Symbol.toPrimitive]: x => 1 }`,
    `{ toJSON: () => process }`,
    `{ then: (f) => f(1) }`,
    `trigger[Symbol.iterator]`,
    // the host
    `process.env`,
    `process['env']`,
    `globalThis`,
    `global`,
    `window`,
    `self`,
    `module`,
    `exports`,
    `require('fs')`,
    `require`,
    `import('fs')`,
    `import.meta.url`,
    `eval('1')`,
    `eval?.('1')`,
    `(0, eval)('1')`,
    `Function('return 1')()`,
    `new Function('return 1')()`,
    `new Proxy({}, {})`,
    `new Error().stack`,
    `Error.captureStackTrace({})`,
    `Error.prepareStackTrace`,
    `WebAssembly`,
    `Atomics.wait`,
    `new SharedArrayBuffer(1)`,
    `Buffer.from('a')`,
    `fetch('http://localhost')`,
    `setTimeout(x => x)`,
    `queueMicrotask(x => x)`,
    `Promise.resolve(1)`,
    `Symbol.for('inlay.error')`,
    `JSON.parse('1')`,
    `Math.max.constructor`,
    `Date.now()`,
    `Intl.DateTimeFormat`,
    `Array.from({ length: 1e9 })`,
    `String.fromCharCode(1)`,
    `NaN`,
    `Infinity`,
    // functions and generators (arguments.callee, caller)
    `arguments`,
    `arguments.callee`,
    `arguments.callee.caller`,
    `\\u0061rguments`,
    `(function () { return this })()`,
    `(function f() { return f.caller })()`,
    `(function* () { yield 1 })().next()`,
    `(async () => 1)()`,
    `async () => 1`,
    `[1].map(async x => x)`,
    `[1].map(x => { return x })`,
    `[1].map(function (x) { return x })`,
    `[1].map(x => this)`,
    `[1].map(x => arguments)`,
    `[1].map(x => super.y)`,
    `await 1`,
    `yield`,
    `new.target`,
    `super.x`,
    `class {}`,
    `class { static { globalThis } }`,
    `trigger.#secret`,
    `#secret in trigger`,
    // expr-eval (CVE-2025-12735, GHSA-8gw3-rxh4-v6jx), jexl, mathjs, static-eval, safe-eval: assignments, functions as data
    `trigger.list = 1`,
    `trigger.list[0] = 1`,
    `Object = constructor`,
    `[trigger.list] = [1]`,
    `({ list: trigger.list } = { list: 1 })`,
    `trigger.list ??= 1`,
    `trigger.list.length++`,
    `--trigger.list.length`,
    `f(x) = x`,
    `cos.constructor("return process")()`,
    `parse("1 + 1")`,
    `import({ upper: 1 }, { override: true })`,
    `chain(1).constructor`,
    `trigger.list.push(2)`,
    `trigger.list.splice(0, 1)`,
    `trigger.list.fill(0)`,
    `trigger.list.copyWithin(0, 1)`,
    `trigger.list.forEach(x => x)`,
    `trigger.list.toString.call(1)`,
    `trigger.text.replace('t', x => x)`,
    `trigger.text.replace(/t/, 'x')`,
    `trigger.text.matchAll('t')`,
    `trigger.text.normalize()`,
    `trigger.text.localeCompare('a')`,
    `delete trigger.list`,
    `typeof trigger`,
    `void 0`,
    `(1, 2)`,
    `x => x`,
    `[x => x]`,
    `{ f: x => x }`,
    `{ ...(x => x) }`,
    `true ? x => x : 1`,
    `null ?? (x => x)`,
    `default(null, x => x)`,
    `toJson(x => x)`,
    `string(x => x)`,
    `length(x => x)`,
    `[].concat(x => x)`,
    `[1].includes(x => x)`,
    `trigger.list.map(x => y => y)`,
    `trigger.list.map(x => [y => y])`,
    `trigger.list.reduce((a, b) => x => x, 0)`,
    `trigger.list.reduce((a, b) => a, x => x)`,
    `trigger.text.concat(x => x)`,
    `trigger?.constructor`,
    `trigger?.['constructor']?.('x')`,
    `trigger?.list?.constructor?.constructor?.('return 1')?.()`,
    `(trigger?.list).constructor`,
    // what JSON does not know
    `1n`,
    `0 / 0`,
    `1e999`,
    `-1e999`,
    `1e308 * 10`,
    `1e308 + 1e308`,
    `(-8) ** 0.5`,
    `number('Infinity')`,
    `number('1e999')`,
    `sum([1e308, 1e308])`,
  ])('%s gives nothing of the host', (expression) => {
    expect(attempt(expression)).toSatisfy((value) => value === 'refused' || value === null)
  })

  it('never evaluates what data holds: a text with braces stays a text (n8n CVE-2026-27493)', () => {
    const text = '{{ 1 + 1 }}'
    const given = { ...scope, vars: { text } }
    const compiled = compileTemplate({ a: '{{ vars.text }}', b: 'x {{ vars.text }}', c: '{{ `${vars.text}` }}' })
    expect(compiled.ok && compiled.template.evaluate(given)).toEqual({ a: text, b: `x ${text}`, c: text })
  })

  it('refuses forbidden names in the document itself, which is data too', () => {
    const compiled = compileTemplate(JSON.parse('{"a":[{"__proto__":"{{ 1 }}"}]}') as JsonValue)
    expect(compiled).toMatchObject({ ok: false, issues: [{ pointer: '/a/0/__proto__', offset: 0 }] })
  })

  it('never runs getters that it could reach on the way up a prototype', () => {
    const reached: string[] = []
    const parent = Object.defineProperty({}, 'secret', { get: () => reached.push('secret') })
    const child = Object.assign(Object.create(parent) as Record<string, JsonValue>, { own: 1 })
    const read = (source: string) => {
      const compiled = compileTemplate(`{{ ${source} }}`)
      return compiled.ok && compiled.template.evaluate({ ...scope, vars: child })
    }
    expect([read('vars.secret'), read('vars["sec" + "ret"]'), read('keys(vars)'), read('{ ...vars }')]).toEqual([
      null,
      null,
      ['own'],
      { own: 1 },
    ])
    expect(reached).toEqual([])
  })

  it('leaves the prototypes of the host untouched', () => {
    expect(({} as Record<string, unknown>)['admin']).toBeUndefined()
    expect(Object.getPrototypeOf({})).toBe(Object.prototype)
  })
})
