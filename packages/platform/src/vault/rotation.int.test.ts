import { randomBytes } from 'node:crypto'
import type { ConnectionId, Connector, CustomerId, TenantId } from '@inlay/engine'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createAuditLog } from '../audit/index.js'
import { createConnectorRegistry } from '../catalog/index.js'
import { ConnectionStore, createConnectionsService } from '../connections/index.js'
import { type Database, openDatabase } from '../database/index.js'
import { createTestDatabase, type TestDatabase } from '../database/test-database.js'
import { createLogger } from '../telemetry/index.js'
import { createEnvironmentKeyWrapper, createKeyRotation, createVault, type KeyWrapper, startKeyLoop } from './index.js'
import { SEALED_COLUMNS } from './sealed-columns.js'

const serverUrl = process.env['INLAY_TEST_DATABASE_URL']
const CUSTOMERS = 40
const k1 = randomBytes(32)
const k2 = randomBytes(32)
const keysBefore = createEnvironmentKeyWrapper({ current: 'k1', keys: new Map([['k1', k1]]) })
const keysDuring = createEnvironmentKeyWrapper({
  current: 'k2',
  keys: new Map([
    ['k2', k2],
    ['k1', k1],
  ]),
})
const keysAfter = createEnvironmentKeyWrapper({ current: 'k2', keys: new Map([['k2', k2]]) })

const shop: Connector = {
  id: 'shop',
  version: '1.0.0',
  name: 'Shop',
  description: 'A shop.',
  categories: [],
  connection: 'required',
  auth: [{ id: 'key', name: 'Key', kind: 'apiKey' }],
  actions: {},
  triggers: {},
}

/** What a process has: its own pool, its own master keys, its own memory of opened keys. */
function createProcess(database: Database, wrapper: KeyWrapper) {
  const audit = createAuditLog(database)
  const vault = createVault({ database, wrapper, audit })
  const out = () => Promise.reject(new Error('Nothing is called here.'))
  const connections = createConnectionsService({
    store: new ConnectionStore(database),
    registry: createConnectorRegistry([{ id: 'shop', version: '1.0.0', load: async () => ({ connector: shop }) }]),
    vault,
    audit,
    http: { request: out },
    net: { connect: out },
    log: createLogger({ level: 'silent', service: 'test' }),
  })
  return { connections, audit, vault, rotation: createKeyRotation({ database, wrapper, audit }) }
}

