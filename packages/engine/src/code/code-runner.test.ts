import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import type { StepError } from '../contracts/errors.js'
import type { TenantId } from '../contracts/ids.js'
import type { CodeJob } from '../ports/code-runner.js'
import { createCodeRunner } from './code-runner.js'

// Tests may name ids as they like; only production code makes them.
const tenantId = 'ten_1' as TenantId
const runner = createCodeRunner({ maxProcesses: 1 })
afterAll(() => runner.close())

const run = (source: string, job: Partial<CodeJob> = {}) => runner.run({ tenantId, input: null, ...job, source })
const outputOf = async (source: string, job: Partial<CodeJob> = {}) => (await run(source, job)).output
/** The error that a job must end in. */
const errorOf = (source: string, job: Partial<CodeJob> = {}): Promise<StepError> =>
  run(source, job).then(
    ({ output }) => expect.fail(`It returned ${JSON.stringify(output)}`),
    (error: StepError) => error,
  )

describe('a code runner', () => {
  it('gives the input to the body of a function, and its result back', async () => {
    const source = `const { rows } = input
      return { total: rows.reduce((sum, row) => sum + row.price, 0), names: rows.map(({ name }) => name.toUpperCase()) }`
    const input = {
      rows: [
        { name: 'é\u2028"\\', price: 1.5 },
        { name: '\ud83d\ude00', price: 2 },
      ],
    }
    expect(await outputOf(source, { input })).toEqual({ total: 3.5, names: ['É\u2028"\\', '\ud83d\ude00'] })
  })

  it('carries any JSON in and out unchanged', async () => {
    await fc.assert(
      fc.asyncProperty(fc.jsonValue({ maxDepth: 6, stringUnit: 'binary' }), async (value) => {
        // Without what JSON has no text for, and the one name that is never copied.
        const input = JSON.parse(JSON.stringify(value), (key, child) => (key === '__proto__' ? undefined : child))
        expect(await outputOf('return input', { input })).toEqual(input)
      }),
      { numRuns: 200 },
    )
  })

  it('awaits promises', async () => {
    const source = `const values = await Promise.all([1, 2, 3].map(async (value) => (await value) * 2))
      return values.concat(await new Promise((resolve) => queueMicrotask(() => resolve('later'))))`
    expect(await outputOf(source)).toEqual([2, 4, 6, 'later'])
  })

  it.each([
    ['', null],
    ['return', null],
    ['return undefined', null],
    ['return () => 1', null],
    ['return [undefined, NaN, new Date(0), new Map([[1, 2]])]', [null, null, '1970-01-01T00:00:00.000Z', {}]],
    ['return 1 // a comment at the end', 1],
    ['return { toJSON() { return { own: true } } }', { own: true }],
    ['return new Date(2026, 0, 1).toISOString()', '2026-01-01T00:00:00.000Z'],
  ])('makes JSON of what is returned: %s', async (source, output) => {
    expect(await outputOf(source)).toEqual(output)
  })

  it('captures the console, in order and as text', async () => {
    const source = `console.log('a', 1, null, undefined, { b: [true] }, 10n)
      console.info(new TypeError('no')); console.warn(Symbol('s')); console.error(() => 1)
      const circular = {}; circular.self = circular; console.debug(circular)`
    expect((await run(source)).console).toEqual([
      { level: 'log', text: 'a 1 null undefined {"b":[true]} 10n' },
      { level: 'info', text: 'TypeError: no' },
      { level: 'warn', text: 'Symbol(s)' },
      { level: 'error', text: '[function] () => 1' },
      { level: 'log', text: '[object]' },
    ])
  })

  it('bounds the console, and says so', async () => {
    const many = await run(`for (let i = 0; i < 100000; i++) console.log(i)`)
    expect(many.console).toHaveLength(201)
    expect(many.console.at(-1)?.text).toContain('dropped')
    const long = await run(`console.log('x'.repeat(1e6)); console.log('after')`)
    expect(long.console.map(({ text }) => text.length)).toEqual([4097, 5])
    const large = await run(`for (let i = 0; i < 20; i++) console.log('x'.repeat(4000))`)
    expect(large.console).toHaveLength(9)
  })

  it('says where the code threw, and what it had written', async () => {
    const error = await errorOf(`console.log('before')\nconst order = {}\nreturn order.customer.name`)
    expect(error).toMatchObject({
      kind: 'expression',
      retryable: false,
      data: { line: 3, console: [{ level: 'log', text: 'before' }] },
    })
    expect(error.message).toMatch(/^The code threw TypeError: .*name/)
  })

  it('says where the code is no JavaScript', async () => {
    const error = await errorOf('const a = 1\nreturn a +* 2')
    expect(error).toMatchObject({ kind: 'expression', data: { line: 2, column: 11 } })
    expect(error.message).toContain('not valid JavaScript')
    expect(await errorOf('if (input) {')).toMatchObject({ kind: 'expression', data: { line: 1 } })
    expect(await errorOf('} return 1 {')).toMatchObject({ kind: 'expression', data: { line: 1 } })
  })

  it.each([
    ['throw "only text"', 'The code threw only text'],
    ['throw { code: 7 }', 'The code threw {"code":7}'],
    ['throw null', 'The code threw null'],
    ['await Promise.reject(new RangeError("far"))', 'The code threw RangeError: far'],
    ['return 10n', 'The code returned what JSON cannot hold'],
    ['const a = []; a.push(a); return a', 'The code returned what JSON cannot hold: circular'],
    ['return { get a() { throw new Error("never") } }', 'The code returned what JSON cannot hold: never'],
    ['return new Proxy({}, { ownKeys() { return 5 } })', 'The code returned what JSON cannot hold'],
    ['undeclared = 1', 'The code threw ReferenceError'],
  ])('tells what was wrong with %s', async (source, title) => {
    const error = await errorOf(source)
    expect(error.kind).toBe('expression')
    expect(error.message).toContain(title)
  })

  it('tells what to use instead of what the sandbox has not got', async () => {
    expect((await errorOf('return fetch("https://example.com")')).detail).toContain('Code has no network')
    expect((await errorOf('await new Promise((r) => setTimeout(r, 10))')).detail).toContain('wait step')
  })

  it('keeps nothing between jobs', async () => {
    await run(`globalThis.leak = 1; Array.prototype.map = () => 'patched'; Object.prototype.x = 1; Object.freeze(Math)`)
    const source = `Math.own = 1; return [typeof leak, [1].map((n) => n + 1), ({}).x ?? null]`
    expect(await outputOf(source)).toEqual(['undefined', [2], null])
  })

  it('gives every job other random numbers', async () => {
    const outputs = [await outputOf('return Math.random()'), await outputOf('return Math.random()')]
    expect(outputs[0]).not.toBe(outputs[1])
  })

  it('refuses limits that no sandbox could keep', async () => {
    expect(await errorOf('return 1', { timeoutMs: 0 })).toMatchObject({ kind: 'validation' })
    expect(await errorOf('return 1', { memoryBytes: 1000 })).toMatchObject({ kind: 'validation' })
    expect(() => createCodeRunner({ maxProcesses: 0 })).toThrow('maxProcesses of createCodeRunner is 0')
  })

  it('holds each job to its own limits', async () => {
    const source = 'return new Uint8Array(8 * 1024 * 1024).length'
    expect(await errorOf(source, { memoryBytes: 4 * 1024 * 1024 })).toMatchObject({ data: { limit: 'memory' } })
    expect(await outputOf(source, { memoryBytes: 16 * 1024 * 1024 })).toBe(8 * 1024 * 1024)
    expect(await errorOf('return "12345"', { maxOutputBytes: 6 })).toMatchObject({ data: { limit: 'output' } })
    expect(await outputOf('return "12345"', { maxOutputBytes: 7 })).toBe('12345')
  })
})
