import { describe, expect, it } from 'vitest'
import type { Expectation } from '../data/api-types.js'
import { acceptDifferences, isAcceptable } from './accept.js'

const EXPECTED: Expectation = { status: 'succeeded', ran: ['a', 'b'], outputs: { a: 1, b: 2 } }

describe('what a test found different', () => {
  it('is what it expects once a person says so', () => {
    const next = acceptDifferences(EXPECTED, [
      { kind: 'status', expected: 'succeeded', actual: 'failed', error: null },
      { kind: 'missing', stepId: 'b' },
      { kind: 'unexpected', stepId: 'c' },
      { kind: 'output', stepId: 'a', expected: 1, actual: 7 },
    ])
    expect(next).toEqual({ status: 'failed', ran: ['a', 'c'], outputs: { a: 7 } })
  })

  it('cannot be accepted when nobody knows what would happen', () => {
    expect(isAcceptable([{ kind: 'missing', stepId: 'a' }])).toBe(true)
    expect(isAcceptable([{ kind: 'unknown', stepId: 'a' }])).toBe(false)
    expect(isAcceptable([{ kind: 'status', expected: 'failed', actual: 'waiting', error: null }])).toBe(false)
  })
})
