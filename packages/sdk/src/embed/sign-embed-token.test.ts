import { exportJWK, exportPKCS8, generateKeyPair, jwtVerify } from 'jose'
import { describe, expect, it } from 'vitest'
import { type EmbedTokenOptions, signEmbedToken } from './index.js'

const pair = await generateKeyPair('EdDSA', { extractable: true })
const options: EmbedTokenOptions = {
  signingKey: await exportPKCS8(pair.privateKey),
  keyId: 'k1',
  tenantId: `ten_${'0'.repeat(32)}`,
  audience: 'https://automation.example.com',
  user: { sub: 'u1', name: 'Kim' },
  customer: { externalId: 'c1' },
}

describe('signEmbedToken', () => {
  it('makes a token with the claims that the control plane asks for', async () => {
    const { payload, protectedHeader } = await jwtVerify(await signEmbedToken(options), pair.publicKey)
    expect(protectedHeader).toEqual({ alg: 'EdDSA', kid: 'k1', typ: 'inlay-embed+jwt' })
    expect(payload).toMatchObject({
      iss: options.tenantId,
      aud: options.audience,
      sub: 'u1',
      name: 'Kim',
      customer: 'c1',
      role: 'editor',
    })
    expect((payload.exp ?? 0) - (payload.iat ?? 0)).toBe(300)
    expect(payload.jti).toMatch(/^[0-9a-f-]{36}$/)
  })

  it('takes RSA keys and JWKs', async () => {
    const rsa = await generateKeyPair('RS256', { extractable: true })
    const token = await signEmbedToken({ ...options, signingKey: await exportJWK(rsa.privateKey) })
    expect((await jwtVerify(token, rsa.publicKey)).protectedHeader.alg).toBe('RS256')
  })

  it.each<[string, Partial<EmbedTokenOptions>, RegExp]>([
    ['a long life', { expiresInSeconds: 301 }, /1 to 300/],
    ['no user', { user: { sub: '' } }, /user.sub/],
    ['a key that is none', { signingKey: 'secret' }, /private Ed25519 or RSA key/],
    ['another tenant id', { tenantId: 'acme' }, /ten_/],
  ])('refuses %s', async (_name, more, message) => {
    await expect(signEmbedToken({ ...options, ...more })).rejects.toThrow(message)
  })
})
