import type { TenantId } from '@inlay/engine'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestDatabase, type TestDatabase } from './test-database.js'

const serverUrl = process.env['INLAY_TEST_DATABASE_URL']
const OWNER = 'ten_a' as TenantId
const STRANGER = 'ten_b' as TenantId

interface Column {
  readonly name: string
  readonly type: string
}

/** Tables that the application cannot read at all. */
const ENGINE_ONLY = [
  'admission_buffers',
  'admission_items',
  'admission_keys',
  'admission_rates',
  'connector_values',
  'given_events',
  'run_keys',
  'slots',
  'transitions',
]

/** What a tenant shows to all of its customers: brand, origins, templates, and how connectors are presented. */
const OF_ALL_CUSTOMERS = [
  'catalog_settings',
  'connector_settings',
  // The default of all customers; what is said for another customer is hidden (guardrails.int.test.ts).
  'guardrails',
  'templates',
  'tenant_brands',
  'tenant_connector_versions',
  'tenant_connectors',
  'tenant_origins',
  'tenants',
  // Which events are told, and nothing of the addresses.
  'webhook_subscriptions',
]

/** Values for columns whose checks admit few. */
const ADMITTED: Readonly<Record<string, string>> = {
  'members.role': 'owner',
  'embed_sessions.role': 'editor',
  'signing_keys.algorithm': 'EdDSA',
  'connections.status': 'ok',
  'connector_triggers.status': 'starting',
  'oauth_authorizations.caller_kind': 'member',
  'oauth_authorizations.status': 'pending',
  'oauth_authorizations.client_source': 'tenant',
  'oauth_grants.client_source': 'tenant',
  'runs.mode': 'live',
  'waits.kind': 'approval',
  'admission_buffers.kind': 'last',
  'catalog_settings.new_connectors': 'enabled',
  'connector_settings.availability': 'enabled',
  'tenant_connectors.source': 'remote',
  'tenant_connectors.status': 'ok',
  'marketplace_submissions.kind': 'template',
  'marketplace_submissions.state': 'submitted',
  'step_logs.level': 'info',
  'webhook_endpoints.kind': 'listener',
}

function sampleValue(table: string, { name, type }: Column): string {
  if (name === 'tenant_id') return OWNER
  const admitted = ADMITTED[`${table}.${name}`]
  if (admitted !== undefined) return admitted
  if (type.startsWith('json')) return '{}'
  if (type.startsWith('timestamp')) return '2030-01-01'
  if (type.endsWith('[]')) return '{}'
  if (type === 'boolean') return 'true'
  if (type === 'integer' || type === 'bigint') return '1'
  return `${name}-1`
}