describe.skipIf(serverUrl === undefined)('rotation of keys', () => {
  let test: TestDatabase
  let other: Database
  const tenantId = 'ten_rotation' as TenantId

  beforeAll(async () => {
    test = await createTestDatabase(serverUrl ?? '')
    other = openDatabase({
      databaseUrl: test.databaseUrl,
      engineDatabaseUrl: test.engineDatabaseUrl,
      maxConnections: 4,
    })
    await test.admin`INSERT INTO inlay.tenants (tenant_id, name, slug) VALUES (${tenantId}, 'T', 't')`
  })

  afterAll(async () => {
    await other?.close()
    await test?.drop()
  })

  async function addCustomers(prefix: string): Promise<CustomerId[]> {
    const ids = Array.from({ length: CUSTOMERS }, (_, index) => `cus_${prefix}${index}` as CustomerId)
    for (const id of ids) {
      await test.admin`INSERT INTO inlay.customers (tenant_id, id, external_id, name) VALUES (${tenantId}, ${id}, ${id}, 'C')`
    }
    return ids
  }

  const secretOf = (auth: object): unknown => ('apiKey' in auth ? auth.apiKey : undefined)

  it('moves all data keys to a new master key under reads and writes of two processes, and then needs the old one no more', async () => {
    const customers = await addCustomers('a')
    const first = createProcess(test.database, keysBefore)
    const made = await Promise.all(
      customers.map(async (customerId) => {
        const scope = { tenantId, customerId }
        const given = { customerId, connector: 'shop', name: 'x', values: { apiKey: `secret of ${customerId}` } }
        return { scope, id: (await first.connections.create(scope, given)).id as ConnectionId }
      }),
    )
    await test.database.withTenant({ tenantId }, async (sql) => {
      const place = { tenantId, id: 'app-events/shop' }
      const sealed = await first.vault.seal(sql, place, 'of the tenant')
      await sql`INSERT INTO inlay.app_event_endpoints (tenant_id, connector, token, lookup, settings, secret)
        VALUES (${tenantId}, 'shop', 't', 'l', '{}', ${sealed ?? null})`
    })
    const writer = createProcess(test.database, keysDuring)
    const reader = createProcess(other, keysDuring)
    expect(await writer.rotation.status()).toEqual({ current: 'k2', usage: [{ keyId: 'k1', dataKeys: CUSTOMERS + 1 }] })

    let isOver = false
    let reads = 0
    const reading = (async () => {
      while (!isOver) {
        for (const { scope, id } of made) {
          expect(secretOf(await reader.connections.credentials.open(scope, id, 'shop'))).toMatch(/^(secret|new) of/)
          reads += 1
        }
      }
    })()
    const writing = (async () => {
      for (const { scope, id } of made) {
        await writer.connections.update(scope, id, { values: { apiKey: `new of ${scope.customerId}` } })
      }
    })()
    const [one, two] = await Promise.all([writer.rotation.rewrap({ batch: 7 }), reader.rotation.rewrap({ batch: 5 })])
    await writing
    isOver = true
    await reading
    expect([one.failures, two.failures]).toEqual([[], []])
    // Each key by one of them.
    expect(one.rewrapped + two.rewrapped).toBe(CUSTOMERS + 1)
    expect(reads).toBeGreaterThan(CUSTOMERS)
    expect(await writer.rotation.status()).toEqual({ current: 'k2', usage: [{ keyId: 'k2', dataKeys: CUSTOMERS + 1 }] })

    const last = createProcess(test.database, keysAfter)
    for (const { scope, id } of made) {
      const auth = await last.connections.credentials.open(scope, id, 'shop')
      expect(secretOf(auth)).toBe(`new of ${scope.customerId}`)
    }
    const records = await last.audit.list({ tenantId }, { limit: 100, action: 'key.rewrapped' })
    expect(records.data).toHaveLength(CUSTOMERS + 1)
    expect(records.data[0]).toMatchObject({ details: { from: 'k1', to: 'k2' } })
  })

  it('goes on where a process stopped, and past a key that does not open', async () => {
    const customers = await addCustomers('b')
    const first = createProcess(test.database, keysBefore)
    for (const customerId of customers) {
      const given = { customerId, connector: 'shop', name: 'x', values: { apiKey: 'x' } }
      await first.connections.create({ tenantId, customerId }, given)
    }
    const [broken] = customers
    await test.admin`UPDATE inlay.customers SET data_key = set_byte(data_key, 40, get_byte(data_key, 40) # 1) WHERE id = ${broken ?? ''}`
    const { rotation } = createProcess(test.database, keysDuring)
    let left = 10
    const stopped = await rotation.rewrap({ batch: 3, isStopping: () => left-- <= 0 })
    expect(stopped).toMatchObject({ rewrapped: 9, failures: [{ owner: { tenantId, customerId: broken } }] })
    const rest = await rotation.rewrap()
    expect(rest.rewrapped).toBe(CUSTOMERS - 10)
    expect(rest.failures).toHaveLength(1)
    expect(await rotation.rewrap()).toMatchObject({ rewrapped: 0 })
    await test.admin`DELETE FROM inlay.customers WHERE id = ${broken ?? ''}`
  })

  it('is done by the leader without being asked', async () => {
    await createProcess(test.database, keysBefore).rotation.rewrap()
    const { rotation } = createProcess(test.database, keysDuring)
    const log = createLogger({ level: 'silent', service: 'test' })
    const leader = { isLeader: async () => true, resign: async () => undefined }
    const loop = startKeyLoop({ rotation, leader, log, pauseMs: 5 })
    await expect.poll(async () => (await rotation.status()).usage.map(({ keyId }) => keyId)).toEqual(['k2'])
    await loop.stop()
  })

  it('gives a customer a new data key under reads, and destroys the one before once nobody needs it', async () => {
    const [customerId] = await addCustomers('c')
    if (customerId === undefined) throw new Error('No customer.')
    const scope = { tenantId, customerId }
    const here = createProcess(test.database, keysDuring)
    const there = createProcess(other, keysDuring)
    await expect(here.rotation.rotate(scope, scope)).rejects.toMatchObject({ code: 'key.none' })
    const ids: ConnectionId[] = []
    for (let index = 0; index < 5; index++) {
      const given = { customerId, connector: 'shop', name: 'x', values: { apiKey: `secret ${index}` } }
      ids.push((await here.connections.create(scope, given)).id as ConnectionId)
    }
    const keyOf = async () =>
      (await test.admin`SELECT data_key, former_data_key FROM inlay.customers WHERE id = ${customerId}`)[0]
    const [stale] = await test.admin`SELECT secret FROM inlay.connections WHERE id = ${ids[0] ?? ''}`
    const reads = Array.from({ length: 40 }, (_, index) => {
      const id = ids[index % 5]
      return id === undefined ? undefined : there.connections.credentials.open(scope, id, 'shop')
    })
    const changes = ids.map((id, index) =>
      there.connections.update(scope, id, { values: { apiKey: `secret ${index}` } }),
    )
    expect(await here.rotation.rotate(scope, scope)).toEqual({ secrets: 5 })
    for (const [index, auth] of (await Promise.all(reads)).entries()) {
      expect(secretOf(auth ?? {})).toBe(`secret ${index % 5}`)
    }
    await Promise.all(changes)
    const during = await keyOf()
    expect(during?.['former_data_key']).not.toBeNull()
    // Read before, opened after: the former key is there for that.
    const place = { ...scope, id: ids[0] ?? '' }
    expect(await there.vault.open(place, stale?.['secret'])).toContain('secret 0')
    await expect(here.rotation.rotate(scope, scope)).rejects.toMatchObject({ code: 'key.recently_rotated' })

    expect(await here.rotation.forgetFormerKeys()).toBe(0)
    expect(await here.rotation.forgetFormerKeys({ keptMs: -1000 })).toBe(1)
    expect(await keyOf()).toEqual({ data_key: during?.['data_key'], former_data_key: null })
    await expect(there.vault.open(place, stale?.['secret'])).rejects.toThrow('belongs elsewhere')
    for (const [index, id] of ids.entries()) {
      expect(secretOf(await there.connections.credentials.open(scope, id, 'shop'))).toBe(`secret ${index}`)
    }
  })

  it('gives the tenant itself a new data key', async () => {
    const { rotation, vault } = createProcess(test.database, keysDuring)
    expect(await rotation.rotate({ tenantId }, { tenantId })).toEqual({ secrets: 1 })
    const [row] = await test.admin`SELECT secret FROM inlay.app_event_endpoints WHERE tenant_id = ${tenantId}`
    await rotation.forgetFormerKeys({ keptMs: -1000 })
    expect(await vault.open({ tenantId, id: 'app-events/shop' }, row?.['secret'])).toBe('of the tenant')
  })

  it('knows every column that a data key seals', async () => {
    const columns = await test.admin<{ name: string }[]>`
      SELECT c.relname || '.' || a.attname AS name FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
      WHERE c.relnamespace = 'inlay'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition
        AND a.atttypid = 'bytea'::regtype AND a.attnum > 0 AND NOT a.attisdropped AND a.attname NOT LIKE '%data_key'`
    const known = SEALED_COLUMNS.map(({ table, column }) => `${table}.${column}`)
    expect(known.sort()).toEqual(columns.map(({ name }) => name).sort())
  })
})
