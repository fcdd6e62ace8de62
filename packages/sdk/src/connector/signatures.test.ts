import { createHmac } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isHmacValid, isRecent, isSameText } from './signatures.js'

const algorithms = fc.constantFrom('sha1' as const, 'sha256' as const, 'sha512' as const)
const encodings = fc.constantFrom('hex' as const, 'base64' as const, 'base64url' as const)

describe('isHmacValid', () => {
  it('takes what was signed with the secret, and nothing else', () => {
    const signed = fc.record({
      secret: fc.string({ minLength: 1 }),
      content: fc.uint8Array(),
      algorithm: algorithms,
      encoding: encodings,
    })
    fc.assert(
      fc.property(signed, fc.string({ minLength: 1 }), fc.uint8Array(), (given, otherSecret, otherContent) => {
        const { secret, content, algorithm, encoding } = given
        const signature = createHmac(algorithm, secret).update(content).digest(encoding)
        expect(isHmacValid({ ...given, signature })).toBe(true)
        expect(isHmacValid({ ...given, signature: signature.slice(1) })).toBe(false)
        expect(isHmacValid({ ...given, signature: `${signature}x` })).toBe(false)
        if (otherSecret !== secret) expect(isHmacValid({ ...given, secret: otherSecret, signature })).toBe(false)
        if (Buffer.compare(otherContent, content) !== 0) {
          expect(isHmacValid({ ...given, content: otherContent, signature })).toBe(false)
        }
      }),
    )
  })

  it('refuses a missing signature, and everything without a secret', () => {
    const content = 'x'
    const signature = createHmac('sha256', '').update(content).digest('hex')
    expect(isHmacValid({ secret: 's', content, signature: undefined })).toBe(false)
    expect(isHmacValid({ secret: '', content, signature })).toBe(false)
    expect(isHmacValid({ secret: new Uint8Array(), content, signature })).toBe(false)
  })

  it('takes hexadecimal letters of either case, and no other encoding that way', () => {
    const content = 'x'
    const sign = (encoding: 'hex' | 'base64') => createHmac('sha256', 's').update(content).digest(encoding)
    const hex = sign('hex').toUpperCase()
    const base64 = sign('base64').toLowerCase()
    expect(isHmacValid({ secret: 's', content, signature: hex })).toBe(true)
    expect(isHmacValid({ secret: 's', content, signature: base64, encoding: 'base64' })).toBe(false)
  })
})

it('isSameText compares any two texts', () => {
  const texts = fc.tuple(fc.string(), fc.string())
  fc.assert(
    fc.property(texts, ([a, b]) => {
      expect(isSameText(a, b)).toBe(a === b)
      expect(isSameText(a, a)).toBe(true)
    }),
  )
  expect(isSameText('a', undefined)).toBe(false)
})

it.each<[number, boolean]>([
  [1_000_000, true],
  [700_000, true],
  [699_999, false],
  [1_300_001, false],
  [Number.NaN, false],
])('isRecent says of something sent at %i: %s', (sentAtMs, expected) => {
  expect(isRecent({ sentAtMs, now: 1_000_000 })).toBe(expected)
})
