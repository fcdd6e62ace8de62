import { Webhook } from 'standardwebhooks'
import { describe, expect, it } from 'vitest'
import { sign, verify } from './index.js'

const secrets = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'
const body = '{"test": 2432232314}'
const id = 'msg_p5jXN8AQM9LWM0D4loKWxJek'
const timestamp = 1614265330
const nowMs = timestamp * 1000
const vector = 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE='
const headers = (more: Record<string, string> = {}): Record<string, string> => ({
  'webhook-id': id,
  'webhook-timestamp': String(timestamp),
  'webhook-signature': vector,
  ...more,
})

describe('webhook signatures', () => {
  it('agree with the vector of the specification', () => {
    expect(sign(body, { secret: secrets, id, timestamp })['webhook-signature']).toBe(vector)
    expect(verify(body, headers(), { secrets, nowMs })).toMatchObject({ ok: true, id })
  })

  it('agree with the reference library, both ways', () => {
    const reference = new Webhook(secrets)
    const signed = sign(body, { secret: secrets, id })
    expect(reference.verify(body, signed)).toEqual({ test: 2432232314 })
    const now = new Date()
    const theirs = {
      'webhook-id': id,
      'webhook-timestamp': String(Math.floor(now.getTime() / 1000)),
      'webhook-signature': reference.sign(id, now, body),
    }
    expect(verify(body, theirs, { secrets }).ok).toBe(true)
  })

  it.each<[string, string, Record<string, string>, string]>([
    ['one byte changed', `${body} `, headers(), 'signature_mismatch'],
    ['a part of a signature', body, headers({ 'webhook-signature': vector.slice(0, 8) }), 'signature_mismatch'],
    ['an empty signature', body, headers({ 'webhook-signature': 'v1,' }), 'signature_mismatch'],
    ['another scheme', body, headers({ 'webhook-signature': vector.replace('v1', 'v1a') }), 'signature_mismatch'],
    ['a dot in the id', body, headers({ 'webhook-id': 'a.1' }), 'malformed_headers'],
    ['an odd timestamp', body, headers({ 'webhook-timestamp': '1e9' }), 'malformed_headers'],
    ['a space before the timestamp', body, headers({ 'webhook-timestamp': ' 1614265330' }), 'malformed_headers'],
    ['an old timestamp', body, headers({ 'webhook-timestamp': String(timestamp - 301) }), 'outside_tolerance'],
    ['a future timestamp', body, headers({ 'webhook-timestamp': String(timestamp + 301) }), 'outside_tolerance'],
    ['no headers', body, {}, 'missing_headers'],
  ])('refuse %s', (_name, text, given, reason) => {
    expect(verify(text, given, { secrets, nowMs })).toEqual({ ok: false, reason })
  })

  it('accept one good signature among several, any of several secrets, bytes, and any kind of headers', () => {
    const several = headers({ 'webhook-signature': `v1,AAAA v1a,xx ${vector}` })
    const old = `whsec_${Buffer.alloc(24, 7).toString('base64')}`
    expect(verify(Buffer.from(body), new Headers(several), { secrets: [old, secrets], nowMs }).ok).toBe(true)
  })

  it.each(['whsec_', 'whsec_AAAA', ''])('need a real secret, not "%s"', (secret) => {
    expect(() => verify(body, headers(), { secrets: secret, nowMs })).toThrow('24 to 64 bytes')
  })

  it('say when the body was parsed before', () => {
    expect(() => verify({} as never, headers(), { secrets, nowMs })).toThrow('raw text or bytes')
  })
})