describe.skipIf(serverUrl === undefined)('row security', () => {
  let test: TestDatabase
  let tables: string[]
  const columns = new Map<string, Column[]>()

  beforeAll(async () => {
    test = await createTestDatabase(serverUrl ?? '')
    const { admin } = test
    const found = await admin<{ table: string }[]>`
      SELECT c.relname AS table FROM pg_class c
      JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'tenant_id'
      WHERE c.relnamespace = 'inlay'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition ORDER BY 1`
    tables = found.map(({ table }) => table)
    for (const table of tables) {
      const required = await admin<Column[]>`
        SELECT attname AS name, format_type(atttypid, atttypmod) AS type FROM pg_attribute
        WHERE attrelid = ${`inlay.${table}`}::regclass AND attnum > 0 AND attnotnull AND NOT atthasdef AND NOT attisdropped`
      columns.set(table, [...required])
    }
    await admin.begin(async (sql) => {
      // Rows of one table only are wanted, whatever they refer to.
      await sql`SET LOCAL session_replication_role = replica`
      for (const table of tables) await sql.unsafe(insertOf(table))
    })
  })

  afterAll(() => test.drop())

  function insertOf(table: string): string {
    const own = columns.get(table) ?? []
    const names = own.map(({ name }) => name).join(', ')
    return `INSERT INTO inlay.${table} (${names}) VALUES (${own.map((column) => `'${sampleValue(table, column)}'`).join(', ')})`
  }

  /** Rows touched, or the SQLSTATE of the refusal. */
  function attempt(tenantId: TenantId, statement: string): Promise<number | string> {
    return test.database
      .withTenant({ tenantId }, async (sql) => (await sql.unsafe(statement)).count)
      .catch((error: { code: string }) => error.code)
  }

  it('covers every table that belongs to tenants', () => {
    expect(tables).toEqual(expect.arrayContaining(['tenants', 'customers', 'runs', 'journal', 'workflows']))
    expect(tables.length).toBeGreaterThanOrEqual(24)
  })

  it('shows, changes and removes nothing of another tenant, in any table', async () => {
    for (const table of tables) {
      const key = columns.get(table)?.[0]?.name ?? 'tenant_id'
      const selected = await attempt(STRANGER, `SELECT 1 FROM inlay.${table}`)
      const updated = await attempt(STRANGER, `UPDATE inlay.${table} SET ${key} = ${key}`)
      const deleted = await attempt(STRANGER, `DELETE FROM inlay.${table}`)
      for (const outcome of [selected, updated, deleted])
        expect([table, [0, '42501'].includes(outcome)]).toEqual([table, true])
      expect([table, await attempt(STRANGER, insertOf(table))]).toEqual([table, '42501'])
      const [left] = await test.admin.unsafe(`SELECT count(*)::int AS n FROM inlay.${table}`)
      expect([table, left?.['n']]).toEqual([table, 1])
    }
  })

  it('shows the owner its rows in the tables granted to the application', async () => {
    const seen = await Promise.all(tables.map((table) => attempt(OWNER, `SELECT 1 FROM inlay.${table}`)))
    expect(tables.filter((_, index) => seen[index] === 1)).toEqual(
      tables.filter((table) => !ENGINE_ONLY.includes(table)),
    )
  })

  it('hides from a caller confined to one customer what belongs to others or to the tenant', async () => {
    const scope = { tenantId: OWNER, customerId: 'cus_other' as never }
    for (const table of tables.filter((name) => ![...OF_ALL_CUSTOMERS, ...ENGINE_ONLY].includes(name))) {
      const rows = await test.database.withTenant(scope, (sql) => sql.unsafe(`SELECT 1 FROM inlay.${table}`))
      expect([table, rows.count]).toEqual([table, 0])
    }
  })

  it('shows nothing outside a scope, and only the presented row to a lookup', async () => {
    const none = await test.database.withLookup('', (sql) => sql`SELECT 1 FROM inlay.api_keys`)
    const presented = await test.database.withLookup('lookup-1', async (sql) => [
      (await sql`SELECT 1 FROM inlay.api_keys`).count,
      (await sql`SELECT 1 FROM inlay.signing_keys`).count,
    ])
    expect([none.count, presented]).toEqual([0, [1, 0]])
  })

  it('lets the engine at execution tables and schedules alone', async () => {
    const reached: string[] = []
    for (const table of tables) {
      const rows = await test.database.engine.unsafe(`SELECT 1 FROM inlay.${table}`).catch(() => undefined)
      if (rows !== undefined) reached.push(table)
    }
    expect(reached).toEqual(
      [
        ...ENGINE_ONLY,
        // Of these, the columns that say what is due.
        ...[
          'connections',
          'connector_triggers',
          'customers',
          'marketplace_submissions',
          'oauth_authorizations',
          'oauth_grants',
          'tenant_domains',
          'tenants',
          'uploads',
          'webhook_deliveries',
          'webhook_endpoints',
        ],
        ...['events', 'journal', 'runs', 'schedules', 'step_logs', 'waits', 'webhook_subscriptions'],
      ].sort(),
    )
  })

  it('has tenant_id in every key and every reference', async () => {
    const loose = await test.admin`
      SELECT c.conrelid::regclass::text AS table, c.conname AS constraint FROM pg_constraint c
      WHERE c.connamespace = 'inlay'::regnamespace AND c.contype IN ('p', 'f') AND c.conparentid = 0
        AND EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = c.conrelid AND a.attname = 'tenant_id')
        AND NOT EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = c.conrelid AND a.attname = 'tenant_id' AND a.attnum = ANY (c.conkey))`
    expect([...loose]).toEqual([])
  })

  it('is checked at start, for the tables and for the role', async () => {
    await test.database.assertReady()
    await test.admin`CREATE TABLE inlay.forgotten (tenant_id text)`
    await expect(test.database.assertReady()).rejects.toThrow('inlay.forgotten')
    await test.admin`DROP TABLE inlay.forgotten`
    const { assertPowerless } = await import('./setup-checks.js')
    await expect(assertPowerless(test.admin)).rejects.toThrow('may bypass row security')
  })

  it('keeps interleaved scopes of one pool apart', async () => {
    const seen = await Promise.all(
      Array.from({ length: 200 }, (_, index) =>
        attempt(index % 2 === 0 ? OWNER : STRANGER, 'SELECT 1 FROM inlay.customers'),
      ),
    )
    expect(seen.every((count, index) => count === (index % 2 === 0 ? 1 : 0))).toBe(true)
  })
})
