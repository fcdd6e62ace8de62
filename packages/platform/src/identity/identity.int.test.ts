import type { TenantId } from '@inlay/engine'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createAuditLog } from '../audit/index.js'
import { lookupOf } from '../database/index.js'
import { createTestDatabase, type TestDatabase } from '../database/test-database.js'
import { createTenancyService } from '../tenancy/index.js'
import { createApiKeysService } from './api-keys.js'
import { createIdentityService, createSessionStore, type IdentityService } from './index.js'

const serverUrl = process.env['INLAY_TEST_DATABASE_URL']
const PASSWORD = 'correct horse'
const DAY_MS = 86_400_000

describe.skipIf(serverUrl === undefined)('identity', () => {
  let test: TestDatabase
  let identity: IdentityService
  let tenantId: TenantId

  beforeAll(async () => {
    test = await createTestDatabase(serverUrl ?? '')
    identity = createIdentityService(test.database, createSessionStore(test.database), createAuditLog(test.database))
    tenantId = await createTenancyService(test.database).createTenant({
      name: 'Acme',
      slug: 'acme',
      allowedOrigins: [],
    })
    await identity.createMember(
      { tenantId },
      { email: 'Kim@acme.example', name: 'Kim', role: 'admin', password: PASSWORD },
    )
  })

  afterAll(() => test.drop())

  describe('sign-in', () => {
    it('finds a member by any spelling of the address and refuses all else alike', async () => {
      const { caller } = await identity.signIn(' kim@ACME.example ', PASSWORD)
      expect(caller).toMatchObject({
        kind: 'member',
        scope: { tenantId },
        member: { email: 'Kim@acme.example', role: 'admin' },
      })
      const refusal = { code: 'auth.invalid_credentials' }
      await expect(identity.signIn('kim@acme.example', 'wrong')).rejects.toMatchObject(refusal)
      await expect(identity.signIn('nobody@acme.example', PASSWORD)).rejects.toMatchObject(refusal)
      await expect(identity.signIn('kim@acme.example', 'x'.repeat(100_000))).rejects.toMatchObject(refusal)
    })

    it('keeps members of two tenants with one address apart by their passwords', async () => {
      const other = await createTenancyService(test.database).createTenant({ name: 'B', slug: 'b', allowedOrigins: [] })
      await identity.createMember(
        { tenantId: other },
        { email: 'kim@acme.example', name: 'K', role: 'viewer', password: 'other one' },
      )
      expect((await identity.signIn('kim@acme.example', 'other one')).caller.scope.tenantId).toBe(other)
      expect((await identity.signIn('kim@acme.example', PASSWORD)).caller.scope.tenantId).toBe(tenantId)
    })
  })

  describe('sessions', () => {
    const begin = async (): Promise<string> => (await identity.signIn('kim@acme.example', PASSWORD)).token

    it('belong to whoever holds the token, until it is revoked', async () => {
      const token = await begin()
      expect(await identity.memberOf(token)).toMatchObject({ kind: 'member', scope: { tenantId } })
      await identity.signOut(token)
      expect(await identity.memberOf(token)).toBeNull()
    })

    it.each(['', 'x', '%', 'a'.repeat(43), 'a'.repeat(5000), "' OR true --"])('are not found by %j', async (token) => {
      expect(await identity.memberOf(token)).toBeNull()
      await identity.signOut(token)
    })

    it('cannot be used by who reads the table', async () => {
      const token = await begin()
      const rows = await test.admin<{ lookup: string }[]>`SELECT lookup FROM inlay.member_sessions`
      expect(rows.some(({ lookup }) => lookup === lookupOf(token))).toBe(true)
      for (const { lookup } of rows) expect(await identity.memberOf(lookup)).toBeNull()
    })

    it('end after half a day without use', async () => {
      const token = await begin()
      await test.admin`UPDATE inlay.member_sessions SET expires_at = now() - interval '1 second' WHERE lookup = ${lookupOf(token)}`
      expect(await identity.memberOf(token)).toBeNull()
    })

    it('are prolonged by use, and end after seven days all the same', async () => {
      const token = await begin()
      const lookup = lookupOf(token)
      await test.admin`UPDATE inlay.member_sessions SET expires_at = now() + interval '1 hour' WHERE lookup = ${lookup}`
      await identity.memberOf(token)
      const [row] =
        await test.admin`SELECT expires_at > now() + interval '11 hours' AS prolonged FROM inlay.member_sessions WHERE lookup = ${lookup}`
      expect(row?.['prolonged']).toBe(true)
      const aWeekOn = createSessionStore(test.database, () => Date.now() + 7 * DAY_MS + 1)
      expect(await aWeekOn.check(token)).toBeUndefined()
      expect(await identity.memberOf(token)).toBeNull()
    })

    it('end when the password is changed or the member goes', async () => {
      const id = await identity.createMember(
        { tenantId },
        { email: 'lee@acme.example', name: 'Lee', role: 'viewer', password: PASSWORD },
      )
      const first = (await identity.signIn('lee@acme.example', PASSWORD)).token
      await identity.setPassword({ tenantId }, id, 'another')
      expect(await identity.memberOf(first)).toBeNull()
      const second = (await identity.signIn('lee@acme.example', 'another')).token
      await test.admin`DELETE FROM inlay.members WHERE id = ${id}`
      expect(await identity.memberOf(second)).toBeNull()
    })
  })

  describe('API keys', () => {
    it('are found out by their checksum without asking the database', async () => {
      const { secret } = await identity.createApiKey({ tenantId }, { name: 'k', scopes: ['*'] })
      const withLookup = () => Promise.reject(new Error('The database was asked.'))
      const closed = createApiKeysService({ ...test.database, withLookup }, createAuditLog(test.database))
      const wrong = secret.slice(0, -1) + (secret.endsWith('0') ? '1' : '0')
      for (const key of [wrong, secret.slice(1), `${secret}0`, secret.toUpperCase(), 'ink_live_']) {
        expect(await closed.apiKeyCaller(key)).toBeNull()
      }
      await expect(closed.apiKeyCaller(secret)).rejects.toThrow('The database was asked.')
    })

    it('carry their scopes, and are stored as hashes', async () => {
      const { apiKey, secret } = await identity.createApiKey(
        { tenantId },
        { name: 'runs', scopes: ['runs:read', 'gone:read'] },
      )
      expect(await identity.apiKeyCaller(secret)).toMatchObject({
        id: apiKey.id,
        scope: { tenantId },
        permissions: ['runs:read'],
      })
      expect(secret.startsWith(apiKey.prefix)).toBe(true)
      const [row] = await test.admin`SELECT k::text AS text FROM inlay.api_keys k WHERE id = ${apiKey.id}`
      expect(row?.['text']).not.toContain(secret.slice(apiKey.prefix.length + 1))
      const listed = await identity.listApiKeys({ tenantId })
      expect(listed.find(({ id }) => id === apiKey.id)?.lastUsedAt).not.toBeNull()
    })

    it('are recorded with what makes, uses and revokes them, and not without', async () => {
      const by = { actor: { kind: 'member' as const, id: 'mem_1' } }
      const { apiKey, secret } = await identity.createApiKey({ tenantId, by }, { name: 'a', scopes: ['*'] })
      await identity.apiKeyCaller(secret)
      await identity.apiKeyCaller(secret)
      await identity.revokeApiKey({ tenantId, by }, apiKey.id)
      const records = await test.admin`
        SELECT action, actor_kind, actor_id FROM inlay.audit_log WHERE target_id = ${apiKey.id} ORDER BY id`
      expect(records).toEqual([
        { action: 'api_key.created', actor_kind: 'member', actor_id: 'mem_1' },
        { action: 'api_key.used', actor_kind: 'apiKey', actor_id: apiKey.id },
        { action: 'api_key.revoked', actor_kind: 'member', actor_id: 'mem_1' },
      ])
      const away = { record: () => Promise.reject(new Error('It cannot be recorded.')) }
      const unrecorded = createApiKeysService(test.database, away)
      await expect(unrecorded.createApiKey({ tenantId }, { name: 'never', scopes: ['*'] })).rejects.toThrow('recorded')
      const unused = (await identity.createApiKey({ tenantId }, { name: 'unused', scopes: ['*'] })).secret
      await expect(unrecorded.apiKeyCaller(unused)).rejects.toThrow('recorded')
      const names = (await identity.listApiKeys({ tenantId })).map(({ name }) => name)
      expect(names).not.toContain('never')
    })

    it('stop working when they are revoked or have expired', async () => {
      const { apiKey, secret } = await identity.createApiKey({ tenantId }, { name: 'r', scopes: ['*'] })
      expect(await identity.apiKeyCaller(secret)).not.toBeNull()
      await identity.revokeApiKey({ tenantId }, apiKey.id)
      expect(await identity.apiKeyCaller(secret)).toBeNull()
      await expect(identity.revokeApiKey({ tenantId }, apiKey.id)).rejects.toMatchObject({ code: 'api_key.not_found' })
      const expired = await identity.createApiKey(
        { tenantId },
        { name: 'e', scopes: ['*'], expiresAt: '2020-01-01T00:00:00Z' },
      )
      expect(await identity.apiKeyCaller(expired.secret)).toBeNull()
    })
  })

  describe('signing keys', () => {
    it('are made here on demand, the private half given once', async () => {
      const { signingKey, privateKey } = await identity.createSigningKey({ tenantId }, { algorithm: 'EdDSA' })
      expect([signingKey.publicKey, privateKey]).toEqual([
        expect.stringContaining('BEGIN PUBLIC KEY'),
        expect.stringContaining('BEGIN PRIVATE KEY'),
      ])
      const [row] = await test.admin`SELECT k::text AS text FROM inlay.signing_keys k WHERE id = ${signingKey.id}`
      expect(row?.['text']).not.toContain('PRIVATE')
    })

    it('must be public and of their algorithm', async () => {
      const { signingKey, privateKey } = await identity.createSigningKey({ tenantId }, { algorithm: 'EdDSA' })
      const offers = [
        { algorithm: 'RS256', publicKey: signingKey.publicKey },
        { algorithm: 'EdDSA', publicKey: privateKey ?? '' },
        { algorithm: 'EdDSA', publicKey: 'no key' },
      ] as const
      for (const offer of offers) {
        await expect(identity.createSigningKey({ tenantId }, offer)).rejects.toMatchObject({
          code: 'signing_key.invalid',
        })
      }
    })
  })
})
