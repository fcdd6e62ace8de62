import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { CustomerId, TenantId } from '@inlay/engine'
import { createAuditLog } from '@inlay/platform/audit'
import { createTestDatabase, type TestDatabase } from '@inlay/platform/database/testing'
import { createEnvironmentKeyWrapper, createVault } from '@inlay/platform/vault'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const serverUrl = process.env['INLAY_TEST_DATABASE_URL']
const program = fileURLToPath(new URL('keys.ts', import.meta.url))
const k1 = randomBytes(32)
const k2 = randomBytes(32)
const pairOf = (id: string, key: Buffer): string => `${id}:${key.toString('base64')}`

describe.skipIf(serverUrl === undefined)('the command for master keys', () => {
  let test: TestDatabase
  const tenantId = 'ten_keys' as TenantId

  beforeAll(async () => {
    test = await createTestDatabase(serverUrl ?? '')
    const wrapper = createEnvironmentKeyWrapper({ current: 'k1', keys: new Map([['k1', k1]]) })
    const { database, admin } = test
    const vault = createVault({ database, wrapper, audit: createAuditLog(database) })
    await admin`INSERT INTO inlay.tenants (tenant_id, name, slug) VALUES (${tenantId}, 'T', 't')`
    for (const id of ['cus_a', 'cus_b', 'cus_c'] as CustomerId[]) {
      await admin`INSERT INTO inlay.customers (tenant_id, id, external_id, name) VALUES (${tenantId}, ${id}, ${id}, 'C')`
      await database.withTenant({ tenantId }, (sql) => vault.seal(sql, { tenantId, customerId: id, id: 'x' }, 'secret'))
    }
  })

  afterAll(() => test?.drop())

  async function keys(command: string, masterKeys: string): Promise<{ code: number; said: string }> {
    const child = spawn(process.execPath, ['--import', 'tsx', '--conditions=inlay-source', program, command], {
      env: {
        PATH: process.env['PATH'],
        DATABASE_URL: test.databaseUrl,
        ENGINE_DATABASE_URL: test.engineDatabaseUrl,
        REDIS_URL: 'redis://localhost:6379',
        INLAY_MASTER_KEY: masterKeys,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let said = ''
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (said += String(text)))
    const [code] = await once(child, 'close')
    return { code: Number(code), said: said.trim() }
  }

  it('says which master keys are needed, moves to a new one, and names what does not open', async () => {
    const both = `${pairOf('k2', k2)},${pairOf('k1', k1)}`
    expect(await keys('status', both)).toEqual({
      code: 0,
      said: 'In use now: k2\n  k1: 3 data keys (still needed)',
    })
    // Removed too early.
    const early = await keys('rewrap', pairOf('k2', k2))
    expect(early.code).toBe(1)
    expect(early.said).toContain('The data key of cus_a stays: The master key "k1" is not configured.')
    expect(await keys('rewrap', both)).toEqual({ code: 0, said: 'Re-wrapped: 3\nIn use now: k2\n  k2: 3 data keys' })
    expect((await keys('rewrap', pairOf('k2', k2))).said).toContain('Re-wrapped: 0')
    expect(await keys('rotate', both)).toMatchObject({ code: 2 })
  })
})
