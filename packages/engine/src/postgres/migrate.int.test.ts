import postgres from 'postgres'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { CustomerId, RunId, TenantId } from '../contracts/ids.js'
import { ARRAY_TYPES } from './array-types.js'
import { createPostgresJournal } from './journal.js'
import { createMonthlyPartitions, migrate, pruneEvents, schemaSql } from './migrate.js'
import { SCHEMA_V1_SQL } from './statements/schema-v1.sql.js'

const adminUrl = process.env['INLAY_TEST_DATABASE_URL']
const database = `engine_migrate_${process.pid}_${Date.now()}`
const SCOPE = { tenantId: 'ten_a' as TenantId, customerId: 'cus_a' as CustomerId }
const RUN = 'run_01a1fd36eafe7c81aded00f01702aa7f' as RunId

function urlOf(name: string): string {
  const url = new URL(adminUrl ?? 'postgres://unset')
  url.pathname = `/${name}`
  return url.href
}

describe.skipIf(adminUrl === undefined)('the tables of the engine', () => {
  const admin = postgres(adminUrl ?? '', { max: 1, onnotice: () => {} })
  const sql = postgres(urlOf(database), { max: 2, onnotice: () => {}, fetch_types: false, types: ARRAY_TYPES })

  beforeAll(async () => {
    await admin.unsafe(`CREATE DATABASE ${database}`)
    await sql.unsafe(SCHEMA_V1_SQL)
    await sql.unsafe(`
      INSERT INTO inlay.runs (id, tenant_id, customer_id, workflow_id, version_id, mode, status, epoch, wake_at, due_at)
      VALUES ('${RUN}', 'ten_a', 'cus_a', 'wf_a', 'ver_a', 'live', 'waiting', 2, now(), now());
      INSERT INTO inlay.journal (run_id, tenant_id, customer_id, step_path, iteration, type, status, attempt, epoch, input, output, started_at, finished_at)
      VALUES ('${RUN}', 'ten_a', 'cus_a', '', '', 'trigger', 'succeeded', 1, 0, '{"n": 1}', NULL, 50, NULL),
        ('${RUN}', 'ten_a', 'cus_a', 'b', '0', 'set', 'succeeded', 1, 1, NULL, '1', 20, 30),
        ('${RUN}', 'ten_a', 'cus_a', 'a', '0', 'set', 'succeeded', 1, 1, NULL, '2', 10, 20),
        ('${RUN}', 'ten_a', 'cus_a', 'c', '0', 'wait', 'waiting', 1, 2, NULL, NULL, 40, NULL);
      ALTER TABLE inlay.journal ENABLE ROW LEVEL SECURITY;
      ALTER TABLE inlay.journal FORCE ROW LEVEL SECURITY;`)
  })

  afterAll(async () => {
    await sql.end({ timeout: 2 })
    await admin.unsafe(`DROP DATABASE ${database} WITH (FORCE)`)
    await admin.end()
  })

  it('of the first version are brought up to date once, with all that is recorded', async () => {
    await Promise.all([migrate(sql), migrate(sql)])
    await sql.unsafe(schemaSql())
    await createMonthlyPartitions(sql, 1)
    await createMonthlyPartitions(sql, 1)
    const versions = await sql`SELECT version FROM inlay.engine_migrations ORDER BY 1`
    expect(versions.slice(0, 2).map((row) => row['version'])).toEqual([1, 2])
    const [security] =
      await sql`SELECT relforcerowsecurity AS forced FROM pg_class WHERE oid = 'inlay.journal'::regclass`
    expect(security?.['forced']).toBe(true)
    const journal = createPostgresJournal({ sql })
    const [claimed] = await journal.claim({ runIds: [RUN], owner: 'w', leaseMs: 60_000 })
    expect(claimed).toMatchObject({ epoch: 3, trigger: { n: 1 } })
    expect(claimed?.steps.map(({ stepPath, output }) => [stepPath, output])).toEqual([
      ['a', 2],
      ['b', 1],
      ['c', undefined],
    ])
    expect(await journal.readSteps(SCOPE, RUN)).toHaveLength(3)
    expect((await journal.readHistory(SCOPE, RUN)).map(({ what }) => what)).toContain('waiting')
  })

  it('lose old events when they are pruned, and no others', async () => {
    const journal = createPostgresJournal({ sql })
    for (const eventId of ['old', 'new']) await journal.publish({ ...SCOPE, eventId, name: 'e', payload: 1 })
    await sql`UPDATE inlay.events SET received_at = received_at - interval '2 days' WHERE event_id = 'old'`
    expect(await pruneEvents(sql, 86_400_000)).toBe(1)
    const left = await sql`SELECT event_id FROM inlay.events`
    expect(left.map((row) => row['event_id'])).toEqual(['new'])
  })
})
