import { describe, expect, it } from 'vitest'
import { StepError } from '../contracts/errors.js'
import type { JsonValue } from '../contracts/json.js'
import { compileTemplate } from './template.js'
import type { ExpressionScope } from './types.js'

/**
 * What was published against engines like ours, by advisory: their way in, written with the names that expressions see
 * here. Statements stand in functions, as their authors had to put them; what such a function would do stands beside it
 * as an expression, so that the refusal of functions is not the only thing tested.
 */
const PUBLISHED: Readonly<Record<string, readonly string[]>> = {
  'n8n CVE-2025-68613, GHSA-v98v-ff95-f3cp': [
    "this.constructor.constructor('return process')().platform",
    "(function () { return this.process.mainModule.require('child_process').execSync('id').toString() })()",
    '(() => this.process)()?.mainModule',
    'trigger.constructor.constructor("return process")().env',
    'trigger.list[`constructor`][`constructor`](`return process`)()',
    'trigger[`constr${`uct`}or`]',
    "trigger['__' + 'proto' + '__']",
  ],
  'n8n CVE-2026-1470': [
    "(function () { var constructor = 123; with (function () {}) { return constructor('return process')() } })()",
    '(() => { with (trigger) { return list.constructor } })()',
    'constructor("return process")()',
  ],
  'n8n CVE-2026-25049, GHSA-6cqr-8cfr-67f8': [
    '(() => { const { constructor } = () => {}; return constructor("return process")() })()',
    '(() => { const { constructor: c } = function () {}; return c })()',
    "(() => { const a = 'constructor'; const { [a]: c } = () => {}; return c })()",
    'trigger.list.map(({ constructor: c }) => c)',
    "trigger[['constructor']]",
    "trigger[['__proto__']].polluted",
    'trigger[["toString"]][["constructor"]]("return 1")()',
    "trigger.text[[['constructor']]]",
  ],
  'n8n CVE-2026-27577, and what its later fixes refuse': [
    "((g) => g.getBuiltinModule('child_process').execSync('id'))({ ...process })",
    '{ ...process }',
    '[...process]',
    '{ ...globalThis, ...global }',
    'max(...process)',
    '((p) => p.env)(((g) => g.process)((() => globalThis)()))',
    '(() => (() => this)())()',
    '(() => { class Z extends Function {} return new Z("return 1")() })()',
    '(() => { class Z extends (0, Function) {} return new Z("return 1")() })()',
    '(() => {}).caller',
    "(() => {})['arg' + 'uments']",
    'Error.prepareStackTrace = (e, s) => s',
    "Error[['prepareStackTrace']]",
    'process.getBuiltinModule("fs")',
    'process.binding("fs")',
    'trigger.__defineGetter__("x", () => 1)',
    'Object.getOwnPropertyDescriptors(trigger)',
    '$',
    '$("node")',
  ],
  'n8n CVE-2026-27493, GHSA-75g8-rv7v-32f7': ['$evaluateExpression("{{ 1 + 1 }}")', 'eval(trigger.text)'],
  'expr-eval CVE-2025-12735, GHSA-jc85-fpwf-qm7x': [
    'trigger.text("id")',
    'vars.exec("id")',
    'vars.test.write("pwned.txt", "Hello!")',
    '{ f: upper }.f("x")',
    '[upper][0]("x")',
    'upper = trigger.list.map',
    'cube(x) = x ** 3',
    'trigger.list.constructor.constructor("return process")()',
  ],
  'expr-eval CVE-2025-13204, GHSA-8gw3-rxh4-v6jx': [
    "Object = constructor; a = Object.fromEntries([['a', 'polluted']]); Object.assign(__proto__, a)",
    '__proto__',
    'constructor',
    'prototype',
    'toString',
    'trigger.__proto__.a = 1',
    "fromEntries([{ key: '__proto__', value: { a: 'polluted' } }])",
    "zipObject(['__proto__'], [{ a: 'polluted' }])",
    "merge({}, fromEntries([{ key: 'constructor', value: 1 }]))",
  ],
  'jexl TomFrost/Jexl#142': [
    '"".constructor',
    "trigger.text['constructor']",
    "trigger.list['constructor']['constructor']",
    "trigger['__proto__']['constructor']",
    "get(trigger, 'constructor.constructor')",
    "get(trigger.list, '__proto__')",
    "choose('constructor', trigger)",
  ],
  'jexl TomFrost/Jexl#92': [
    '"".toLowerCase["__proto__"]',
    '{ then: "".test }.then()',
    'trigger.toString["constructor"]',
    'valueOf()',
    'trigger.text|constructor',
  ],
  'mathjs josdejong/mathjs#821': [
    `["//","a/*\\nreturn process.mainModule.require"]._data.map(cos.constructor)[1]()("child_process")`,
    'import({ matrix: cos.constructor }, { override: 1 })',
    '(x = ["process"], x())',
    '{ subset: upper.constructor }[trigger.list]',
    'trigger.list._data.map(upper)',
    '["return process"].map(upper.constructor)[0]()',
  ],
  'mathjs CVE-2017-1001002, CVE-2017-1001003, CVE-2017-1001004': [
    'typed("x", { "": "return process" })',
    'f(x, constructor) = x.constructor',
    '{ co\\u006estructor: 1 }',
    '{ "c\\u006fnstructor": 1 }',
    '{ __pr\\u006fto__: { x: 1 } }',
    'trigger.c\\u006fnstructor',
    'parse("x", { nodes: {} }).compile()',
    'expression.docs.constructor',
  ],
  'mathjs CVE-2020-7743': ['merge({}, json(\'{"__proto__":{"polluted":1}}\'))', 'config({ __proto__: { a: 1 } })'],
  'mathjs CVE-2026-41139, GHSA-5v89-rwgr-qj6g': [
    'trigger.list[{ length: 1, reduce: (f, x) => "constructor" }]',
    'trigger.list[{ length: 1, toString: "constructor" }]',
    'trigger.list[["constructor"]]',
    'get(trigger.list, { length: 1, reduce: "constructor" })',
  ],
  'mathjs CVE-2026-40897, GHSA-29qv-4j9f-fjw5': [
    'trigger.list["map"] = x => x.constructor',
    'trigger.list.map = 1',
    '{ ...trigger.list, map: x => x }',
    '{ length: 1, map: (x) => x }.map(x => x.constructor)',
    'Object.assign([], { map: 1 })',
  ],
  'node:vm, OneUptime GHSA-v264-xqh4-9xmm': [
    "this.constructor.constructor('return process')().env.DATABASE_PASSWORD",
    "globalThis.constructor.constructor('return this')()",
    "(() => { try { null.x } catch (e) { return e.constructor.constructor('return process')() } })()",
    'import("node:child_process")',
    'new Error().constructor.constructor("return process")()',
  ],
  'vm2 CVE-2019-10761': ['(function r() { return r() })()', 'range(0, 1).map(x => r(x))'],
  'vm2 CVE-2021-23449': ['import("fs").constructor', '(async () => await import("fs"))()'],
  'vm2 CVE-2021-23555': ['Object.defineProperty(trigger, "x", { get: () => 1 })', '{ get x() { throw 1 } }'],
  'vm2 CVE-2022-36067': [
    'globalThis.Error = { prepareStackTrace: (e, t) => t[0].getThis() }',
    'Error.prepareStackTrace = (e, frames) => frames[0].getThis().process',
    '(() => { const { stack } = new Error(); return stack.constructor })()',
  ],
  'vm2 CVE-2023-29017, GHSA-7jxr-cg7f-gpgv': [
    'Error.prepareStackTrace = (e, frames) => frames.constructor.constructor("return process")()',
    '(async () => aVM2_INTERNAL_TMPNAME)()',
    'trigger.list.map(async (x) => x)',
  ],
  'vm2 CVE-2023-29199': [
    '(() => { try { a$tmpname } catch (a$tmpname) { return a$tmpname.constructor } })()',
    'a$tmpname',
  ],
  'vm2 CVE-2023-30547': [
    'new Proxy({}, { getPrototypeOf: (t) => { throw Error().stack } })',
    '(() => { throw new Proxy({}, {}) })()',
  ],
  'vm2 CVE-2023-32314, GHSA-whpj-8f3w-67p5': [
    'new Proxy(trigger, { apply: (t, s, a) => a.constructor })',
    'Reflect.apply(upper, null, ["a"])',
    'upper.apply(null, ["a"])',
  ],
  'vm2 CVE-2023-37466, GHSA-cchq-frgv-rjh5': [
    'Promise.resolve().then(x => x.constructor)',
    '{ then: (resolve) => resolve }',
    '(async () => 1)().constructor',
    'trigger.then(x => x)',
  ],
  'vm2 CVE-2023-37903, GHSA-g644-9gfx-q4q4': [
    '{ [Symbol.for("nodejs.util.inspect.custom")]: (d, o, inspect) => inspect.constructor }',
    'WebAssembly.compileStreaming(trigger)',
    'Symbol.for("nodejs.util.inspect.custom")',
  ],
  'vm2 CVE-2026-22709': ['Promise.prototype.catch.call(trigger)', '(async () => {})().catch(e => e.constructor)'],
  'vm2 GHSA-2cm2-m3w5-gp2f, GHSA-wp5r-2gw5-m7q7': [
    "globalThis['VM2_INTERNAL_STATE_DO_NOT_USE_OR_PROGRAM_WILL_FAIL']",
    'VM2_INTERNAL_STATE_DO_NOT_USE_OR_PROGRAM_WILL_FAIL',
    'parameters',
    'evaluation',
    'scope',
    'budget',
  ],
  'vm2 GHSA-47x8-96vw-5wg6': ['Object.getOwnPropertySymbols(trigger)', 'trigger[Symbol.species]', 'Symbol()'],
  'vm2 GHSA-55hx-c926-fr95, GHSA-mpf8-4hx2-7cjg, GHSA-hw58-p9xv-2mjh': [
    'new AggregateError([1]).errors',
    'new SuppressedError(1, 2).suppressed',
    'new Promise((resolve, reject) => reject(1))',
  ],
  'vm2 GHSA-6785-pvv7-mvg7': ['Buffer.alloc(1e9)', "'x'.repeat(1e9)", 'range(0, 1e9)', "padStart('', 1e9)"],
  'vm2 GHSA-9qj6-qjgg-37qq, GHSA-vwrp-x96c-mhwq': [
    'Object.defineProperty(Array.prototype, 0, { set: (v) => v })',
    '[].__proto__[0] = 1',
    'trigger.__lookupGetter__("__proto__")',
    'trigger.list.__lookupSetter__("length")',
  ],
  'vm2 GHSA-9vg3-4rfj-wgcm': ['Object.create(null)', '(() => { throw { __proto__: null } })()', '{ __proto__: null }'],
  'vm2 GHSA-grj5-jjm8-h35p': [
    'trigger.list.constructor = { [Symbol.species]: (x) => x }',
    '{ constructor: { species: 1 } }',
    '[1].concat({ constructor: 1 })',
    'Array.from(trigger.list)',
  ],
  'vm2 GHSA-qcp4-v2jj-fjx8, GHSA-v37h-5mfm-c47c': [
    'require("util").inspect(trigger, { showProxy: true })',
    'trigger.list.map.constructor',
    'new (trigger.constructor)()',
  ],
  'vm2 GHSA-v27g-jcqj-v8rw, GHSA-x6m4-chr9-cg97': [
    'new Error().stack',
    'Error().stack',
    'Error.captureStackTrace(trigger)',
  ],
  'jsonpath-plus CVE-2024-21534, GHSA-pppg-cpfq-h7wr': [
    'this.constructor.constructor(\'require("child_process").exec("id")\')()',
    '(() => { var _$_root = [].constructor.constructor("return process"); return _$_root() })()',
    '$[?(@.constructor)]',
    '@root()',
  ],
  'jsonpath-plus CVE-2025-1302': [
    "[]['constructor']['constructor']('return process')()",
    "trigger.text['sub']['call']",
    "''['at']['constructor']('return 1')()",
  ],
  'jsonpath CVE-2026-1615, GHSA-87r5-mp6g-5w5j': [
    '({}).constructor.getOwnPropertyDescriptor(({}).constructor.getPrototypeOf(upper), "constructor").value',
    "({ __proto__: []['__proto__'] })",
  ],
  'static-eval CVE-2017-16226, browserify/static-eval#32': [
    "''.sub.constructor('console.log(process.env)')()",
    "({})['__proto__']['__defineGetter__']('toString', ({})['constructor'])",
    '(function (x) { return `${eval(x)}` })("1")',
    '(function ({ x }) { return x.constructor })({ x: ``.sub })("return process")()',
  ],
  'safe-eval CVE-2017-16088, CVE-2022-25904, CVE-2023-26121, CVE-2023-26122': [
    "this.constructor.constructor('return process')()",
    'arguments.callee.caller.constructor("return process")()',
    '__proto__.test = 123',
    "(() => { try { __defineGetter__('x',) } catch (e) { return e.constructor } })()",
    '(() => { try { toLocaleString() } catch (e) { return e.constructor } })()',
    'import("fs")',
    'hasOwnProperty("x")',
  ],
  'safer-eval CVE-2019-10759, CVE-2019-10760, CVE-2019-10769': [
    "setInterval.constructor('return process')()",
    "Buffer.of.constructor('return process')()",
    `{}.constructor.constructor("return this.constructor.constructor('return this')()")()`,
  ],
  'sandbox GHSA-fm4j-4xhm-xpwx, GHSA-gc25-3vc5-2jf9': [
    `new Function("return (this.constructor.constructor('return (this.process)')())")()`,
    'isPrototypeOf(trigger)',
  ],
  'sandboxjs CVE-2025-34146': [
    '"".sub.__proto__.__proto__.__defineGetter__("polluted", {}.constructor.constructor("return true"))',
    'upper.__proto__',
  ],
  'subscript dy/subscript#40': ['constructor.constructor("return process")()', 'trigger.list.map(constructor)'],
  'expression-eval donmccurdy/expression-eval#53': [
    '(1).constructor.constructor("return process")()',
    '(1)["constructor"]',
  ],
  'angular-expressions CVE-2020-5219, CVE-2021-21277, CVE-2024-54152': [
    'constructor.getPrototypeOf(toString).constructor("return process")()',
    '__proto__.constructor.getPrototypeOf(toString).constructor("return process")()',
    "({}).hasOwnProperty.constructor('return 1')()",
    "trigger.x = ''.sub.constructor",
  ],
  'AngularJS 1.2 to 1.5, and CVE-2019-10768': [
    "'a'.constructor.prototype.charAt = [].join",
    'a = toString().constructor.prototype',
    "(_ = ''.sub).call.call({}[$ = 'constructor'].getOwnPropertyDescriptor(_.__proto__, $).value, 0, 'alert(1)')()",
    "['a', 'alert(1)'].sort(toString.constructor)",
    "{ y: ''.constructor.prototype }.y.charAt",
    'trigger.text.sub.call.call(trigger.text)',
    'toString()[trigger.text].fromCharCode(112)',
    'merge({}, json(\'{"__proto__": {"polluted": true}}\'))',
  ],
  'JSONata CVE-2024-27307, CVE-2026-12208': [
    "renameFields({ a: { polluted: 1 } }, { a: '__proto__' })",
    'mapValues({ a: 1 }, (v, k) => k.constructor).a',
    "groupBy([{ k: '__proto__', polluted: 1 }], 'k')",
    "keyBy([{ k: 'constructor' }], x => x.k)",
    "countBy(['__proto__'], x => x)",
    "parseCsv('__proto__\\n1')",
    "get({}, '__proto__.polluted')",
    "parseQuery('__proto__=1').__proto__",
  ],
}

