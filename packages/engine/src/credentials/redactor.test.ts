import { describe, expect, it } from 'vitest'
import type { Connector } from '../contracts/connector.js'
import { StepError } from '../contracts/errors.js'
import { Redactor } from './redactor.js'

const connector: Connector = {
  id: 'acme',
  version: '1.0.0',
  name: 'Acme',
  description: 'A service.',
  categories: [],
  connection: 'required',
  auth: [{ id: 'key', name: 'Key', kind: 'apiKey', secretFields: ['pin'] }],
  actions: {},
  triggers: {},
}

function redactorOf(apiKey: string, pin = ''): Redactor {
  const redactor = new Redactor(connector)
  redactor.learn({ kind: 'apiKey', method: 'key', apiKey, fields: { region: 'europe', pin } })
  return redactor
}

describe('redaction', () => {
  it('leaves no secret in texts, data and failures, and leaves what is not secret', () => {
    const redactor = redactorOf('test-api-key', 'pin-4711')
    expect(redactor.text('test-api-key of europe, pin-4711')).toBe('[redacted] of europe, [redacted]')
    expect(redactor.json({ 'a test-api-key': ['pin-4711', 1, null, { region: 'europe' }] })).toEqual({
      'a [redacted]': ['[redacted]', 1, null, { region: 'europe' }],
    })
    const failure = redactor.failure(
      new StepError('rejected', 'Bad test-api-key', { detail: 'pin-4711', data: ['pin-4711'] }),
    )
    expect(JSON.stringify([failure, failure.message])).not.toMatch(/test-api-key|pin-4711/)
    expect(redactor.failure('test-api-key').message).not.toContain('test-api-key')
  })

  it('leaves no long secret in outputs, whose own words stay', () => {
    const long = 'test-key-that-is-long'
    const output = { headers: { authorization: `Bearer ${long}` }, note: 'my pass word' }
    expect(redactorOf(long, 'pass word').output(output)).toEqual({
      headers: { authorization: 'Bearer [redacted]' },
      note: 'my pass word',
    })
    const clean = { any: ['thing', 1] }
    expect(redactorOf(long).output(clean)).toBe(clean)
  })

  it('learns further credentials', () => {
    const redactor = redactorOf('test-api-key-first')
    expect(redactor.output('test-api-key-other')).toBe('test-api-key-other')
    redactor.learn({ kind: 'bearer', token: 'test-api-key-other', fields: {} })
    expect(redactor.output('test-api-key-other test-api-key-first')).toBe('[redacted] [redacted]')
  })
})
