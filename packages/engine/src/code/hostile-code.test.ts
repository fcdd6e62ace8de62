import { afterAll, describe, expect, it } from 'vitest'
import type { StepError } from '../contracts/errors.js'
import type { TenantId } from '../contracts/ids.js'
import type { JsonValue } from '../contracts/json.js'
import { createCodeRunner } from './code-runner.js'

// Tests may name ids as they like; only production code makes them.
const hostile = 'ten_hostile' as TenantId
const neighbour = 'ten_neighbour' as TenantId
const runner = createCodeRunner({ maxProcesses: 2 })
afterAll(() => runner.close())

const run = (source: string, input: JsonValue = null) => runner.run({ tenantId: hostile, source, input })
const outputOf = async (source: string, input: JsonValue = null) => (await run(source, input)).output

/** Programs that do not end by themselves, or that take all there is, and what each must end in. */
const BOMBS: readonly (readonly [name: string, source: string, ...limits: string[]])[] = [
  ['an endless loop', 'while (true) {}', 'time'],
  ['a loop that catches and finally goes on', 'for (;;) try { while (true) {} } catch {} finally { continue }', 'time'],
  ['an endless generator', 'for (const _ of (function* () { for (;;) yield })()) {}', 'time'],
  ['an endless chain of promises', 'const again = () => Promise.resolve().then(again); await again()', 'time'],
  ['promises that go on after the return', '(async () => { for (;;) await null })(); return 1', 'time'],
  ['a search through 2^53 places', 'return [].indexOf.call({ length: 2 ** 53 - 1 }, 1)', 'time'],
  ['a catastrophic regular expression', 'return /^(a+)+$/.test("a".repeat(50) + "!")', 'time'],
  ['a comparison that never ends', '[2, 1].sort(() => { for (;;); })', 'time'],
  ['a console flood', 'for (;;) console.log("x".repeat(5000))', 'time'],
  ['one built-in call that takes long', 'return new Array(3e7) + ""', 'time', 'memory'],
  ['a list that grows', 'const a = []; for (;;) a.push("x" + a.length)', 'time', 'memory'],
  ['objects that grow', 'const a = []; for (;;) a.push({ a })', 'time', 'memory'],
  ['a text that doubles', 'let s = "x"; for (;;) s += s', 'memory'],
  ['a text that is repeated', 'return "x".repeat(2 ** 29).length', 'memory'],
  ['a big buffer', 'return new ArrayBuffer(2 ** 30).byteLength', 'memory'],
  ['many buffers', 'const a = []; for (;;) a.push(new Uint8Array(1e6).fill(1))', 'memory'],
  [
    'memory that is kept when it ran out',
    'globalThis.a = []; try { for (;;) a.push(new Uint8Array(64)) } catch {} return a',
    'time',
    'memory',
    'output',
  ],
  ['a recursion', 'const f = () => f() + 1; return f()', 'stack'],
  ['a recursion of getters', 'const o = { get a() { return this.a } }; return o.a', 'stack'],
  ['a recursion of calls by built-ins', 'const f = () => [1].map(f); f()', 'stack'],
  ['deep JSON to parse', 'return JSON.parse("[".repeat(1e6))', 'stack'],
  ['deep data to return', 'let x = {}; for (let i = 0; i < 1e5; i++) x = { x }; return x', 'stack'],
  [
    'data that grows while it is returned',
    'const o = { toJSON: () => ({ o: { toJSON: o.toJSON } }) }; return o',
    'stack',
    'memory',
  ],
  ['data deeper than a run may keep', 'let x = 0; for (let i = 0; i < 100; i++) x = [x]; return x', 'depth'],
  ['a promise that never settles', 'await new Promise(() => {})', 'unsettled'],
  ['a thenable that never settles', 'return { then() {} }', 'unsettled'],
  ['a large output', 'return "x".repeat(2e6)', 'output'],
  ['an output large in bytes', 'return "\\u20ac".repeat(4e5)', 'output'],
  ['a getter in the output', 'return { get a() { for (;;); } }', 'time'],
  ['a proxy as output', 'return new Proxy({}, { ownKeys() { for (;;); } })', 'time'],
  [
    'a proxy of endless depth',
    'const p = () => new Proxy([], { get: (_, k) => (k === "length" ? 1 : k === "toJSON" ? undefined : p()) }); return p()',
    'stack',
    'time',
  ],
  ['an error whose message never comes', 'throw { get message() { for (;;); } }', 'time'],
  ['an error whose stack never comes', 'Error.prepareStackTrace = () => { for (;;); }; null.x', 'time'],
  ['a text in place of a number of bytes', 'return { length: "x".repeat(2e6) }', 'output'],
]

describe('code that takes more than it may', () => {
  it.each(BOMBS)('%s ends in a limit, and others go on', async (_name, source, ...limits) => {
    // What ends for another reason must not do so for want of time on a busy machine.
    const timeoutMs = limits.includes('time') ? 200 : 20_000
    const attack = runner.run({ tenantId: hostile, source, input: null, timeoutMs }).then(
      ({ output }) => expect.fail(`It returned ${JSON.stringify(output)?.slice(0, 100)}`),
      (error: StepError) => error,
    )
    const other = await runner.run({ tenantId: neighbour, source: 'return input + 1', input: 1 })
    expect(other.output).toBe(2)
    const error = await attack
    expect(error).toMatchObject({ name: 'StepError', kind: 'limit', retryable: false })
    const data = error.data as { limit?: string } | undefined // A limit error of the runner always holds an object.
    expect(limits).toContain(String(data?.limit))
    expect(await outputOf('return 1')).toBe(1)
  })
})

