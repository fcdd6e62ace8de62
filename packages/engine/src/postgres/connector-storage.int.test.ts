import { setTimeout as delay } from 'node:timers/promises'
import postgres from 'postgres'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { storageScenarios } from '../conformance/index.js'
import type { CustomerId, TenantId, WorkflowId } from '../contracts/ids.js'
import { createPostgresConnectorStorage } from './connector-storage.js'
import { migrate } from './migrate.js'

const adminUrl = process.env['INLAY_TEST_DATABASE_URL']
const database = `connector_storage_${process.pid}_${Date.now()}`

function urlOf(name: string): string {
  const url = new URL(adminUrl ?? 'postgres://unset')
  url.pathname = `/${name}`
  return url.href
}

const PLACE = {
  tenantId: 'ten_1' as TenantId,
  customerId: 'cus_1' as CustomerId,
  workflowId: 'wf_1' as WorkflowId,
  connectorId: 'shop',
}

// Without a server there is nothing to test here; `pnpm test` provides one.
describe.skipIf(adminUrl === undefined)("connectors' stores in PostgreSQL", () => {
  const admin = postgres(adminUrl ?? '', { max: 1, onnotice: () => {} })
  // As hosts may have it: with the driver's own handling of types.
  const sql = postgres(urlOf(database), { max: 8, onnotice: () => {} })

  beforeAll(async () => {
    await admin.unsafe(`CREATE DATABASE ${database}`)
    await migrate(sql)
  })

  afterAll(async () => {
    await sql.end({ timeout: 2 })
    await admin.unsafe(`DROP DATABASE ${database} WITH (FORCE)`)
    await admin.end()
  })

  it.each(storageScenarios)('$name', async ({ check }) => {
    const storage = createPostgresConnectorStorage({ sql, maxKeys: 20 })
    await check({ storage, maxKeys: 20, pass: (ms) => delay(ms) })
  })

  it('lets an action try again when the database is away', async () => {
    const away = postgres('postgres://nobody@127.0.0.1:9/none', { max: 1, connect_timeout: 1, onnotice: () => {} })
    const { customer } = createPostgresConnectorStorage({ sql: away }).open(PLACE)
    await expect(customer.get('k')).rejects.toMatchObject({ kind: 'communication', retryable: true })
    await away.end({ timeout: 1 })
  })
})
