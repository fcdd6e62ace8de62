import { describe, expect, it } from 'vitest'
import type { StepError } from '../contracts/errors.js'
import { resultOf } from './outcome.js'

const REQUEST = { source: '', input: 'null', timeoutMs: 100, memoryBytes: 1_048_576, maxOutputBytes: 1000 }

const resultOfReply = (reply: unknown) => resultOf({ kind: 'reply', line: JSON.stringify(reply) }, REQUEST)

function errorOf(reply: unknown): StepError {
  try {
    return expect.fail(JSON.stringify(resultOfReply(reply)))
  } catch (error) {
    return error as StepError // What else it may be fails the expectations on it.
  }
}

describe('the answer of a process that was taken over', () => {
  it.each([
    ['no object', 7],
    ['an unknown state', { state: 'owned', console: [] }],
    ['no output', { state: 'returned', console: [] }],
    ['an output that is no text', { state: 'returned', output: { toString: 1 }, console: [] }],
    ['an output that is no JSON', { state: 'returned', output: '{', console: [] }],
    ['no console', { state: 'returned', output: '1' }],
    [
      'a console without an end',
      { state: 'returned', output: '1', console: Array(1000).fill({ level: 'log', text: '' }) },
    ],
    ['long console lines', { state: 'returned', output: '1', console: [{ level: 'log', text: 'x'.repeat(10_000) }] }],
    ['an unknown level', { state: 'returned', output: '1', console: [{ level: '__proto__', text: '' }] }],
    ['a long message', { state: 'failed', during: 'code', name: '', message: 'x'.repeat(10_000), console: [] }],
    ['a place that is none', { state: 'failed', during: 'code', name: '', message: '', line: -1, console: [] }],
    ['an unknown limit', { state: 'limit', limit: 'constructor', console: [] }],
  ])('is not believed with %s', (_what, reply) => {
    expect(errorOf(reply)).toMatchObject({ kind: 'limit', data: { limit: 'sandbox' } })
  })

  it('is not believed when it is no JSON', () => {
    expect(() => resultOf({ kind: 'reply', line: 'ready\n' }, REQUEST)).toThrow('The code ended its sandbox')
  })

  it('is held to the limits that the sandbox should have kept', () => {
    expect(errorOf({ state: 'returned', output: JSON.stringify('x'.repeat(1000)), console: [] })).toMatchObject({
      data: { limit: 'output' },
    })
    expect(errorOf({ state: 'returned', output: '['.repeat(400) + ']'.repeat(400), console: [] })).toMatchObject({
      data: { limit: 'depth' },
    })
  })

  it('brings nothing along that was not asked for', () => {
    const reply = { state: 'returned', output: '{"__proto__":{"a":1},"b":2}', console: [], secret: 1 }
    expect(JSON.stringify(resultOfReply(reply))).toBe('{"output":{"b":2},"console":[]}')
  })
})

describe('the error of a code step', () => {
  it('tells place and message, and keeps the last lines of the console only', () => {
    const console = Array.from({ length: 100 }, (_, index) => ({ level: 'log', text: String(index) }))
    const error = errorOf({
      state: 'failed',
      during: 'code',
      name: 'Error',
      message: 'no',
      line: 2,
      column: 3,
      console,
    })
    expect(error).toMatchObject({
      kind: 'expression',
      message: 'The code threw Error: no',
      detail: 'See line 2, column 3.',
      data: { line: 2, column: 3, console: console.slice(-20) },
    })
    expect(Object(error.data).console).toHaveLength(20)
  })
})
