import { generateKeyPairSync } from 'node:crypto'
import { describeConnectorContract, runAction } from '@inlay/sdk/testing'
import { describe, expect, it } from 'vitest'
import { connector } from './index.js'

const withKey = (key: string) => ({ auth: { kind: 'custom' as const, fields: { key } } })
const run = (action: string, input: object, key?: string) =>
  runAction(connector, action, { input, ...(key === undefined ? {} : withKey(key)) })

describe('crypto', () => {
  it.each([
    ['sha256', 'hex', '2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824'],
    ['sha1', 'base64', 'qvTGHdzF6KLavt4PO0gs2a6pQ00='],
    ['md5', 'hex', '5d41402abc4b2a76b9719d911017c592'],
  ])('hashes with %s', async (algorithm, encoding, expected) => {
    expect(await run('hash', { text: 'hello', algorithm, encoding })).toEqual({ hash: expected })
  })

  // RFC 4231, test case 2.
  it('signs with a shared secret', async () => {
    const { sampleInput, sampleOutput } = connector.actions['hmac'] ?? {}
    expect(await run('hmac', sampleInput ?? {}, 'Jefe')).toEqual(sampleOutput)
  })

  it('says that a key is missing', async () => {
    await expect(run('hmac', { text: 'x' })).rejects.toMatchObject({ kind: 'authentication' })
  })

  it.each([
    ['uuid', {}, /^[0-9a-f]{8}-[0-9a-f]{4}-4/],
    ['token', { length: 16 }, /^[\w-]{22}$/],
    ['letters', { length: 12 }, /^[A-Za-z2-9]{12}$/],
    ['digits', { length: 6 }, /^\d{6}$/],
    ['number', { min: 3, max: 3 }, /^3$/],
  ])('makes a random %s', async (kind, more, expected) => {
    const { value } = (await run('random', { kind, ...more })) as { value: unknown }
    expect(String(value)).toMatch(expected)
  })

  it.each(['base64', 'base64url', 'hex', 'url'])('writes and reads %s', async (format) => {
    const text = 'größe ü/+ 👍'
    const { text: encoded } = (await run('base64', { text, format })) as { text: string }
    expect(encoded).not.toContain('ü')
    expect(await run('base64', { text: encoded, format, direction: 'decode' })).toEqual({ text })
  })

  it('says that what is encoded is not a text', async () => {
    const broken = run('base64', { text: '/w==', direction: 'decode' })
    await expect(broken).rejects.toMatchObject({ kind: 'validation' })
    await expect(run('base64', { text: '%', format: 'url', direction: 'decode' })).rejects.toMatchObject({
      kind: 'validation',
    })
  })
})

describe('JSON Web Tokens', () => {
  const pem = { type: 'spki', format: 'pem' } as const
  const privatePem = { type: 'pkcs8', format: 'pem' } as const
  const ec = generateKeyPairSync('ec', { namedCurve: 'P-256', publicKeyEncoding: pem, privateKeyEncoding: privatePem })
  const ed = generateKeyPairSync('ed25519', { publicKeyEncoding: pem, privateKeyEncoding: privatePem })

  it.each([
    ['HS256', 'a-secret-of-this-test-and-no-other', 'a-secret-of-this-test-and-no-other'],
    ['ES256', ec.privateKey, ec.publicKey],
    ['EdDSA', ed.privateKey, ed.publicKey],
  ])('signs and checks with %s', async (algorithm, signing, checking) => {
    const { token } = (await run('signJwt', { claims: { sub: 'kim', n: 1 }, algorithm }, signing)) as { token: string }
    expect(await run('verifyJwt', { token, algorithm }, checking)).toMatchObject({
      isValid: true,
      claims: { sub: 'kim', n: 1 },
    })
    expect(await run('verifyJwt', { token: `${token.slice(0, -4)}AAAA`, algorithm }, checking)).toMatchObject({
      isValid: false,
      claims: null,
    })
    expect(await run('verifyJwt', { token, algorithm, audience: 'others' }, checking)).toMatchObject({ isValid: false })
  })

  it('takes no other algorithm than the one that it was told', async () => {
    const unsigned = `${Buffer.from('{"alg":"none"}').toString('base64url')}.e30.`
    expect(await run('verifyJwt', { token: unsigned }, 'key')).toMatchObject({ isValid: false })
    // The attack that signs with a public key as if it were a shared secret.
    const { token } = (await run('signJwt', { claims: {}, algorithm: 'HS256' }, ec.publicKey)) as { token: string }
    expect(await run('verifyJwt', { token, algorithm: 'ES256' }, ec.publicKey)).toMatchObject({ isValid: false })
  })

  it('says that the key is of another kind', async () => {
    const signing = run('signJwt', { claims: {}, algorithm: 'RS256' }, 'a shared secret')
    await expect(signing).rejects.toMatchObject({ kind: 'authentication', detail: expect.stringContaining('PKCS #8') })
  })
})

describe('encryption', () => {
  it('reads what it wrote, with the same key and context alone', async () => {
    const { encrypted } = (await run('encrypt', { text: 'größe', context: 'kim' }, 'key')) as { encrypted: string }
    const again = (await run('encrypt', { text: 'größe', context: 'kim' }, 'key')) as { encrypted: string }
    expect(again.encrypted).not.toBe(encrypted)
    expect(await run('decrypt', { encrypted, context: 'kim' }, 'key')).toEqual({ text: 'größe' })
    for (const [given, context, key] of [
      [encrypted, 'lee', 'key'],
      [encrypted, 'kim', 'other'],
      [`${encrypted.slice(0, -2)}AA`, 'kim', 'key'],
      ['nonsense', 'kim', 'key'],
    ] as const) {
      await expect(run('decrypt', { encrypted: given, context }, key)).rejects.toMatchObject({ kind: 'validation' })
    }
  })
})

describeConnectorContract(connector, {
  describe,
  it,
  expect,
  exceptions: { decrypt: 'only what was encrypted with the same key can be read' },
})