const HOSTILE = '{"__proto__":{"admin":true},"constructor":{"x":1},"list":[1],"text":"t"}'

function attempt(expression: string): unknown {
  // Parsed as it would arrive: with own `__proto__` and `constructor` fields.
  const trigger = JSON.parse(HOSTILE) as JsonValue
  const scope: ExpressionScope = { trigger, steps: {}, vars: {}, run: {}, customer: {}, tenant: {} }
  const compiled = compileTemplate(`{{ ${expression} }}`)
  if (!compiled.ok) return 'refused'
  try {
    return compiled.template.evaluate(scope)
  } catch (error) {
    if (error instanceof StepError) return 'refused'
    throw error
  } finally {
    expect(JSON.stringify(trigger)).toBe(HOSTILE)
  }
}

const CASES = Object.entries(PUBLISHED).flatMap(([id, expressions]) => expressions.map((each) => [id, each] as const))

describe('escapes published by advisory', () => {
  it.each(CASES)('%s: %s gives nothing', (_, expression) => {
    expect(attempt(expression)).toSatisfy((value) => value === 'refused' || value === null)
  })

  it('leave the prototypes of the host as they were', () => {
    for (const [, expression] of CASES) attempt(expression)
    expect(Object.keys(Object.prototype)).toEqual([])
    for (const name of ['polluted', 'admin', 'a', 'test']) expect(({} as Record<string, unknown>)[name]).toBeUndefined()
    expect([Array.prototype.map.name, String.prototype.charAt.name]).toEqual(['map', 'charAt'])
  })
})