describe('code that looks for a way out', () => {
  it.each([
    'typeof process',
    'typeof require',
    'typeof module',
    'typeof global',
    'typeof fetch',
    'typeof WebAssembly',
    'typeof Atomics',
    'typeof performance',
    'typeof std',
    'typeof os',
    'typeof bjson',
    'eval("typeof process")',
    '[].constructor.constructor("return typeof process")()',
    'input.constructor.constructor("return typeof require")()',
    'console.log.constructor("return typeof process")()',
    'await (async () => {}).constructor("return typeof process")()',
    '(function* () {}).constructor("return typeof process")().next().value',
    'Reflect.construct(Function, ["return typeof process"], class {})()',
    'new Proxy(Function, {})("return typeof globalThis.process")()',
    'typeof Object.getPrototypeOf(globalThis).process',
    'Error.prepareStackTrace ? "is set" : typeof new Error().stack.process',
    '(() => { try { null.x } catch (e) { return typeof e.constructor.constructor("return this")().process } })()',
  ])('finds nothing: %s', async (expression) => {
    expect(await outputOf(`return ${expression}`, {})).toBe('undefined')
  })

  it('finds no function of the host in a stack trace', async () => {
    const source = `Error.prepareStackTrace = (_, frames) => frames
      const frames = new Error().stack
      return frames.map((frame) => [frame.getFileName?.() ?? null, typeof frame.getThis?.(), typeof frame.getFunction?.()])`
    const frames = JSON.stringify(await outputOf(source))
    expect(frames).not.toMatch(/node:|\/|wasm/)
  })

  it.each([
    'import("node:fs")',
    'import("fs")',
    'import("./run-code.js")',
    'import("data:text/javascript,export default 1")',
  ])('cannot load a module: %s', async (expression) => {
    await expect(run(`return await ${expression}`)).rejects.toMatchObject({ kind: 'expression' })
  })

  it.each(['import.meta.url', 'import fs from "fs"', 'export default 1', '#!/bin/sh'])(
    'is no module: %s',
    async (source) => {
      await expect(run(source)).rejects.toMatchObject({ kind: 'expression' })
    },
  )

  it('has nothing that tells of this process in its globals', async () => {
    const source = `const seen = new Set(), names = []
      const visit = (value) => {
        if ((typeof value !== 'object' && typeof value !== 'function') || value === null || seen.has(value)) return
        seen.add(value)
        for (const key of Reflect.ownKeys(value)) {
          names.push(String(key))
          const { value: child, get, set } = Reflect.getOwnPropertyDescriptor(value, key) ?? {}
          visit(child); visit(get); visit(set)
        }
        visit(Reflect.getPrototypeOf(value))
      }
      visit(globalThis); visit(arguments); visit(console)
      return [...new Set(names)]`
    const names = (await runner.run({ tenantId: hostile, source, input: null })).output
    expect(names).not.toHaveLength(0)
    for (const name of ['process', 'env', 'argv', 'pid', 'exports', 'memory', 'hostCall', 'limits']) {
      expect(names).not.toContain(name)
    }
  })
})

describe('code that tampers with the bridge', () => {
  it('pollutes no prototype by its output', async () => {
    const output = await outputOf(
      `return JSON.parse('{"__proto__": {"polluted": 1}, "constructor": {"prototype": {"polluted": 1}}, "a": 1}')`,
    )
    expect(output).toEqual({ constructor: { prototype: { polluted: 1 } }, a: 1 })
    expect(Object.hasOwn(Object(output), '__proto__')).toBe(false)
    expect(Reflect.get({}, 'polluted')).toBeUndefined()
  })

  it('is not fooled by an input with dangerous names', async () => {
    const input = JSON.parse('{"__proto__": {"admin": true}, "toJSON": 1, "then": 2}')
    expect(
      await outputOf('return [input.admin ?? null, Object.keys(input), { ...input }.admin ?? null]', input),
    ).toEqual([null, ['__proto__', 'toJSON', 'then'], null])
  })

  it.each([
    'JSON.stringify = () => "\\"forged\\""; JSON.parse = null',
    'Object.prototype.toJSON = () => "forged"',
    'Array.prototype.toJSON = String.prototype.toJSON = () => "forged"',
    'Object.defineProperty(Object.prototype, "state", { get: () => "forged", set() {} })',
    'Object.defineProperty(Array.prototype, "0", { get: () => "forged", set() {} })',
    'Promise.prototype.then = () => {}; Promise.resolve = null; globalThis.Promise = null',
    'Function.prototype.call = Function.prototype.apply = Function.prototype.bind = () => "forged"',
    'String.prototype.slice = () => "forged"; globalThis.String = globalThis.Object = globalThis.Array = null',
    'delete globalThis.console; delete globalThis.JSON',
    'for (const key of Reflect.ownKeys(globalThis)) try { delete globalThis[key] } catch {}',
    'Object.freeze(Object.prototype); Object.freeze(Array.prototype); Object.freeze(globalThis)',
  ])('gets its own answer and breaks nobody else: %s', async (tampering) => {
    const outcome = await run(`${tampering}\nreturn 7`).then(
      ({ output }) => output,
      ({ kind }: StepError) => kind,
    )
    expect([7, 'forged', 'expression', 'limit']).toContain(outcome)
    expect(await outputOf('console.log("x"); return { a: [1] }')).toEqual({ a: [1] })
  })

  it('keeps errors short, whatever is thrown', async () => {
    const source = `const error = new Error('x'.repeat(1e6)); error.name = 'y'.repeat(1e6); throw error`
    const error = await run(source).catch((caught: StepError) => caught)
    expect(error).toMatchObject({ kind: 'expression' })
    expect(JSON.stringify([error, String(error)]).length).toBeLessThan(5000)
  })
})
