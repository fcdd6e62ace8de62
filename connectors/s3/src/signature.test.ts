import { describe, expect, it } from 'vitest'
import { presign, signHeaders } from './signature.js'

/** The credentials of the examples in Amazon's own documentation of Signature Version 4. */
const key = {
  accessKeyId: ['AKIA', 'IOSFODNN7', 'EXAMPLE'].join(''),
  secretAccessKey: ['wJalrXUtnFEMI', 'K7MDENG', 'bPxRfiCYEXAMPLEKEY'].join('/'),
  region: 'us-east-1',
}
const at = new Date('2013-05-24T00:00:00Z')
const url = 'https://examplebucket.s3.amazonaws.com'
const base = { method: 'GET', url: `${url}/`, query: [], headers: {}, body: '', at }

describe('signatures', () => {
  it.each([
    [
      'a part of an object',
      { url: `${url}/test.txt`, headers: { Range: 'bytes=0-9' } },
      'f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41',
    ],
    [
      'a parameter without value',
      { query: [['lifecycle', '']] as const },
      'fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543',
    ],
    [
      'a list',
      { query: [['prefix', 'J'] as const, ['max-keys', '2'] as const] },
      '34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7',
    ],
  ])('are those of the documentation for %s', (_, request, signature) => {
    const { headers } = signHeaders({ ...base, ...request }, key)
    expect(headers.authorization).toMatch(new RegExp(`Signature=${signature}$`))
  })

  it('of addresses are those of the documentation', () => {
    const signed = presign({ method: 'GET', url: `${url}/test.txt`, at, expiresInSeconds: 86_400 }, key)
    expect(new URL(signed).searchParams.get('X-Amz-Signature')).toBe(
      'aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404',
    )
  })

  it('cover the token of temporary credentials', () => {
    const { headers } = signHeaders(base, { ...key, sessionToken: 'test-token' })
    expect(headers).toMatchObject({ 'x-amz-security-token': 'test-token' })
    expect(headers.authorization).toContain('x-amz-security-token')
  })
})
