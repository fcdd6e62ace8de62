import { randomBytes } from 'node:crypto'
import type { TenantId } from '@inlay/engine'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../database/test-database.js'
import type { Caller } from '../identity/index.js'
import { createTenancyService } from '../tenancy/index.js'
import { createAnswerCipher } from '../vault/index.js'
import { once, type StoredAnswer } from './idempotency.js'

const serverUrl = process.env['INLAY_TEST_DATABASE_URL']

describe.skipIf(serverUrl === undefined)('once', () => {
  let test: TestDatabase
  let caller: Caller
  let done = 0
  const answers = createAnswerCipher({ current: 'k1', keys: new Map([['k1', randomBytes(32)]]) })

  beforeAll(async () => {
    test = await createTestDatabase(serverUrl ?? '')
    const tenancy = createTenancyService(test.database)
    const tenantId: TenantId = await tenancy.createTenant({ name: 'T', slug: 't', allowedOrigins: [] })
    caller = { kind: 'apiKey', id: 'key_1', scope: { tenantId }, permissions: [] }
  })

  afterAll(() => test.drop())

  const work = async (): Promise<StoredAnswer> => {
    done += 1
    return { status: 201, body: { text: 'a "quoted" \\ text', count: done } }
  }

  function send(key: string, input: unknown = {}, run = work, by: Caller = caller): Promise<StoredAnswer> {
    return once({ database: test.database, answers }, { caller: by, route: 'POST /v1/things', key, input }, run)
  }

  const newKey = (): string => randomBytes(8).toString('hex')

  it('gives the first answer again, byte for byte', async () => {
    const key = newKey()
    const first = await send(key, { a: 1 })
    const before = done
    expect(await send(key, { a: 1 })).toEqual(first)
    expect(done).toBe(before)
    await expect(send(key, { a: 2 })).rejects.toMatchObject({ code: 'idempotency.mismatch' })
  })

  it('keeps answers where nobody reads them: some hold a secret that is shown once', async () => {
    const key = newKey()
    const secret = { status: 201, body: { secret: 'test-canary-of-an-answer' } }
    await send(key, {}, async () => secret)
    const rows = await test.admin`SELECT to_jsonb(k)::text AS row FROM inlay.idempotency_keys k`
    expect(JSON.stringify(rows)).not.toContain('test-canary')
    expect(await send(key)).toEqual(secret)
    await test.admin`UPDATE inlay.idempotency_keys SET key = ${`${key}-2`} WHERE key = ${key}`
    await expect(send(`${key}-2`)).rejects.toMatchObject({ code: 'idempotency.unreadable' })
  })

  it('keeps callers apart', async () => {
    const key = newKey()
    const first = await send(key)
    expect(await send(key, {}, work, { ...caller, id: 'key_2' })).not.toEqual(first)
  })

  it('refuses a repetition while the first request is under way', async () => {
    const key = newKey()
    let release = (): void => {}
    const first = send(key, {}, () => new Promise((resolve) => (release = () => resolve({ status: 200, body: 1 }))))
    await expect.poll(() => test.admin`SELECT 1 FROM inlay.idempotency_keys WHERE key = ${key}`).toHaveLength(1)
    await expect(send(key)).rejects.toMatchObject({ code: 'idempotency.in_flight' })
    release()
    expect(await first).toEqual({ status: 200, body: 1 })
  })

  it('forgets a request that failed', async () => {
    const key = newKey()
    await expect(send(key, {}, () => Promise.reject(new Error('no')))).rejects.toThrow('no')
    expect(await send(key)).toMatchObject({ status: 201 })
  })

  it('frees a key whose process died, and one that is a day old', async () => {
    for (const [status, age] of [
      [null, '3 minutes'],
      [200, '25 hours'],
    ] as const) {
      const key = newKey()
      const { tenantId } = caller.scope
      await test.admin`INSERT INTO inlay.idempotency_keys (tenant_id, caller, route, key, request_hash, status, response, created_at)
        VALUES (${tenantId}, 'key_1', 'POST /v1/things', ${key}, 'other', ${status}, '1', now() - ${age}::interval)`
      expect(await send(key)).toMatchObject({ status: 201 })
    }
  })

  it('refuses a key that is too long', async () => {
    await expect(send('x'.repeat(256))).rejects.toMatchObject({ code: 'request.invalid' })
  })
})
