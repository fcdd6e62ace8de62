import { createPublicKey, generateKeyPairSync, type KeyObject, randomUUID } from 'node:crypto'
import type { TenantId } from '@inlay/engine'
import { type JWTHeaderParameters, SignJWT } from 'jose'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createAuditLog } from '../audit/index.js'
import { createTestDatabase, type TestDatabase } from '../database/test-database.js'
import { createTenancyService, type TenancyService } from '../tenancy/index.js'
import { createEmbedService, type EmbedService } from './embed.js'
import { createSigningKeysService } from './signing-keys.js'

const serverUrl = process.env['INLAY_TEST_DATABASE_URL']
const AUDIENCE = 'https://automation.example.com'
const SHOP = 'https://shop.example'

describe.skipIf(serverUrl === undefined)('the exchange of embed tokens', () => {
  let test: TestDatabase
  let tenancy: TenancyService
  let embed: EmbedService
  let tenantId: TenantId
  let strangerId: TenantId
  let kid: string
  const own = generateKeyPairSync('ed25519')
  const strange = generateKeyPairSync('ed25519')
  let strangeKid: string
  let rsaKid: string
  const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 })

  beforeAll(async () => {
    test = await createTestDatabase(serverUrl ?? '')
    tenancy = createTenancyService(test.database)
    embed = createEmbedService({ database: test.database, tenancy, addresses: { basesOf: () => [AUDIENCE] } })
    const keys = createSigningKeysService(test.database, createAuditLog(test.database))
    const add = async (tenant: TenantId, key: KeyObject, algorithm: 'EdDSA' | 'RS256' = 'EdDSA') => {
      const publicKey = createPublicKey(key).export({ type: 'spki', format: 'pem' }).toString()
      return (await keys.createSigningKey({ tenantId: tenant }, { algorithm, publicKey })).signingKey.kid
    }
    tenantId = await tenancy.createTenant({ name: 'Shop', slug: 'shop', allowedOrigins: [SHOP] })
    strangerId = await tenancy.createTenant({ name: 'Other', slug: 'other', allowedOrigins: [] })
    kid = await add(tenantId, own.privateKey)
    rsaKid = await add(tenantId, rsa.privateKey, 'RS256')
    strangeKid = await add(strangerId, strange.privateKey)
  })

  afterAll(() => test.drop())

  interface Forgery {
    readonly header?: Partial<JWTHeaderParameters>
    readonly claims?: Readonly<Record<string, unknown>>
    readonly key?: KeyObject | Uint8Array
  }

  function sign({ header, claims, key }: Forgery = {}): Promise<string> {
    const now = Math.floor(Date.now() / 1000)
    const body = {
      iss: tenantId,
      aud: AUDIENCE,
      sub: 'u1',
      name: 'Kim',
      customer: 'c1',
      role: 'editor',
      jti: randomUUID(),
      iat: now,
      exp: now + 300,
      ...claims,
    }
    return new SignJWT(body)
      .setProtectedHeader({ alg: 'EdDSA', kid, typ: 'inlay-embed+jwt', ...header })
      .sign(key ?? own.privateKey)
  }

  it('gives a session of its customer, which is made when it is first seen', async () => {
    const { sessionToken, expiresAt, caller } = await embed.exchange(
      await sign({ claims: { customer_name: 'Acme' } }),
      SHOP,
    )
    expect(caller).toMatchObject({ kind: 'embed', endUser: { sub: 'u1', name: 'Kim', role: 'editor' } })
    const customer = await tenancy.getCustomer({ tenantId }, caller.scope.customerId ?? '')
    expect(customer).toMatchObject({ externalId: 'c1', name: 'Acme' })
    expect(await embed.callerOf(sessionToken)).toEqual(caller)
    expect(Date.parse(expiresAt) - Date.now()).toBeLessThanOrEqual(600_000)
    await test.admin`UPDATE inlay.embed_sessions SET expires_at = now()`
    expect(await embed.callerOf(sessionToken)).toBeNull()
  })

  it('takes RS256 from an RSA key', async () => {
    const token = await sign({ header: { alg: 'RS256', kid: rsaKid }, key: rsa.privateKey })
    expect((await embed.exchange(token, undefined)).caller.kind).toBe('embed')
  })

  it('accepts each token once, also of fifty at the same time', async () => {
    const token = await sign()
    const outcomes = await Promise.all(
      Array.from({ length: 50 }, () =>
        embed.exchange(token, SHOP).then(
          () => 'session',
          ({ code }) => code,
        ),
      ),
    )
    expect(outcomes.filter((outcome) => outcome === 'session')).toHaveLength(1)
    expect(new Set(outcomes)).toEqual(new Set(['session', 'embed.token_used']))
  })

  const now = Math.floor(Date.now() / 1000)
  it.each<[string, () => Forgery]>([
    ['another tenant as issuer', () => ({ claims: { iss: strangerId } })],
    ['a key of another tenant', () => ({ header: { kid: strangeKid }, key: strange.privateKey })],
    ['a key id that is none', () => ({ header: { kid: '../../x' } })],
    [
      'a key of its own in the header',
      () => ({ header: { jwk: strange.publicKey.export({ format: 'jwk' }) }, key: strange.privateKey }),
    ],
    ["an algorithm that is not its key's", () => ({ header: { alg: 'RS256' }, key: rsa.privateKey })],
    [
      'the public key as a shared secret',
      () => ({ header: { alg: 'HS256' }, key: own.publicKey.export({ type: 'spki', format: 'der' }) }),
    ],
    ['another type', () => ({ header: { typ: 'JWT' } })],
    ['another audience', () => ({ claims: { aud: 'https://elsewhere.example' } })],
    ['several audiences', () => ({ claims: { aud: [AUDIENCE, 'https://elsewhere.example'] } })],
    ['an hour to live', () => ({ claims: { exp: now + 3600 } })],
    ['no end', () => ({ claims: { exp: undefined } })],
    ['an end that is past', () => ({ claims: { iat: now - 400, exp: now - 100 } })],
    ['a birth in the future', () => ({ claims: { iat: now + 200, exp: now + 400 } })],
    ['no id', () => ({ claims: { jti: undefined } })],
    ['a role that is none', () => ({ claims: { role: 'owner' } })],
    ['no customer', () => ({ claims: { customer: '' } })],
  ])('refuses a token with %s', async (_what, forge) => {
    await expect(embed.exchange(await sign(forge()), SHOP)).rejects.toMatchObject({ code: 'embed.token_invalid' })
  })

  it('refuses a token without a signature, a cut one and none at all', async () => {
    const token = await sign()
    const [, payload = ''] = token.split('.')
    const unsigned = `${Buffer.from('{"alg":"none","typ":"inlay-embed+jwt"}').toString('base64url')}.${payload}.`
    for (const forged of [unsigned, token.slice(0, -4), '', 'a.b.c', 'x'.repeat(9000)]) {
      await expect(embed.exchange(forged, SHOP)).rejects.toMatchObject({ code: 'embed.token_invalid' })
    }
  })

  it('refuses a revoked key', async () => {
    const keys = createSigningKeysService(test.database, createAuditLog(test.database))
    const { signingKey, privateKey } = await keys.createSigningKey({ tenantId }, { algorithm: 'EdDSA' })
    await keys.revokeSigningKey({ tenantId }, signingKey.id)
    const { createPrivateKey } = await import('node:crypto')
    const token = await sign({ header: { kid: signingKey.kid }, key: createPrivateKey(privateKey ?? '') })
    await expect(embed.exchange(token, SHOP)).rejects.toMatchObject({ code: 'embed.token_invalid' })
  })

  it("lets only the tenant's origins in, and a token only narrow them", async () => {
    const denied = { code: 'embed.origin_denied' }
    await expect(embed.exchange(await sign(), 'https://evil.example')).rejects.toMatchObject(denied)
    await expect(
      embed.exchange(await sign({ claims: { origins: ['https://evil.example'] } }), 'https://evil.example'),
    ).rejects.toMatchObject(denied)
    await expect(embed.exchange(await sign({ claims: { origins: [] } }), SHOP)).rejects.toMatchObject(denied)
    expect(await embed.exchange(await sign({ claims: { origins: [SHOP] } }), SHOP)).toBeDefined()
  })

  it('keeps a token that was refused for its page good for the right one', async () => {
    const token = await sign()
    await expect(embed.exchange(token, 'https://evil.example')).rejects.toMatchObject({ code: 'embed.origin_denied' })
    expect(await embed.exchange(token, SHOP)).toBeDefined()
  })
})
