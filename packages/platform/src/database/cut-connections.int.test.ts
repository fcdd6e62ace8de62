import { setTimeout as delay } from 'node:timers/promises'
import type { TenantId } from '@inlay/engine'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { isUnavailable } from './errors.js'
import { createTestDatabase, type TestDatabase } from './test-database.js'

const serverUrl = process.env['INLAY_TEST_DATABASE_URL']
const TENANTS = 20

/** What the patched driver must do; see `patches/` and the comment in `pnpm-workspace.yaml`. */
describe.skipIf(serverUrl === undefined)('transactions whose connections are cut', () => {
  let test: TestDatabase
  const tenants = Array.from({ length: TENANTS }, (_, index) => `ten_${index}` as TenantId)

  beforeAll(async () => {
    test = await createTestDatabase(serverUrl ?? '')
    for (const tenant of tenants) await test.admin`INSERT INTO inlay.tenants VALUES (${tenant}, 'T', ${tenant})`
  })

  afterAll(() => test.drop())

  /** Three rows or none: with pauses in which a cut finds the transaction between two statements. */
  async function addThree(tenantId: TenantId, name: string): Promise<'added' | 'unavailable'> {
    const insert = (part: number) => (sql: Parameters<Parameters<typeof test.database.withTenant>[1]>[0]) =>
      sql`INSERT INTO inlay.customers (tenant_id, id, external_id, name)
        VALUES (${tenantId}, ${`cus_${name}_${part}`}, ${`${name}_${part}`}, ${name})`
    try {
      await test.database.withTenant({ tenantId }, async (sql) => {
        await insert(1)(sql)
        await delay(2)
        await Promise.all([insert(2)(sql), sql`SELECT count(*) FROM inlay.customers`])
        await insert(3)(sql)
      })
      return 'added'
    } catch (error) {
      if (isUnavailable(error)) return 'unavailable'
      throw error
    }
  }

  it('happen wholly or not at all, in their own scope, and the pool goes on', async () => {
    const outcomes: string[] = []
    let isAdding = true
    const cutting = (async () => {
      // Some go through however slow the machine is.
      for (let cuts = 0; isAdding && cuts < 30; cuts++) {
        await test.admin`SELECT pg_terminate_backend(pid) FROM pg_stat_activity
          WHERE datname = current_database() AND usename = 'inlay_app'`
        await delay(15)
      }
    })()
    const adding = tenants.map(async (tenant, index) => {
      for (let round = 0; round < 20; round++) outcomes.push(await addThree(tenant, `${index}_${round}`))
    })
    await Promise.all(adding)
    isAdding = false
    await cutting
    expect(new Set(outcomes)).toEqual(new Set(['added', 'unavailable']))
    const torn = await test.admin`SELECT name FROM inlay.customers GROUP BY name HAVING count(*) <> 3`
    expect([...torn]).toEqual([])
    const astray =
      await test.admin`SELECT name FROM inlay.customers WHERE tenant_id <> 'ten_' || split_part(name, '_', 1)`
    expect([...astray]).toEqual([])
    const [row] = await test.admin`SELECT count(*)::int AS n FROM inlay.customers`
    expect(row?.['n']).toBeGreaterThanOrEqual(3 * outcomes.filter((outcome) => outcome === 'added').length)
    for (const [index, tenant] of tenants.entries()) expect(await addThree(tenant, `${index}_after`)).toBe('added')
  })

  it('leave the pool able to reserve a connection, also as the first thing on a new one', async () => {
    const { engine } = test.database
    await test.admin`SELECT pg_terminate_backend(pid) FROM pg_stat_activity
      WHERE datname = current_database() AND usename = 'inlay_engine'`
    for (let round = 0; round < 3; round++) {
      const { reserved, pid } = await reserveLiving()
      await test.admin`SELECT pg_terminate_backend(${pid})`
      const outcome = await reserved`SELECT 1`.then(
        () => undefined,
        (error: unknown) => error,
      )
      expect(isUnavailable(outcome)).toBe(true)
      reserved.release()
    }

    /** A reset is seen before the socket closes: until then the pool may still hand the connection out. */
    async function reserveLiving() {
      for (;;) {
        const reserved = await engine.reserve()
        try {
          const [row] = await reserved`SELECT pg_backend_pid() AS pid`
          return { reserved, pid: Number(row?.['pid']) }
        } catch (error) {
          reserved.release()
          if (!isUnavailable(error)) throw error
        }
      }
    }
  })
})
