import { describe, expect, it } from 'vitest'
import { hasStatus, jsonOf, responseError, rpcStatusRefusal, StepError } from './index.js'

/** An answer that is no JSON unless it is said to be. */
function answer(status: number, text = '', headers: Record<string, string> = {}) {
  return { status, text, headers, bytes: Buffer.from(text), json: () => JSON.parse(text) }
}

describe('the error for an answer', () => {
  it.each([
    [401, 'authentication', false],
    [403, 'authorization', false],
    [404, 'rejected', false],
    [429, 'rate_limited', true],
    [503, 'communication', true],
  ])('with status %i is of the kind %s', (status, kind, retryable) => {
    expect(responseError('Acme', answer(status, 'No.'))).toMatchObject({
      message: `Acme answered with status ${status}`,
      detail: expect.stringContaining('It said: No.'),
      ...{ kind, retryable, data: { status } },
    })
  })

  it('says what the service told, and the rest by its status', () => {
    const response = answer(400, 'No.', { 'retry-after': '3' })
    const told = { kind: 'limit', title: 'Acme is full', data: { code: 'full' } } as const
    expect(responseError('Acme', response, told)).toMatchObject({
      ...{ kind: 'limit', message: 'Acme is full', retryAfterMs: 3000, data: { status: 400, code: 'full' } },
      detail: 'The service refused the request. It said: No.',
    })
    expect(responseError('Acme', response, { detail: 'Wait.', retryAfterMs: 50 })).toMatchObject({
      ...{ kind: 'rejected', detail: 'Wait.', retryAfterMs: 50 },
    })
  })

  it('is known by its status again, whoever asks', () => {
    const error = responseError('Acme', answer(410))
    expect([hasStatus(error, 404, 410), hasStatus(error, 404)]).toEqual([true, false])
    expect([new StepError('rejected', 'No'), new Error('no'), undefined].some((each) => hasStatus(each, 404))).toBe(
      false,
    )
  })
})

describe('what an answer says', () => {
  it('is its JSON, and nothing when it is none', () => {
    expect([jsonOf(answer(400, '{"a":1}')), jsonOf(answer(502, '<html>'))]).toEqual([{ a: 1 }, undefined])
  })
})

describe('a refusal by google.rpc.Status', () => {
  const refusal = rpcStatusRefusal('Acme')

  it.each([
    ['a reason of older services', { errors: [{ reason: 'rateLimitExceeded' }] }, 'rate_limited', 'asks to slow down'],
    ['a reason in the details', { details: [{ reason: 'RATE_LIMIT_EXCEEDED' }] }, 'rate_limited', 'asks to slow down'],
    ['a code', { status: 'UNAUTHENTICATED' }, 'authentication', 'did not accept the credentials'],
    ['nothing but a message', {}, 'authorization', 'does not allow this to the account'],
  ])('goes by %s', (_, more, kind, title) => {
    const response = answer(403, JSON.stringify({ error: { message: 'No.', ...more } }))
    expect(refusal(response)).toMatchObject({ kind, message: `Acme ${title}`, detail: expect.stringMatching(/^No\./) })
  })

  it('leaves other answers to their status', () => {
    expect([refusal(answer(200, '{"error":{}}')), refusal(answer(502, '<html>'))]).toEqual([undefined, undefined])
  })
})
